// Every feed among the fixtures, read through the harvesters over HTTP: a golden table of what came of each, its
// agreement with feeds_oracle.py, which counts the same files with Python's json, xml and rdflib and none of our code,
// and how much of what each catalog holds arrives.
#include "feeds.h"
#include "collecting_sink.h"
#include "core/cause.h"
#include "core/json.h"
#include "core/text.h"
#include "dcat/normalise.h"
#include "holding.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"
#include "tests/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <span>

namespace moisson::test {
namespace {

struct Read {
  std::string kind;              // of the first harvester that found a catalog; empty: none did
  std::optional<Error> refused;  // what the first of them said, where none did
  CollectingSink sink;
};

// A portal that has one file, in the place where each kind looks for it.
class FeedPortal {
 public:
  FeedPortal() {
    portal_.script({[this](const http::Request& request) { return answer_to(request); }, {}});
  }

  Read read(const Feed& feed) {
    feed_ = &feed;
    Read out;
    for (const std::string_view kind : kinds_of(feed.name)) {
      out.sink = {};
      const auto listing = harvest(kind, out.sink);
      const bool something = !out.sink.taken.empty() || !out.sink.failed.empty() || !out.sink.skipped.empty();
      if (listing && (something || !out.refused)) {
        out.kind = kind;
        if (something) break;
        continue;  // an empty catalog of this kind may be a full one of another
      }
      if (!listing && !out.refused) out.refused = listing.error();
    }
    if (!out.kind.empty()) out.refused.reset();
    return out;
  }

  // With which the addresses that a mapping makes begin.
  std::string address() const { return portal_.url("/"); }

 private:
  static std::vector<std::string_view> kinds_of(std::string_view name) {
    if (name.find("ckan-api/") == 0 && name.find("data.json.") == name.npos) return {"ckan"};
    if (name.ends_with(".xml")) return {"csw", "dcat"};
    if (name.ends_with(".json") || name.ends_with(".json.zst") || name.ends_with("_suffix") ||
        name.ends_with(".jsonl.zst"))
      return {"data-json", "ckan", "dcat"};
    return {"dcat"};
  }

  Result<harvest::Listing> harvest(std::string_view kind, CollectingSink& sink) {
    harvest::HarvestSource source;
    source.id = "feed";
    source.kind = kind;
    // The name ends the address, because it may tell the syntax.
    source.url = kind == "ckan" || kind == "csw" ? portal_.url("/" + source.kind)
                                                 : portal_.url("/" + feed_->name.substr(feed_->name.rfind('/') + 1));
    net::FetcherOptions options = test::fetcher_options();
    options.robots = false;
    net::CurlFetcher fetcher(options, gate_, {});
    SystemClock clock;
    return harvest::find_harvester(kind)->harvest({source, fetcher, clock, {}, false, 0}, sink);
  }

  std::optional<http::Response> answer_to(const http::Request& request) const {
    if (request.path.find("/api/3/action/") != request.path.npos) return ckan(request);
    if (request.path == "/csw") return csw(request);
    return answer(200, feed_->body, "");
  }

  // The file as the answer of package_search: a search as it is, the package of a package_show as the only one.
  std::optional<http::Response> ckan(const http::Request& request) const {
    if (!request.path.ends_with("package_search")) return answer(404);
    const auto parsed = json::Document::parse(feed_->body);
    const json::View result = parsed ? parsed->root()["result"] : json::View();
    const auto count = result["count"].integer().value_or(0);
    if (const auto start = http::first(request.query, "start"); start != "0" && !start.empty())
      return answer(200, R"({"success":true,"result":{"count":)" + std::to_string(count) + R"(,"results":[]}})",
                    "application/json");
    if (!result.is(json::Kind::object) || result["results"].exists())
      return answer(200, feed_->body, "application/json");
    return answer(200, R"({"success":true,"result":{"count":1,"results":[)" + result.dump() + "]}}",
                  "application/json");
  }

  std::optional<http::Response> csw(const http::Request& request) const {
    if (http::first(request.query, "startPosition") != "1") return answer(200, csw_answer("", 0), "application/xml");
    return answer(200, csw_document(feed_->body), "application/xml");
  }

