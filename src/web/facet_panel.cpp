#include "web/facet_panel.h"

#include "core/text.h"
#include "dcat/vocabulary.h"
#include "web/calendar.h"
#include "web/typography.h"

#include <array>

namespace moisson::web {
namespace {

using search::Field;

constexpr std::size_t shown_values = 5;

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

bool like(std::string_view label, std::string_view folded_part) {
  return fold(label).find(folded_part) != std::string::npos;
}

void fieldset(const Page& page, const search::Query& query, const search::Facet& facet, const PanelView& view,
              bool folded, Model& model) {
  const Words& words = page.words();
  const std::string name(search::description(facet.field).name);
  const std::string legend = field_word(words, facet.field);
  model.set("NAME", name).set("LEGEND", legend).show_if(folded, "FOLDED");
  const bool searchable = facet.field == Field::publisher;
  const std::string part = searchable ? fold(view.publisher_like) : std::string();
  if (searchable && (facet.distinct > shown_values || !part.empty()))
    model.add("SEARCHABLE")
        .set("SEARCH_LABEL", std::string(words("facet.search_publisher")))
        .set("SEARCH_HINT", std::string(words("facet.search_publisher_hint")))
        .set("SEARCHED", view.publisher_like);
  const bool unfolded = view.unfolded == facet.field;
  std::size_t shown_count = 0;
  std::size_t hidden = 0;
  for (const auto& value : facet.values) {
    const std::string label = value_word(words, facet.field, value);
    const bool fits = part.empty() ? unfolded || shown_count < shown_values : like(label, part);
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
  if (!part.empty()) {
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
  view.publisher_like = std::string(cut(http::first(request.query, "in_publisher"), 200));
  return view;
}

std::vector<Field> panel_fields() {
  std::vector<Field> fields;
  for (const Row& row : rows) fields.push_back(row.field);
  return fields;
}

std::uint32_t panel_facet_size(const PanelView& view) {
  return view.unfolded || !view.publisher_like.empty() ? 1000 : static_cast<std::uint32_t>(shown_values);
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
      bool open = view.unfolded == row.field;
      for (const auto& value : facet.values) open = open || value.selected;
      fieldset(page, query, facet, view, true, fold_model.show_if(open, "OPEN").add("FACET"));
    }
  const auto& range = query.modified;
  if (range.from) model.set("MODIFIED_FROM", std::string(day_of(format_rfc3339(*range.from))));
  if (range.to) model.set("MODIFIED_TO", std::string(day_of(format_rfc3339(*range.to))));
  model.show_if(range.from || range.to, "DATES_OPEN");
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
  if (query.modified.from) {
    without.modified.from.reset();
    chip(dated("chip.from", *query.modified.from), without);
  }
  if (query.modified.to) {
    without = query;
    without.modified.to.reset();
    chip(dated("chip.to", *query.modified.to), without);
  }
  if (query.temporal.from || query.temporal.to) {
    without = query;
    without.temporal = {};
    chip(std::string(words("chip.covers")), without);
  }
  if (query.bbox) {
    without = query;
    without.bbox.reset();
    chip(std::string(words("chip.box")), without);
  }
  return count;
}

}  // namespace moisson::web
