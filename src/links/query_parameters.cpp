#include "links/links.h"

#include "core/last_instant.h"
#include "core/text.h"
#include "core/url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

namespace moisson::links {
namespace {

using search::Query;
using search::Sort;

constexpr std::size_t max_text_characters = 1000;
constexpr std::size_t max_values = 50;
constexpr std::size_t max_value_bytes = 200;
constexpr std::uint32_t max_page = 1'000'000;
constexpr std::uint32_t max_page_size = 100;
constexpr std::uint32_t max_facet_size = 1000;

constexpr std::array<std::pair<std::string_view, Sort>, 5> sorts{{{"relevance", Sort::relevance},
                                                                  {"modified", Sort::modified},
                                                                  {"created", Sort::created},
                                                                  {"title", Sort::title},
                                                                  {"popularity", Sort::popularity}}};

// In the order of TerritoryMatch.
constexpr std::array<std::string_view, 3> territory_matches{"within", "any", "exact"};

Error wrong(std::string_view name, std::string message, std::string hint = {}) {
  return {ErrorCode::invalid_input, std::move(message), std::string(name), std::move(hint)};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
}

// Forms send every field: an empty value is as good as none. Of a repeated single value the first counts.
std::string_view value_of(const http::Parameters& parameters, std::string_view name) {
  for (const auto& [key, value] : parameters)
    if (key == name && !trim(value).empty()) return trim(value);
  return {};
}

template <class Number>
Result<void> read_number(const http::Parameters& parameters, std::string_view name, Number least, Number most,
                         Number& into) {
  const std::string_view text = value_of(parameters, name);
  if (text.empty()) return {};
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most)
    return wrong(name, "not a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  into = number;
  return {};
}

Result<void> read_date(const http::Parameters& parameters, const std::string& name, bool end,
                       std::optional<Instant>& into) {
  const std::string_view text = value_of(parameters, name);
  if (text.empty()) return {};
  const auto moment = parse_moment(text);
  if (!moment) return wrong(name, "not a date", "write it as 2024, 2024-05 or 2024-05-31");
  into = end ? last_instant(*moment) : moment->instant;
  return {};
}

Result<void> read_range(const http::Parameters& parameters, const std::string& name, search::DateRange& into) {
  if (auto from = read_date(parameters, name + "_from", false, into.from); !from) return from;
  if (auto to = read_date(parameters, name + "_to", true, into.to); !to) return to;
  if (into.from && into.to && *into.from > *into.to) return wrong(name + "_to", "the end is before the beginning");
  return {};
}

Result<void> read_filters(const http::Parameters& parameters, Query& query) {
  for (const auto& row : search::fields) {
    search::Filter filter{row.field, {}};
    for (const auto& [name, value] : parameters) {
      if (name != row.name) continue;
      std::string text(trim(value));
      if (row.field == search::Field::keyword) text = trim(fold(text));
      if (text.empty()) continue;  // marks alone
      if (text.size() > max_value_bytes) return wrong(row.name, "a value is longer than 200 bytes");
      filter.values.push_back(std::move(text));
    }
    std::sort(filter.values.begin(), filter.values.end());
    filter.values.erase(std::unique(filter.values.begin(), filter.values.end()), filter.values.end());
    if (filter.values.size() > max_values) return wrong(row.name, "more than 50 values");
    if (!filter.values.empty()) query.filters.push_back(std::move(filter));
  }
  return {};
}

Result<void> read_facets(const http::Parameters& parameters, Query& query) {
  for (const auto& [name, value] : parameters) {
    if (name != "facets") continue;
    for (std::string_view word : split(value, ',')) {
      word = trim(word);
      if (word.empty()) continue;
      const auto field = search::field_named(word);
      if (!field || !search::description(*field).facet) {
        std::string known;
        for (const auto& row : search::fields)
          if (row.facet) (known += known.empty() ? "" : ", ") += row.name;
        return wrong("facets", "no facet has that name", "the facets are " + known);
      }
      if (std::find(query.facets.begin(), query.facets.end(), *field) == query.facets.end())
        query.facets.push_back(*field);
    }
  }
  return {};
}

// A form has a field a side; one that is left empty is the world's edge.
std::string box_of_sides(const http::Parameters& parameters) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> sides{
      {{"bbox_west", "-180"}, {"bbox_south", "-90"}, {"bbox_east", "180"}, {"bbox_north", "90"}}};
  std::string box;
  bool stated = false;
  for (const auto& [name, edge] : sides) {
    const std::string_view value = value_of(parameters, name);
    stated = stated || !value.empty();
    (box += box.empty() ? "" : ",") += value.empty() ? edge : value;
  }
  return stated ? box : std::string();
}

Result<void> read_box(const http::Parameters& parameters, Query& query) {
  const std::string sides = box_of_sides(parameters);
  const std::string_view text = sides.empty() ? value_of(parameters, "bbox") : std::string_view(sides);
  if (text.empty()) return {};
  const auto bad = wrong("bbox", "not a box of WGS 84 degrees", "write it as west,south,east,north: 4.2,43.2,5.8,44.4");
  const auto parts = split(text, ',');
  std::array<double, 4> degrees{};
  if (parts.size() != degrees.size()) return bad;
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    const std::string_view part = trim(parts[i]);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), degrees[i]);
    const double most = i % 2 == 0 ? 180 : 90;
    if (error != std::errc{} || end != part.data() + part.size() || !(std::abs(degrees[i]) <= most)) return bad;
  }
  if (degrees[1] > degrees[3]) return wrong("bbox", "south is north of north", bad.hint);
  query.bbox = dcat::BoundingBox{degrees[0], degrees[1], degrees[2], degrees[3]};
  return {};
}

