// Measures indexing and searching apart from store and HTTP: CPU a record, CPU and time a query by class, the same queries
// in bare Xapian, memory.
// usage: search_bench PACKAGES.jsonl INDEX_DIRECTORY QUERIES.tsv    (the index is made if the directory has none)
#include "core/json.h"
#include "core/url.h"
#include "index/writer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <sys/resource.h>

namespace {

using namespace moisson;

constexpr std::size_t batch_size = 1'000;
constexpr int rounds = 5;

double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

std::string text(json::View view) { return view.text(); }

index::Entry entry_of(json::View package, std::uint64_t row) {
  dcat::Dataset dataset;
  dataset.title = {{text(package["title"]), "fr"}};
  dataset.description = {{text(package["notes"]), "fr"}};
  for (const auto tag : package["tags"].items()) dataset.keyword.push_back({text(tag["display_name"]), "fr"});
  for (const auto group : package["groups"].items())
    dataset.theme.push_back({{}, {{text(group["title"]), "fr"}}, false});
  if (package["organization"].exists() && !text(package["organization"]["title"]).empty()) {
    dcat::Agent agent;
    agent.name = {{text(package["organization"]["title"]), ""}};
    dataset.publisher.push_back(std::move(agent));
  }
  if (const auto licence = text(package["license_id"]); !licence.empty())
    dataset.licence = dcat::Concept{{}, {{licence, ""}}, false};
  for (const auto resource : package["resources"].items()) {
    dcat::Distribution distribution;
    distribution.title = {{text(resource["name"]), "fr"}};
    distribution.format = dcat::Concept{{}, {{text(resource["format"]), ""}}, false};
    dataset.distribution.push_back(std::move(distribution));
  }
  if (auto modified = parse_moment(text(package["metadata_modified"]))) dataset.modified = *modified;
  if (auto created = parse_moment(text(package["metadata_created"]))) dataset.issued = *created;
  index::Entry entry;
  entry.row = row;
  entry.id = entry.remote_id = text(package["id"]);
  entry.source_id = "bench";
  entry.source_title = "Bench";
  entry.source_language = "fr";
  entry.record = std::move(dataset);
  if (const auto views = package["tracking_summary"]["total"].integer())
    entry.popularity = static_cast<std::uint64_t>(std::max<std::int64_t>(0, *views));
  return entry;
}

bool fill(const char* packages, const std::string& directory) {
  auto writer = index::Writer::open(directory, "bench", true);
  if (!writer) return false;
  std::ifstream in(packages);
  std::vector<index::Entry> batch;
  std::uint64_t row = 0;
  double spent = 0;
  const auto flush = [&] {
    const auto begun = cpu_us();
    const auto done = (*writer)->apply(batch, {}, row);
    spent += cpu_us() - begun;
    batch.clear();
    return done.has_value();
  };
  for (std::string line; std::getline(in, line);) {
    auto package = json::Document::parse(line);
    if (!package) continue;
    batch.push_back(entry_of(package->root(), ++row));
    if (batch.size() == batch_size && !flush()) return false;
  }
  if (!flush()) return false;
  const auto begun = cpu_us();
  if (!(*writer)->finish()) return false;
  const auto compacting = cpu_us() - begun;
  std::printf("index: %zu records, %.0f us CPU a record, and %.0f us to compact\n", static_cast<std::size_t>(row),
              spent / static_cast<double>(row), compacting / static_cast<double>(row));
  return true;
}

struct Asked {
  std::string kind;
  search::Query query;
};

std::vector<Asked> read_queries(const char* path) {
  std::vector<Asked> queries;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos || line[0] == '#') continue;
    Asked asked{line.substr(0, tab), {}};
    std::map<search::Field, std::vector<std::string>> filters;
    std::string rest = line.substr(tab + 1);
    while (!rest.empty()) {
      const auto end = std::min(rest.find('&'), rest.size());
      const auto pair = rest.substr(0, end);
      rest.erase(0, end + 1);
      const auto name = pair.substr(0, pair.find('='));
      const auto value = percent_decode(pair.substr(pair.find('=') + 1), true);
      if (name == "q") asked.query.text = value;
      if (name == "page") asked.query.page = static_cast<std::uint32_t>(std::stoul(value));
      if (name == "sort") asked.query.sort = value == "popularity" ? search::Sort::popularity : search::Sort::modified;
      if (const auto field = search::field_named(name)) filters[*field].push_back(value);
    }
    for (auto& [field, values] : filters) asked.query.filters.push_back({field, values});
    using search::Field;
    asked.query.facets = {Field::theme, Field::publisher, Field::format, Field::licence, Field::keyword};
    queries.push_back(std::move(asked));
  }
  return queries;
}

void ask(const index::Snapshot& snapshot, const std::vector<Asked>& queries) {
  std::map<std::string, std::pair<double, int>> by_kind;
  std::vector<double> times;
  double total = 0;
  for (int round = 0; round <= rounds; ++round) {
    for (const auto& asked : queries) {
      const auto begun = cpu_us();
      const auto results = snapshot.search(asked.query);
      const auto spent = cpu_us() - begun;
      if (!results || round == 0) continue;
      by_kind[asked.kind].first += spent;
      ++by_kind[asked.kind].second;
      times.push_back(spent);
      total += spent;
    }
  }
  std::sort(times.begin(), times.end());
  for (const auto& [kind, sum] : by_kind) std::printf("  %-14s %6.0f us\n", kind.c_str(), sum.first / sum.second);
  std::printf("search: mean %.0f us CPU, median %.0f, p99 %.0f\n", total / static_cast<double>(times.size()),
              times[times.size() / 2], times[times.size() * 99 / 100]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  if (!moisson::index::identity(argv[2]) && !fill(argv[1], argv[2])) return 1;
  const auto begun = cpu_us();
  auto writer = moisson::index::Writer::open(argv[2], "bench");
  if (!writer) return 1;
  auto snapshot = (*writer)->snapshot();
  if (!snapshot) return 1;
  std::printf("open: %.0f ms CPU for %zu records\n", (cpu_us() - begun) / 1e3,
              static_cast<std::size_t>((*snapshot)->document_count()));
  ask(**snapshot, read_queries(argv[3]));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("memory: %ld MB at most\n", usage.ru_maxrss / 1024);
}
