#include "real_catalog.h"

#include "core/compress.h"
#include "core/json.h"
#include "core/text.h"
#include "dcat/normalise.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace moisson::index::test {
namespace {

constexpr std::string_view export_file = "/catalogs/datagouv-fr/datagouv-fr-20260116.jsonl.zst";
constexpr std::size_t most_bytes = std::size_t{512} << 20;
constexpr std::uint64_t well_known = 20'000;  // views
constexpr std::size_t one_in = 20;            // of the others

std::uint64_t number(json::View value) { return std::strtoull(std::string(value.text()).c_str(), nullptr, 10); }

std::optional<Moment> moment(json::View value) {
  const auto read = parse_moment(value.text());
  return read ? std::optional(*read) : std::nullopt;
}

Entry entry_of(json::View row, std::uint64_t number_of_row) {
  dcat::Dataset dataset;
  dataset.title = {{std::string(row["title"].text()), "fr"}};
  if (const auto acronym = row["acronym"].text(); !acronym.empty())
    dataset.alternative = {{std::string(acronym), "fr"}};
  dataset.description = {{std::string(row["description"].text()), "fr"}};
  const std::string tags = row["tags"].text();
  for (const auto tag : split(tags, ','))
    if (!tag.empty()) dataset.keyword.push_back({std::string(tag), "fr"});
  if (const auto name = row["organization"].text(); !name.empty()) {
    dcat::Agent agent;
    agent.name = {{std::string(name), "fr"}};
    dataset.publisher.push_back(std::move(agent));
  }
  const std::string formats = row["resources_formats"].text();
  for (const auto format : split(formats, ',')) {
    dcat::Distribution file;
    file.format = dcat::Concept{{}, {{std::string(format), {}}}, false};
    dataset.distribution.push_back(std::move(file));
  }
  if (const auto licence = row["license"].text(); !licence.empty())
    dataset.licence = dcat::Concept{{}, {{std::string(licence), {}}}, false};
  if (const auto origin = row["harvest.remote_url"].text(); !origin.empty())
    dataset.source.push_back({std::string(origin)});
  dataset.issued = moment(row["created_at"]);
  dataset.modified = moment(row["last_modified"]);
  Entry entry;
  entry.row = number_of_row;
  entry.id = entry.remote_id = std::string(row["id"].text());
  entry.source_id = "datagouv";
  entry.source_title = "data.gouv.fr";
  entry.source_language = "fr";
  entry.popularity = number(row["metric.views"]);
  entry.record = std::move(dataset);
  dcat::normalise(entry.record, {"datagouv", "fr", "country:fr"});
  return entry;
}

}  // namespace

RealCatalog::RealCatalog() : catalog_(true) {
  std::ifstream file(std::string(MOISSON_FIXTURES).append(export_file), std::ios::binary);
  if (!file) return;
  const std::string packed{std::istreambuf_iterator<char>(file), {}};
  const auto rows = zstd_decompress(packed, most_bytes);
  if (!rows) return;
  std::vector<Entry> entries;
  std::size_t others = 0;
  for (const auto line : split(*rows, '\n')) {
    // The views stand in the line: a record that is left out need not be read.
    constexpr std::string_view views = "\"metric.views\": \"";
    const auto at = line.find(views);
    if (at == std::string_view::npos) continue;
    const bool known =
        std::strtoull(std::string(line.substr(at + views.size(), 20)).c_str(), nullptr, 10) >= well_known;
    if (!known && ++others % one_in != 0) continue;
    const auto row = json::Document::parse(line);
    if (row) entries.push_back(entry_of(row->root(), entries.size() + 1));
  }
  catalog_.put(std::move(entries));
  snapshot_ = catalog_.snapshot();
}

}  // namespace moisson::index::test
