#include "web/coverage.h"

#include "dcat/vocabulary.h"
#include "web/calendar.h"
#include "web/france_map.h"
#include "web/typography.h"

#include <fmt/format.h>

namespace moisson::web {
namespace {

constexpr std::size_t shown_places = 5;

std::string period_words(const Words& words, const dcat::PeriodOfTime& period) {
  const std::string start = period.start ? date(words, *period.start) : std::string();
  const std::string end = period.end ? date(words, *period.end) : std::string();
  if (start.empty() && end.empty()) return {};
  if (end.empty()) return words.fill("dataset.period_since", {{"start", start}});
  if (start.empty()) return words.fill("dataset.period_until", {{"end", end}});
  return start == end ? start : words.fill("dataset.period_both", {{"start", start}, {"end", end}});
}

}  // namespace

void coverage(const Sheet& sheet, Model& model) {
  const Words& words = sheet.words();
  Model facts;
  const auto fact = [&](std::string_view key, std::string value) {
    if (!value.empty()) facts.add("FACT").set("LABEL", std::string(words(key))).set("VALUE", std::move(value));
  };
  std::optional<dcat::BoundingBox> box;
  std::size_t places = 0;
  for (const auto& place : sheet.common().spatial) {
    if (!box) box = place.bbox;
    std::string name = shown(sheet.value(place.label));
    if (name.empty() && !place.territory.empty())
      name = dcat::label("territory", place.territory.front(), words.language());
    if (name.empty() || ++places > shown_places) continue;
    fact("dataset.territory", place.guessed ? words.fill("dataset.territory_guessed", {{"place", name}}) : name);
  }
  if (box) {
    fact("dataset.north", latitude(words, box->north));
    fact("dataset.south", latitude(words, box->south));
    fact("dataset.west", longitude(words, box->west));
    fact("dataset.east", longitude(words, box->east));
  }
  if (const auto* dataset = std::get_if<dcat::Dataset>(&sheet.record)) {
    for (const auto& period : dataset->temporal) fact("dataset.period", period_words(words, period));
    if (dataset->spatial_resolution_metres)
      fact("dataset.resolution",
           words.fill("dataset.metres", {{"n", decimal(words, *dataset->spatial_resolution_metres, 0)}}));
  } else if (const auto* series = std::get_if<dcat::DatasetSeries>(&sheet.record)) {
    for (const auto& period : series->temporal) fact("dataset.period", period_words(words, period));
  }
  if (facts.sections().empty()) return;
  Model& section = model.add("COVERAGE");
  const auto drawn = box ? on_map(*box) : std::nullopt;
  if (drawn)
    facts.set("X", fmt::format("{:.1f}", drawn->x))
        .set("Y", fmt::format("{:.1f}", drawn->y))
        .set("WIDTH", fmt::format("{:.1f}", drawn->width))
        .set("HEIGHT", fmt::format("{:.1f}", drawn->height));
  section.add(drawn ? "WITH_MAP" : "WITHOUT_MAP") = std::move(facts);
}

}  // namespace moisson::web
