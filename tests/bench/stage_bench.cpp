// CPU of each stage that a record of a CKAN portal passes, one after another on one thread: finding it in its page and parsing it,
// mapping it, storing it, indexing it.
// usage: stage_bench PACKAGES.jsonl

#include "core/json.h"
#include "core/text.h"
#include "dcat/canonical_json.h"
#include "index/writer.h"
#include "measure.h"
#include "store/draft.h"
#include "store/writer.h"

#include <moisson/core/uuid.h>
#include <moisson/harvest/harvester.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace moisson;
using bench::cpu_us;
using bench::must;

constexpr std::size_t page_records = 1000;
constexpr std::size_t batch_records = 500;

// The lines of the file as the pages that a CKAN serves.
std::vector<std::string> pages_of(const char* file) {
  std::vector<std::string> pages;
  std::ifstream in(file);
  std::size_t records = page_records;
  for (std::string line; std::getline(in, line); ++records) {
    if (records == page_records) {
      if (!pages.empty()) pages.back() += "]}}";
      pages.emplace_back(R"({"success":true,"result":{"count":0,"results":[)");
      records = 0;
    }
    if (records > 0) pages.back() += ',';
    pages.back() += line;
  }
  if (!pages.empty()) pages.back() += "]}}";
  return pages;
}

void print(const char* stage, double us, std::size_t records) {
  std::printf("  %-34s %7.1f µs a record\n", stage, us / static_cast<double>(records));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  const auto pages = pages_of(argv[1]);
  const auto directory = std::filesystem::temp_directory_path() / ("moisson-stages-" + random_uuid());
  std::filesystem::create_directories(directory);
  const SystemClock clock;
  harvest::HarvestSource source;
  source.id = "portal";
  source.title = "Portal";
  source.kind = "ckan";
  source.url = "http://127.0.0.1/";
  const auto& harvester = *harvest::find_harvester("ckan");
  const store::Mapping mapping(source, harvester.mapping_version());
  auto store = must(store::Store::open({.path = directory / "store.sqlite"}, clock));
  must(store->writer().put_source(source));
  auto run = must(store->writer().begin(source.id, true));

  double parse = 0, map = 0, draft = 0, write = 0;
  std::size_t records = 0, failed = 0;
  for (const auto& page : pages) {
    double begun = cpu_us();
    const auto list = must(json::elements(page, "/result/results"));
    for (const auto& element : list.elements) must(json::Document::parse(element.bytes));
    const double parsed = cpu_us() - begun;
    parse += parsed;

    std::vector<harvest::HarvestedRecord> mapped;
    begun = cpu_us();
    for (const auto& element : list.elements) {
      auto record =
          harvester.map(source, {"application/json", std::string(element.bytes), "http://127.0.0.1/page", "/0"});
      if (record)
        mapped.push_back(std::move(*record));
      else
        ++failed;
    }
    map += cpu_us() - begun - parsed;  // map() parses its record again
    records += mapped.size();

    for (std::size_t from = 0; from < mapped.size(); from += batch_records) {
      store::Batch batch;
      begun = cpu_us();
      for (std::size_t i = from; i < std::min(mapped.size(), from + batch_records); ++i)
        batch.drafts.push_back(must(store::make_draft(std::move(mapped[i]), mapping)));
      draft += cpu_us() - begun;
      begun = cpu_us();
      must(run.apply(batch));
      write += cpu_us() - begun;
    }
  }
  must(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
  print("find in page and parse", parse, records);
  print("map to DCAT", map, records);
  print("canonical JSON, hashes, compression", draft, records);
  print("store", write, records);

  auto index = must(index::Writer::open(directory / "index", store->epoch(), true));
  double read = 0, indexed = 0;
  for (std::uint64_t after = 0;;) {
    double begun = cpu_us();
    const auto rows = must(store->records_after(after, page_records));
    std::vector<index::Entry> entries;
    for (const auto& row : rows) {
      auto record = must(dcat::from_json(row.json));
      entries.push_back({row.row, row.id, row.family_row, row.source_id, source.title, "fr", row.remote_id,
                         std::move(record), row.first_seen, row.last_changed, row.popularity});
      after = row.row;
    }
    read += cpu_us() - begun;
    if (rows.empty()) break;
    begun = cpu_us();
    must(index->apply(entries, {}, after));
    indexed += cpu_us() - begun;
  }
  const double begun = cpu_us();
  must(index->finish());
  indexed += cpu_us() - begun;
  print("read back from the store", read, records);
  print("index, compaction included", indexed, records);
  print("all stages", parse + map + draft + write + read + indexed, records);
  std::printf("  %zu records, %zu could not be mapped\n", records, failed);
  std::filesystem::remove_all(directory);
}