  const Feed* feed_ = nullptr;
  Portal portal_;
  net::HostGate gate_;
};

std::string findings_of(const CollectingSink& sink) {
  std::map<std::string, int> causes;
  if (!sink.repeated.empty()) causes["duplicate_id"] = static_cast<int>(sink.repeated.size());
  for (const auto& remark : sink.remarks) ++causes[remark.cause];
  for (const auto& loss : sink.losses) ++causes[loss.cause.empty() ? "lost" : loss.cause];
  for (const auto& failure : sink.failed) ++causes[std::string(cause_of(failure.error))];
  for (const auto& record : sink.taken)
    for (const auto& finding : record.findings) ++causes[finding.cause];
  std::string text;
  for (const auto& [cause, count] : causes) {
    EXPECT_NE(find_cause(cause), nullptr) << "config/vocab/causes.tsv does not explain " << cause;
    text.append(text.empty() ? "" : " ").append(cause).append("=").append(std::to_string(count));
  }
  return text;
}

struct Facts {
  std::string name;
  std::string kind;  // "-": no harvester found a catalog
  Holding holding;
  std::string line;  // of the golden table
};

Holding holding_of(const CollectingSink& sink, std::string_view portal, bool pages) {
  Holding holding;
  holding.records = sink.taken.size() + sink.repeated.size() + sink.failed.size() + sink.skipped.size();
  for (const auto& taken : sink.taken) {
    dcat::Record record = taken.record;
    dcat::normalise(record, {});
    holding.add(record, portal, pages);
  }
  return holding;
}

// As one cell of a table.
std::string in_a_cell(std::string text) {
  for (const auto& [sign, written] : {std::pair{"\\", "\\\\"}, {"\t", "\\t"}, {"\n", "\\n"}}) {
    for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at + std::string_view(written).size()))
      text.replace(at, 1, written);
  }
  return text;
}

// Every feed read, once for all tests here.
const std::vector<Facts>& facts() {
  static const std::vector<Facts> made = [] {
    std::vector<Facts> all;
    FeedPortal portal;
    for (const Feed& feed : all_feeds(MOISSON_FIXTURES)) {
      const Read read = portal.read(feed);
      Facts one{feed.name, read.kind.empty() ? "-" : read.kind,
                holding_of(read.sink, portal.address(), read.kind == "csw"), ""};
      const auto cell = [&](std::size_t count) { one.line += "\t" + std::to_string(count); };
      one.line = feed.name + "\t" + one.kind;
      for (const auto& [column, member] : Holding::counted) cell(one.holding.*member);
      cell(read.sink.taken.size());
      cell(read.sink.failed.size());
      cell(read.sink.skipped.size());
      one.line += "\t" + (read.kind.empty() ? "" : findings_of(read.sink)) + "\t";
      if (read.refused) one.line += std::string(cause_of(*read.refused)) + ": " + in_a_cell(read.refused->message);
      all.push_back(std::move(one));
    }
    return all;
  }();
  return made;
}

// A row of the oracle's table.
struct Counted {
  std::string kind;
  Holding holding;
  std::string differs;  // "COLUMN COLUMN: why; COLUMN: why", or "all: why"

  bool may_differ(std::string_view column) const {
    for (const auto part : split(differs, ';')) {
      const auto columns = split(trim(part.substr(0, part.find(':'))), ' ');
      if (columns.front() == "all" || std::find(columns.begin(), columns.end(), column) != columns.end()) return true;
    }
    return false;
  }
};

std::map<std::string, Counted> oracle() {
  std::map<std::string, Counted> rows;
  std::ifstream file(MOISSON_SOURCE_DIR "/tests/harvesters/golden/feeds_oracle.tsv");
  for (std::string line; std::getline(file, line);) {
    const auto cells = split(line, '\t');
    if (cells.size() != Holding::counted.size() + 3 || cells[0] == "file") continue;
    Counted& row = rows[std::string(cells[0])];
    row.kind = cells[1];
    for (std::size_t i = 0; i < Holding::counted.size(); ++i)
      row.holding.*Holding::counted[i].second = std::stoul(std::string(cells[i + 2]));
    row.differs = cells.back();
  }
  return rows;
}

// File by file and column by column, a surplus as well as a loss: it could hide one.
TEST(Feeds, AreReadOverHttpAsAnIndependentCountSays) {
  if (facts().empty()) GTEST_SKIP() << "no fixtures";
  const auto counted = oracle();
  std::string table =
      "file\tkind\trecords\tdistributions\ttitles\tpublishers\tlicences\tdates\tplaces\turls\ttaken\tfailed\tskipped\tf"
      "indings\trefused\n";
  std::size_t agreeing = 0;
  for (const Facts& one : facts()) {
    table += one.line + "\n";
    const auto wanted = counted.find(one.name);
    if (wanted == counted.end()) {
      ADD_FAILURE() << "the oracle does not know " << one.name;
      continue;
    }
    agreeing += wanted->second.differs.empty();
    if (!wanted->second.may_differ("kind")) {
      EXPECT_EQ(one.kind, wanted->second.kind) << one.name;
    }
    for (const auto& [column, member] : Holding::counted) {
      // ISO 19139 has links, and no distributions, to count.
      if (wanted->second.may_differ(column) || (one.kind == "csw" && column == "distributions")) continue;
      EXPECT_EQ(one.holding.*member, wanted->second.holding.*member) << one.name << ": " << column;
    }
  }
  std::cout << facts().size() << " feeds, " << agreeing << " of them in every column as the oracle counts them\n";
  expect_golden(MOISSON_SOURCE_DIR "/tests/harvesters/golden/feeds.tsv", table);
}

