#include "api/ckan_search.h"

#include "api/ckan_actions.h"
#include "api/ckan_facet.h"
#include "api/ckan_field.h"
#include "api/ckan_list.h"
#include "api/ckan_query.h"
#include "core/text.h"
#include "index/as_typed.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace moisson::api::ckan {
namespace {

using search::Condition;
using search::Sort;

constexpr std::string_view standard_sort = "score desc, metadata_modified desc";
constexpr std::uint32_t every_value = 100'000;
constexpr std::size_t most_facets = 30;

struct SortName {
  std::string_view name;
  Sort sort;
  bool ascending;  // as our own order goes
};
constexpr std::array<SortName, 10> sort_names{{{"score", Sort::relevance, false},
                                               {"rank", Sort::relevance, false},
                                               {"id", Sort::id, true},
                                               {"name", Sort::id, true},
                                               {"title", Sort::title, true},
                                               {"title_string", Sort::title, true},
                                               {"metadata_modified", Sort::changed, false},
                                               {"metadata_created", Sort::row, true},
                                               {"views_recent", Sort::popularity, false},
                                               {"views_total", Sort::popularity, false}}};

// Parameters that package_search knows and that change nothing here, as for CKAN's own anonymous callers;
// cache-busters.
constexpr std::array<std::string_view, 23> idle_parameters{"include_private",
                                                           "include_drafts",
                                                           "include_deleted",
                                                           "use_default_schema",
                                                           "qf",
                                                           "bf",
                                                           "boost",
                                                           "tie",
                                                           "defType",
                                                           "mm",
                                                           "df",
                                                           "wt",
                                                           "extras",
                                                           "callback",
                                                           "_",
                                                           "rand",
                                                           "q.op",
                                                           "facet.sort",
                                                           "hl",
                                                           "id",
                                                           "include_datasets",
                                                           "facet.prefix",
                                                           "lang"};

bool is_known(std::string_view name) {
  static constexpr std::array<std::string_view, 11> used{
      "q", "fq", "fq_list", "sort", "rows", "start", "facet", "facet.field", "facet.limit", "facet.mincount", "fl"};
  const auto has = [&](const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
  return has(used) || has(idle_parameters) || name.starts_with("ext_") || name.starts_with("f.") ||
         name.starts_with("hl.");
}

// The first key counts: ours are total by themselves.
Outcome<void> read_sort(std::string_view text, search::Query& query) {
  bool first = true;
  for (const auto part : split(text, ',')) {
    const auto key = trim(part);
    const auto blank = key.find_first_of(" \t+");
    const auto name = key.substr(0, blank);
    const auto direction =
        lower_ascii(blank == std::string_view::npos ? std::string_view("asc") : trim(key.substr(blank + 1)));
    const auto* known =
        std::find_if(sort_names.begin(), sort_names.end(), [&](const auto& row) { return row.name == name; });
    const bool rank = name == "rank" && blank == std::string_view::npos;
    if (known == sort_names.end() || (direction != "asc" && direction != "desc"))
      return search_query_error("Invalid sort parameter: " + std::string(cut(text, 100)));
    if (!first) continue;
    first = false;
    query.sort = known->sort;
    query.reverse = known->sort != Sort::relevance && !rank && known->ascending != (direction == "asc");
  }
  return {};
}

// q without a colon is what people type; with one it is Lucene's.
Outcome<void> read_q(const Call& call, search::Query& query, std::vector<Condition>& conditions) {
  const auto q = call.parameters.text("q");
  const auto typed = trim(q);
  if (typed.empty() || typed == "*:*" || typed == "*") return {};
  if (typed.find("{!") != std::string_view::npos) return search_error("Local parameters are not supported.");
  if (typed.find(':') == std::string_view::npos) {
    if (typed.size() > 1'000) return search_error("q exceeds 1000 bytes");
    query.text = typed;
    return {};
  }
  auto read = parse_query(typed, call.context.clock.now());
  if (!read) return read.error();
  conditions.push_back(std::move(read->condition));
  query.text = cut(read->words, 1'000);
  return {};
}

Outcome<void> read_filters(const Call& call, std::vector<Condition>& conditions) {
  auto texts = call.parameters.list("fq_list");
  for (auto& text : call.parameters.list("fq")) texts.push_back(std::move(text));
  if (texts.size() > 20) return search_error("more than 20 filters");
  for (const auto& text : texts) {
    auto read = parse_query(text, call.context.clock.now());
    if (!read) return read.error();
    conditions.push_back(std::move(read->condition));
  }
  return {};
}

struct Facets {
  std::vector<std::string> fields;
  std::uint32_t limit = 50;
  std::uint64_t least = 1;
};

Outcome<Facets> read_facets(const Parameters& parameters) {
  Facets facets;
  if (!parameters.flag("facet", true)) return facets;
  const auto found = parameters.all().find("facet.field");
  if (found != parameters.all().end()) {
    const auto& value = found->second;
    if (!value.list && !value.items.empty() && !value.items.front().empty() && !list_in(value.items.front()))
      return validation("facet.field", "Could not parse as valid JSON");
    facets.fields = parameters.list("facet.field");
  }
  if (facets.fields.size() > most_facets) return validation("facet.field", "More than 30 fields");
  const auto limit = parameters.text("facet.limit");
  if (!limit.empty()) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), number);
    if (error != std::errc{} || end != limit.data() + limit.size()) return validation("facet.limit", "Invalid integer");
    facets.limit = number < 0 ? every_value : static_cast<std::uint32_t>(std::min<std::int64_t>(number, every_value));
  }
  const auto least = parameters.natural("facet.mincount", 1);
  if (!least) return least.error();
  facets.least = *least;
  return facets;
}

std::vector<FacetItem> items(const std::string& field, const Facets& facets, const search::Results& results) {
  std::vector<FacetItem> found;
  if (const auto ours = field_named(field)) {
    for (const auto& facet : results.facets)
      if (facet.field == *ours) found = items_of(field, facet);
  } else if (field == "state" && results.total > 0) {
    found.push_back({"active", "active", "active", results.total});
  }
  std::erase_if(found, [&](const FacetItem& item) { return item.count < std::max<std::uint64_t>(facets.least, 1); });
  if (found.size() > facets.limit) found.resize(facets.limit);
  return found;
}

void write_facets(json::Writer& out, const Facets& facets, const search::Results& results) {
  std::vector<std::pair<std::string, std::vector<FacetItem>>> counted;
  for (const auto& field : facets.fields) {
    const auto known =
        std::any_of(counted.begin(), counted.end(), [&](const auto& each) { return each.first == field; });
    if (!known) counted.emplace_back(field, items(field, facets, results));
  }
  out.key("facets").begin_object();
  for (const auto& [field, found] : counted) {
    out.key(field).begin_object();
    for (const auto& item : found) out.key(item.name).unsigned_integer(item.count);
    out.end_object();
  }
  out.end_object().key("search_facets").begin_object();
  for (auto& [field, found] : counted) {
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.display_name > b.display_name; });
    out.key(field).begin_object().field("title", field).key("items").begin_array();
    for (const auto& item : found) {
      out.begin_object().field("name", item.name).field("display_name", item.display_name);
      out.key("count").unsigned_integer(item.count).end_object();
    }
    out.end_array().end_object();
  }
  out.end_object();
}

