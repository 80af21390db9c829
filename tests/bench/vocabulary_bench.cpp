// What normalisation knows of a real catalogue: of every value that data.gouv.fr's export states, how many the tables tell, and
// what one record costs. usage: vocabulary_bench EXPORT.jsonl (one catalogue row a line, dotted keys)

#include "core/json.h"
#include "core/text.h"
#include "dcat/normalise.h"
#include "dcat/publisher.h"
#include "dcat/territory.h"
#include "dcat/vocabulary.h"
#include "measure.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace moisson;
using bench::cpu_us;

dcat::Concept stated_as(std::string_view text) { return {{}, {{std::string(text), {}}}, false}; }

// Values stated, values known, and the commonest unknown ones.
struct Tally {
  std::size_t stated = 0, known = 0;
  std::map<std::string, std::size_t> unknown;

  void count(std::string_view value, bool is_known) {
    ++stated;
    is_known ? static_cast<void>(++known) : static_cast<void>(++unknown[std::string(value)]);
  }
  void print(const char* name) const {
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [value, times] : unknown) order.emplace_back(times, value);
    std::sort(order.rbegin(), order.rend());
    std::printf("  %-12s %8zu stated, %6.2f %% unknown", name, stated,
                stated == 0 ? 0.0 : 100.0 * static_cast<double>(stated - known) / static_cast<double>(stated));
    for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 6); ++i)
      std::printf("%s\"%s\" %zu", i == 0 ? ": " : ", ", order[i].second.c_str(), order[i].first);
    std::printf("\n");
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  Tally formats, licences, frequencies, places, publishers, territories, themes;
  std::vector<dcat::Record> records;
  std::ifstream in(argv[1]);
  for (std::string line; std::getline(in, line);) {
    const auto row = json::Document::parse(line);
    if (!row) continue;
    const auto text = [&](std::string_view key) { return row->root()[key].text(); };
    dcat::Dataset dataset;
    dataset.title = {{text("title"), {}}};
    dataset.description = {{text("description"), {}}};
    for (const auto tag : split(text("tags"), ',')) dataset.keyword.push_back({std::string(tag), {}});
    if (const auto organisation = text("organization"); !organisation.empty()) {
      dataset.publisher = {{.name = {{organisation, {}}}}};
      publishers.count(organisation,
                       dcat::publisher(dataset.publisher.front(), "d", nullptr).key.find('_') == std::string::npos);
    }
    const auto listed = text("resources_formats");
    for (const auto format : split(listed, ','))
      if (const auto stated = stated_as(trim(format)); !trim(format).empty() && !dcat::says_unknown("format", stated)) {
        formats.count(trim(format), dcat::format(stated) != nullptr);
        dataset.distribution.emplace_back().format = stated;
      }
    if (const auto stated = stated_as(text("license"));
        !stated.label[0].value.empty() && !dcat::says_unknown("licence", stated)) {
      licences.count(stated.label[0].value, dcat::licence(stated) != nullptr);
      dataset.licence = stated;
    }
    if (const auto stated = stated_as(text("frequency")); !stated.label[0].value.empty()) {
      frequencies.count(stated.label[0].value, dcat::frequency(stated) != nullptr);
      dataset.frequency = stated;
    }
    if (const auto zones = text("spatial.zones"); !zones.empty()) {
      dataset.spatial = {{.label = {{zones, {}}}}};
      places.count(zones, !dcat::territories_of(dataset.spatial.front()).empty());
    }
    records.emplace_back(std::move(dataset));
  }
  const dcat::NormaliseDefaults defaults{"datagouv", "fr", ""};
  dcat::Record warm;
  dcat::normalise(warm, defaults);
  const double begun = cpu_us();
  for (auto& record : records) dcat::normalise(record, defaults);
  const double us = cpu_us() - begun;
  for (const auto& record : records) {
    const auto& common = dcat::resource(record);
    territories.count("", std::any_of(common.spatial.begin(), common.spatial.end(),
                                      [](const auto& place) { return !place.territory.empty(); }));
    themes.count("", std::any_of(common.theme.begin(), common.theme.end(),
                                 [](const auto& theme) { return dcat::theme(theme) != nullptr; }));
  }
  formats.print("format");
  licences.print("licence");
  frequencies.print("frequency");
  places.print("place");
  publishers.print("publisher");
  std::printf(
      "  %zu records: %.1f %% with a territory, %.1f %% with a theme; normalising costs %.1f us a record\n",
      records.size(),
      100.0 * static_cast<double>(territories.known) / static_cast<double>(std::max<std::size_t>(records.size(), 1)),
      100.0 * static_cast<double>(themes.known) / static_cast<double>(std::max<std::size_t>(records.size(), 1)),
      us / static_cast<double>(std::max<std::size_t>(records.size(), 1)));
}