// Not only how many: what three records of each feed say, as Python reads it.
TEST(Feeds, SayWhatTheirSourcesSay) {
  if (facts().empty()) GTEST_SKIP() << "no fixtures";
  std::map<std::string, const Holding*> holdings;
  for (const Facts& one : facts()) holdings[one.name] = &one.holding;
  std::ifstream file(MOISSON_SOURCE_DIR "/tests/harvesters/golden/feeds_values.tsv");
  std::size_t rows = 0;
  for (std::string line; std::getline(file, line);) {
    const auto cells = split(line, '\t');
    if (cells.size() != 5 || cells[0] == "file") continue;
    ++rows;
    const auto holding = holdings.find(std::string(cells[0]));
    ASSERT_NE(holding, holdings.end()) << cells[0];
    const auto is = [](std::string_view wanted, const std::string& got) { return wanted.empty() || wanted == got; };
    const auto& all = holding->second->values;
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const RecordValues& values) {
      return cells[1] == values.title && is(cells[2], values.issued) && is(cells[3], values.modified) &&
             is(cells[4], values.licence);
    })) << line;
  }
  std::cout << rows << " records of which title, dates and licence are as Python reads them\n";
  EXPECT_GT(rows, 800U);
}

// The catalog that a feed belongs to: its repository or archive.
std::string catalog_of(const std::string& name) {
  const auto first = name.find('/');
  auto end = name.find('/', first + 1);
  if (const auto archive = name.find(".tar.zst"); archive != name.npos) end = archive;
  return name.substr(0, end);
}

// What the source holds arrives: of each field at least 99 of 100 records or addresses that the oracle found; and of
// the formats and licences that are stated at most 5 of 100 are unknown to the tables. Addresses that specifications
// make up for a licence are not counted as stated, and terms that a publisher wrote out count as known ("own"): they
// are kept and shown, but nobody can filter by what they say.
TEST(Feeds, LoseNothingOfWhatTheirCatalogsHold) {
  if (facts().empty()) GTEST_SKIP() << "no fixtures";
  const auto counted = oracle();
  std::map<std::string, std::pair<Holding, Holding>> catalogs;  // ours, the oracle's
  for (const Facts& one : facts()) {
    const auto wanted = counted.find(one.name);
    if (wanted == counted.end() || one.kind == "-") continue;
    auto& [ours, theirs] = catalogs[catalog_of(one.name)];
    Holding both_count = one.holding;
    // Where a column may differ, neither count says anything of a loss.
    for (const auto& [column, member] : Holding::counted) {
      if (wanted->second.may_differ(column))
        both_count.*member = 0;
      else
        theirs.*member += wanted->second.holding.*member;
    }
    ours += both_count;
  }
  const auto share = [](std::size_t part, std::size_t whole, double nothing = 0) {
    return whole == 0 ? nothing : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  };
  constexpr auto fields = std::span(Holding::counted).subspan(2);
  std::printf("%-52s %8s", "catalog", "records");
  for (const auto& [name, member] : fields) std::printf(" %20s", std::string(name).c_str());
  std::printf(" %18s %18s %6s\n", "format unknown", "licence unknown", "own");
  for (const auto& [catalog, both] : catalogs) {
    const auto& [ours, theirs] = both;
    std::printf("%-52s %8zu", catalog.c_str(), ours.records);
    for (const auto& [name, member] : fields) {
      std::printf(" %7zu/%6zu %4.1f%%", ours.*member, theirs.*member,
                  std::min(100.0, share(ours.*member, theirs.*member, 100)));
      EXPECT_GE(share(ours.*member, theirs.*member, 100), 99.0) << catalog << ": " << name;
    }
    const double format = share(ours.formats_unknown, ours.formats_stated);
    const double licence = share(ours.licences_unknown, ours.licences_stated);
    std::printf(" %5zu/%6zu %4.1f%% %5zu/%6zu %4.1f%% %6zu\n", ours.formats_unknown, ours.formats_stated, format,
                ours.licences_unknown, ours.licences_stated, licence, ours.licences_own);
    std::size_t told = 0;
    for (const auto& [words, count] : ours.unknown)
      if (++told <= 10) std::printf("    unknown %zu × %s\n", count, words.c_str());
    EXPECT_LE(format, 5.0) << catalog;
    EXPECT_LE(licence, 5.0) << catalog;
  }
}

}  // namespace
}  // namespace moisson::test
