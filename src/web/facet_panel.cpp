#include "web/facet_panel.h"

#include "core/text.h"
#include "dcat/vocabulary.h"
#include "web/calendar.h"
#include "web/france_map.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace moisson::web {
namespace {

using search::Field;

constexpr std::size_t shown_values = panel_facet_size;
constexpr std::size_t shown_found = 30;             // of those like what was sought
constexpr std::uint32_t unfolded_values = 200;      // more are found by searching in the facet
constexpr std::uint32_t searched_values = 100'000;  // all there are
constexpr std::uint64_t long_facet = 15;            // worth searching in

struct Row {
  Field field;
  bool folded;  // behind a summary until it is used
};

constexpr std::array<Row, 13> rows{{
    {Field::theme, false},
    {Field::publisher, false},
    {Field::source, false},
    {Field::format_family, false},
    {Field::open, false},
    {Field::territory, true},
    {Field::format, true},
    {Field::licence, true},
    {Field::keyword, true},
    {Field::frequency, true},
    {Field::language, true},
    {Field::type, true},
    {Field::hvd, true},
}};

std::string field_word(const Words& words, Field field) {
  return std::string(words("field." + std::string(search::description(field).name)));
}

// Our own words for the closed lists; the index's label for the rest.
std::string value_word(const Words& words, Field field, const search::FacetValue& value) {
  const std::string key = std::string(search::description(field).name) + "." + value.value;
  if (field == Field::open || field == Field::type) return std::string(words.or_else(key, value.label));
  return value.label.empty() ? value.value : value.label;
}

constexpr std::array<std::pair<search::TerritoryMatch, std::string_view>, 3> territory_matches{
    {{search::TerritoryMatch::within, "within"},
     {search::TerritoryMatch::any, "any"},
     {search::TerritoryMatch::exact, "exact"}}};

// How a record's territory has to lie to the chosen one.
void territory_match(const Words& words, const search::Query& query, Model& model) {
  Model& section = model.add("MATCHES");
  for (const auto& [match, name] : territory_matches)
    section.add("MATCH")
        .set("WAY", std::string(name))
        .set("WAY_LABEL", std::string(words("territory_match." + std::string(name))))
        .show_if(match == query.territory_match, "THIS_WAY");
}

// Each word of `wanted` begins a word of the label.
bool like(std::string_view label, const std::vector<Word>& wanted) {
  const std::vector<Word> present = words(label, 64);
  return std::all_of(wanted.begin(), wanted.end(), [&](const Word& word) {
    return std::any_of(present.begin(), present.end(),
                       [&](const Word& other) { return other.folded.starts_with(word.folded); });
  });
}

void fieldset(const Page& page, const search::Query& query, const search::Facet& facet, const PanelView& view,
              bool folded, Model& model) {
  const Words& words = page.words();
  const std::string name(search::description(facet.field).name);
  const std::string legend = field_word(words, facet.field);
  const std::string_view sought = view.sought_in(facet.field);
  const std::vector<Word> wanted = moisson::words(sought, 16);
  model.set("NAME", name).set("LEGEND", legend).show_if(folded, "FOLDED");
  if (facet.distinct > long_facet || !sought.empty())
    model.add("SEARCHABLE")
        .set("SEARCH_LABEL", words.fill("facet.search", {{"field", legend}}))
        .set("SEARCHED", std::string(sought));
  if (facet.field == Field::territory) territory_match(words, query, model);
  const bool unfolded = view.unfolded == facet.field;
  std::size_t shown_count = 0;
  std::size_t hidden = 0;
  for (const auto& value : facet.values) {
    const std::string label = value_word(words, facet.field, value);
    const bool fits =
        wanted.empty() ? unfolded || shown_count < shown_values : shown_count < shown_found && like(label, wanted);
    if (!fits && !value.selected) {
      ++hidden;
      continue;
    }
    ++shown_count;
    model.add("VALUE")
        .set("KEY", value.value)
        .set("LABEL", shown(label))
        .set("COUNT", number(words, value.count))
        .show_if(value.selected, "CHECKED");
  }
  if (!wanted.empty()) {
    model.show_if(shown_count == 0, "NONE_LIKE");
    return;
  }
  const std::uint64_t rest = facet.distinct > shown_count ? facet.distinct - shown_count : hidden;
  if (unfolded)
    model.add("MORE").set("URL", page.to_search(query) + "#filtres").set("TEXT", std::string(words("facet.less")));
  else if (rest > 0) {
    const std::string address = page.to_search(query);
    const char joint = address.find('?') == address.npos ? '?' : '&';
    model.add("MORE")
        .set("URL", address + joint + "facet=" + name + "#filtres")
        .set("TEXT", words.plural("facet.others", rest));
  }
}

std::string_view day_of(std::string_view moment) { return moment.substr(0, 10); }

std::string shortest(double number) { return fmt::format("{}", number); }

// The box of the search, in fields and on the map.
void area(const search::Query& query, Model& model) {
  model.set("MAP_PARTS", map_parts());
  if (!query.bbox) return;
  const dcat::BoundingBox& box = *query.bbox;
  model.show("AREA_OPEN").set("NORTH", shortest(box.north)).set("SOUTH", shortest(box.south));
  model.set("WEST", shortest(box.west)).set("EAST", shortest(box.east));
  if (const auto drawn = on_map(box))
    model.add("AREA")
        .set("X", fmt::format("{:.1f}", drawn->x))
        .set("Y", fmt::format("{:.1f}", drawn->y))
        .set("WIDTH", fmt::format("{:.1f}", drawn->width))
        .set("HEIGHT", fmt::format("{:.1f}", drawn->height));
}

std::string label_of(const Words& words, const search::Results& results, Field field, const std::string& value) {
  for (const auto& facet : results.facets) {
    if (facet.field != field) continue;
    for (const auto& candidate : facet.values)
      if (candidate.value == value) return value_word(words, field, candidate);
  }
  return value_word(words, field,
                    {value, dcat::label(search::description(field).name, value, words.language()), 0, true});
}

}  // namespace