// A list, a JSON list in a text, or names between commas or blanks.
std::vector<std::string> flat_fields(const Parameters& parameters) {
  std::vector<std::string> fields;
  for (const auto& text : parameters.list("fl"))
    for (const auto part : split(text, ','))
      for (const auto name : split(part, ' '))
        if (!name.empty() && fields.size() < 100) fields.emplace_back(name);
  // "*" and score alone ask for no field of a package.
  std::erase(fields, "*");
  std::erase(fields, "score");
  return fields;
}

}  // namespace

Outcome<search::Query> search_query(const Call& call) {
  const auto& parameters = call.parameters;
  for (const auto& [name, value] : parameters.all())
    if (!is_known(name)) return search_query_error("The following parameters were not recognized: " + name);
  search::Query query{.every_copy = true};
  query.language = call.context.language;
  const auto rows = parameters.natural("rows", 10);
  if (!rows) return rows.error();
  const auto start = parameters.natural("start", 0);
  if (!start) return start.error();
  query.page_size = static_cast<std::uint32_t>(std::min(*rows, most_rows));
  query.offset = *start;
  std::vector<Condition> conditions;
  if (const auto read = read_q(call, query, conditions); !read) return read.error();
  if (const auto read = read_filters(call, conditions); !read) return read.error();
  if (!conditions.empty()) {
    query.condition.emplace();
    query.condition->parts = std::move(conditions);
  }
  const auto sort = parameters.text("sort");
  if (const auto read = read_sort(trim(sort).empty() ? standard_sort : std::string_view(sort), query); !read)
    return read.error();
  // What nothing is ranked by stands as CKAN's second key says.
  if (query.sort == Sort::relevance && query.text.empty()) query.sort = Sort::changed;
  return query;
}

Outcome<std::vector<std::string>> ids_of(const Call& call, search::Query query, std::uint64_t* total) {
  query.keys_only = true;
  const auto results = call.snapshot->search(query);
  if (!results) return failure_of(results.error());
  if (total) *total = results->total;
  std::vector<std::string> ids;
  for (const auto& hit : results->hits) ids.push_back(hit.id);
  return ids;
}

Outcome<ResultBody> package_search(const Call& call) {
  auto query = search_query(call);
  if (!query) return query.error();
  const auto facets = read_facets(call.parameters);
  if (!facets) return facets.error();
  for (const auto& field : facets->fields) {
    const auto ours = field_named(field);
    if (ours && std::find(query->facets.begin(), query->facets.end(), *ours) == query->facets.end())
      query->facets.push_back(*ours);
  }
  query->facet_size = std::max<std::uint32_t>(facets->limit, 1);
  query->keys_only = true;
  const auto results = call.snapshot->search(*query);
  if (!results) return failure_of(results.error());

  json::Writer before;
  const auto sort = call.parameters.text("sort");
  before.begin_object().key("count").unsigned_integer(results->total);
  before.field("sort", trim(sort).empty() ? standard_sort : std::string_view(sort));
  write_facets(before, *facets, *results);
  before.key("results").begin_array();
  std::vector<std::string> ids;
  for (const auto& hit : results->hits) ids.push_back(hit.id);
  if (query->offset.value_or(0) == 0)
    call.act = http::Act::search(call.parameters.text("q"), index::found_as_typed(*results));
  return ResultBody(package_stream(call.context, before.take(), std::move(ids), "]}", flat_fields(call.parameters)));
}

}  // namespace moisson::api::ckan