Result<void> read_order(const http::Parameters& parameters, Query& query) {
  if (const std::string_view text = value_of(parameters, "sort"); !text.empty()) {
    const auto row = std::find_if(sorts.begin(), sorts.end(), [&](const auto& sort) { return sort.first == text; });
    if (row == sorts.end())
      return wrong("sort", "no order has that name", "relevance, modified, created, title or popularity");
    query.sort = row->second;
  }
  if (auto page = read_number(parameters, "page", std::uint32_t{1}, max_page, query.page); !page) return page;
  if (auto size = read_number(parameters, "page_size", std::uint32_t{0}, max_page_size, query.page_size); !size)
    return size;
  if (value_of(parameters, "cursor").empty()) return {};
  std::uint64_t row = 0;
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  if (auto cursor = read_number(parameters, "cursor", std::uint64_t{0}, most, row); !cursor)
    return wrong("cursor", "not a cursor of this catalog", "begin with cursor=0, go on with next_cursor");
  query.cursor = row;
  query.page = 1;
  query.sort = Sort::relevance;
  return {};
}

void append(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) out += '&';
  ((out += name) += '=') += percent_encode(value);
}

void append_range(std::string& out, const std::string& name, const search::DateRange& range) {
  using namespace std::chrono;
  const auto text = [](Instant instant, Instant shown_as_day) {
    const auto day = floor<days>(instant);
    return instant == shown_as_day ? format_moment({Instant{day}, Precision::day}) : format_rfc3339(instant);
  };
  if (range.from) append(out, name + "_from", text(*range.from, floor<days>(*range.from)));
  if (range.to) append(out, name + "_to", text(*range.to, floor<days>(*range.to) + days{1} - milliseconds{1}));
}

std::string shortest(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

}  // namespace

Result<Query> parse_query(const http::Parameters& parameters, std::string_view language) {
  Query query;
  query.language = language;
  query.text = value_of(parameters, "q");
  if (characters(query.text) > max_text_characters)
    return wrong("q", "the search text is longer than 1,000 characters");
  for (const auto& read : {read_filters, read_facets, read_box, read_order})
    if (auto done = read(parameters, query); !done) return done.error();
  if (auto done = read_range(parameters, "modified", query.modified); !done) return done.error();
  if (auto done = read_range(parameters, "temporal", query.temporal); !done) return done.error();
  std::optional<Instant> changed;
  if (auto done = read_date(parameters, "modified_since", false, changed); !done) return done.error();
  if (changed) query.condition = {.kind = search::Condition::Kind::changed, .range = {.from = changed}};
  if (auto done = read_number(parameters, "facet_size", std::uint32_t{1}, max_facet_size, query.facet_size); !done)
    return done.error();
  if (const auto match = value_of(parameters, "territory_match"); !match.empty()) {
    const auto found = std::find(territory_matches.begin(), territory_matches.end(), match);
    if (found == territory_matches.end()) return wrong("territory_match", "not within, any or exact");
    query.territory_match = static_cast<search::TerritoryMatch>(found - territory_matches.begin());
  }
  const auto explain =
      std::find_if(parameters.begin(), parameters.end(), [](const auto& row) { return row.first == "explain"; });
  query.explain =
      explain != parameters.end() && explain->second != "0" && explain->second != "false" && explain->second != "no";
  return query;
}

std::string query_string(const Query& query) {
  const Query defaults;
  std::string out;
  if (!query.text.empty()) append(out, "q", query.text);
  for (const search::Filter& filter : query.filters)
    for (const std::string& value : filter.values) append(out, search::description(filter.field).name, value);
  if (query.territory_match != defaults.territory_match)
    append(out, "territory_match", territory_matches[static_cast<std::size_t>(query.territory_match)]);
  append_range(out, "modified", query.modified);
  append_range(out, "temporal", query.temporal);
  if (query.condition && query.condition->kind == search::Condition::Kind::changed && query.condition->range.from)
    append(out, "modified_since", format_rfc3339(*query.condition->range.from));
  if (query.bbox)
    append(out, "bbox",
           shortest(query.bbox->west) + ',' + shortest(query.bbox->south) + ',' + shortest(query.bbox->east) + ',' +
               shortest(query.bbox->north));
  if (query.cursor) {
    append(out, "cursor", std::to_string(*query.cursor));
  } else {
    if (query.sort != defaults.sort) append(out, "sort", sorts[static_cast<std::size_t>(query.sort)].first);
    if (query.page != defaults.page) append(out, "page", std::to_string(query.page));
  }
  if (query.page_size != defaults.page_size) append(out, "page_size", std::to_string(query.page_size));
  std::string facets;
  for (search::Field field : query.facets) (facets += facets.empty() ? "" : ",") += search::description(field).name;
  if (!facets.empty()) append(out, "facets", facets);
  if (query.facet_size != defaults.facet_size) append(out, "facet_size", std::to_string(query.facet_size));
  if (query.explain) append(out, "explain", "1");
  return out;
}

}  // namespace moisson::links