PanelView panel_view(const http::Request& request) {
  PanelView view;
  view.unfolded = search::field_named(http::first(request.query, "facet"));
  for (const Row& row : rows) {
    const std::string name = "in_" + std::string(search::description(row.field).name);
    if (const std::string_view text = trim(http::first(request.query, name)); !text.empty())
      view.sought.emplace_back(row.field, cut(text, 200));
  }
  return view;
}

std::string_view PanelView::sought_in(Field field) const {
  for (const auto& [where, text] : sought)
    if (where == field) return text;
  return {};
}

std::vector<Field> panel_fields() {
  std::vector<Field> fields;
  for (const Row& row : rows) fields.push_back(row.field);
  return fields;
}

Result<void> fill_facets(const index::Snapshot& snapshot, search::Query query, const PanelView& view,
                         search::Results& results) {
  const auto fill = [&](Field field, std::uint32_t size) -> Result<void> {
    query.page = 1;
    query.page_size = 0;
    query.facets = {field};
    query.facet_size = size;
    auto answer = snapshot.search(query);
    if (!answer) return answer.error();
    for (auto& facet : results.facets)
      if (facet.field == field && !answer->facets.empty()) facet = std::move(answer->facets.front());
    return {};
  };
  if (view.unfolded)
    if (auto done = fill(*view.unfolded, unfolded_values); !done) return done;
  for (const auto& [field, text] : view.sought)
    if (auto done = fill(field, searched_values); !done) return done;
  return {};
}

void facet_panel(const Page& page, const search::Query& query, const search::Results& results, const PanelView& view,
                 Model& model) {
  for (const Row& row : rows)
    for (const auto& facet : results.facets) {
      if (facet.field != row.field || facet.values.empty()) continue;
      if (!row.folded) {
        fieldset(page, query, facet, view, false, model.add("FACET"));
        continue;
      }
      Model& fold_model = model.add("FOLD");
      fold_model.set("LEGEND", field_word(page.words(), row.field));
      bool open = view.unfolded == row.field || !view.sought_in(row.field).empty();
      for (const auto& value : facet.values) open = open || value.selected;
      fieldset(page, query, facet, view, true, fold_model.show_if(open, "OPEN").add("FACET"));
    }
  const auto& range = query.modified;
  if (range.from) model.set("MODIFIED_FROM", std::string(day_of(format_rfc3339(*range.from))));
  if (range.to) model.set("MODIFIED_TO", std::string(day_of(format_rfc3339(*range.to))));
  model.show_if(range.from || range.to, "DATES_OPEN");
  const auto& period = query.temporal;
  if (period.from) model.set("PERIOD_FROM", std::string(day_of(format_rfc3339(*period.from))));
  if (period.to) model.set("PERIOD_TO", std::string(day_of(format_rfc3339(*period.to))));
  model.show_if(period.from || period.to, "PERIOD_OPEN");
  area(query, model);
}

std::string filter_words(const Words& words, Field field, std::string_view label) {
  return words.fill("chip.value", {{"field", field_word(words, field)}, {"value", label}});
}

std::size_t filter_chips(const Page& page, const search::Query& query, const search::Results& results, Model& model) {
  const Words& words = page.words();
  std::size_t count = 0;
  const auto chip = [&](std::string text, search::Query without) {
    without.page = 1;
    model.add("CHIP").set("TEXT", std::move(text)).set("URL", page.to_search(without));
    ++count;
  };
  for (const auto& filter : query.filters)
    for (const auto& value : filter.values)
      chip(filter_words(words, filter.field, shown(label_of(words, results, filter.field, value))),
           links::without_value(query, filter.field, value));
  const auto dated = [&](std::string_view key, Instant instant) {
    return words.fill(key, {{"date", date(words, {instant, Precision::day})}});
  };
  search::Query without = query;
  if (query.territory_match != search::TerritoryMatch::within) {
    without.territory_match = search::TerritoryMatch::within;
    const auto row = std::find_if(territory_matches.begin(), territory_matches.end(),
                                  [&](const auto& candidate) { return candidate.first == query.territory_match; });
    chip(filter_words(words, Field::territory, words("territory_match." + std::string(row->second))), without);
    without = query;
  }
  if (query.modified.from) {
    without.modified.from.reset();
    chip(dated("chip.from", *query.modified.from), without);
  }
  if (query.modified.to) {
    without = query;
    without.modified.to.reset();
    chip(dated("chip.to", *query.modified.to), without);
  }
  if (query.temporal.from) {
    without = query;
    without.temporal.from.reset();
    chip(dated("chip.covers_from", *query.temporal.from), without);
  }
  if (query.temporal.to) {
    without = query;
    without.temporal.to.reset();
    chip(dated("chip.covers_to", *query.temporal.to), without);
  }
  if (query.bbox) {
    without = query;
    without.bbox.reset();
    chip(words.fill("chip.box", {{"south", latitude(words, query.bbox->south)},
                                 {"north", latitude(words, query.bbox->north)},
                                 {"west", longitude(words, query.bbox->west)},
                                 {"east", longitude(words, query.bbox->east)}}),
         without);
  }
  return count;
}

}  // namespace moisson::web
