// Every feed among the fixtures, read through the harvesters over HTTP: a golden table of what came of each, its
// agreement with feeds_oracle.py, which counts the same files with Python's json, xml and rdflib and none of our code,
// and how much of what each catalog holds arrives.
#include "feeds.h"
#include "collecting_sink.h"
#include "core/cause.h"
#include "core/json.h"
#include "core/text.h"
#include "dcat/normalise.h"
#include "dcat/vocabulary.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

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

 private:
  static std::vector<std::string_view> kinds_of(std::string_view name) {
    if (name.find("ckan-api/") == 0 && name.find("data.json.") == name.npos) return {"ckan"};
    if (name.ends_with(".xml")) return {"csw", "dcat"};
    if (name.ends_with(".json") || name.ends_with(".json.zst") || name.ends_with("_suffix"))
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
    net::FetcherOptions options;
    options.user_agent = "Moisson-test/1";
    options.policy.allowed = {net::parse_network("127.0.0.0/8").value()};
    options.robots = false;
    options.waiter = [](std::chrono::milliseconds, const std::stop_token& stop) { return !stop.stop_requested(); };
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

std::string words_of(const dcat::Concept& term) {
  return shorten(!term.iri.empty() ? term.iri : term.label.empty() ? "" : term.label.front().value, 80);
}

// Addresses that specifications and tests make up for a licence.
bool is_made_up(const dcat::Concept& licence) {
  constexpr std::string_view examples[] = {"examplems.gov/", "data.some.org/", "url.to.license", "example.org/",
                                           "example.com/"};
  const std::string iri = lower_ascii(licence.iri);
  return std::any_of(std::begin(examples), std::end(examples),
                     [&](std::string_view example) { return iri.find(example) != iri.npos; });
}

// What a feed's records hold: the columns that the oracle counts too, and the terms that a table had to know.
struct Holding {
  std::size_t records = 0, distributions = 0, titles = 0, publishers = 0, licences = 0, dates = 0, places = 0, urls = 0;
  std::size_t formats_stated = 0, formats_unknown = 0, licences_stated = 0, licences_unknown = 0;
  std::map<std::string, std::size_t> unknown;  // what the tables did not know, and how often

  // `pages`: links to pages count as addresses, because the source does not tell them from links to files (ISO 19139).
  void add(const dcat::Record& record, bool pages) {
    const auto& resource = dcat::resource(record);
    const auto& files = dcat::distributions(record);
    distributions += files.size();
    titles += !resource.title.empty();
    publishers += !resource.publisher.empty();
    dates += resource.issued || resource.modified;
    places +=
        std::any_of(resource.spatial.begin(), resource.spatial.end(), [](const auto& place) { return !place.guessed; });
    const auto licence = dcat::licence_of(record);
    licences += licence.has_value();
    if (licence && !is_made_up(*licence) && !dcat::says_unknown("licence", *licence)) {
      ++licences_stated;
      if (dcat::licence(*licence) == nullptr) {
        ++licences_unknown;
        ++unknown["licence " + words_of(*licence)];
      }
    }
    std::set<std::string> addresses;
    for (const auto& page : resource.landing_page) addresses.insert(page.value);
    if (pages)
      for (const auto& page : resource.documentation) addresses.insert(page.value);
    if (const auto* service = std::get_if<dcat::DataService>(&record))
      for (const auto* list : {&service->endpoint_url, &service->endpoint_description})
        for (const auto& url : *list) addresses.insert(url.value);
    for (const auto& file : files) {
      for (const auto* list : {&file.access_url, &file.download_url})
        for (const auto& url : *list) addresses.insert(url.value);
      const bool stated = (file.format && !dcat::says_unknown("format", *file.format)) || file.media_type;
      formats_stated += stated;
      if (stated && dcat::format_of(file) == nullptr) {
        ++formats_unknown;
        ++unknown["format " + words_of(file.format ? *file.format : *file.media_type)];
      }
    }
    urls += addresses.size();
  }
  Holding& operator+=(const Holding& other) {
    for (const auto member : all) this->*member += other.*member;
    for (const auto& [words, count] : other.unknown) unknown[words] += count;
    return *this;
  }

  static constexpr std::size_t Holding::*all[] = {
      &Holding::records,        &Holding::distributions,   &Holding::titles,          &Holding::publishers,
      &Holding::licences,       &Holding::dates,           &Holding::places,          &Holding::urls,
      &Holding::formats_stated, &Holding::formats_unknown, &Holding::licences_stated, &Holding::licences_unknown};
};

constexpr std::size_t counted_columns = 8;  // of Holding::all, that the oracle counts too

struct Facts {
  std::string name;
  std::string kind;  // "-": no harvester found a catalog
  Holding holding;
  std::string line;  // of the golden table
};

Holding holding_of(const CollectingSink& sink, bool pages) {
  Holding holding;
  holding.records = sink.taken.size() + sink.repeated.size() + sink.failed.size() + sink.skipped.size();
  for (const auto& taken : sink.taken) {
    dcat::Record record = taken.record;
    dcat::normalise(record, {});
    holding.add(record, pages);
  }
  return holding;
}

// Every feed read, once for all tests here.
const std::vector<Facts>& facts() {
  static const std::vector<Facts> made = [] {
    std::vector<Facts> all;
    FeedPortal portal;
    for (const Feed& feed : all_feeds(MOISSON_FIXTURES)) {
      const Read read = portal.read(feed);
      Facts one{feed.name, read.kind.empty() ? "-" : read.kind, holding_of(read.sink, read.kind == "csw"), ""};
      const auto cell = [&](std::size_t count) { one.line += "\t" + std::to_string(count); };
      one.line = feed.name + "\t" + one.kind;
      for (std::size_t i = 0; i < counted_columns; ++i) cell(one.holding.*Holding::all[i]);
      cell(read.sink.taken.size());
      cell(read.sink.failed.size());
      cell(read.sink.skipped.size());
      one.line += "\t" + (read.kind.empty() ? "" : findings_of(read.sink)) + "\t";
      if (read.refused) one.line += std::string(cause_of(*read.refused)) + ": " + read.refused->message;
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
  std::string differs_because;
};

std::map<std::string, Counted> oracle() {
  std::map<std::string, Counted> rows;
  std::ifstream file(MOISSON_SOURCE_DIR "/tests/harvesters/golden/feeds_oracle.tsv");
  for (std::string line; std::getline(file, line);) {
    auto cells = split(line, '\t');
    if (cells.size() < 11 || cells[0] == "file") continue;
    Counted& row = rows[std::string(cells[0])];
    row.kind = cells[1];
    for (std::size_t i = 0; i < counted_columns; ++i)
      row.holding.*Holding::all[i] = std::stoul(std::string(cells[i + 2]));
    row.differs_because = cells[10];
  }
  return rows;
}

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
    if (!wanted->second.differs_because.empty()) continue;
    ++agreeing;
    EXPECT_EQ(one.kind, wanted->second.kind) << one.name;
    EXPECT_EQ(one.holding.records, wanted->second.holding.records) << one.name;
    // ISO 19139 has links, and no distributions, to count.
    if (one.kind != "csw") {
      EXPECT_EQ(one.holding.distributions, wanted->second.holding.distributions) << one.name;
    }
  }
  std::cout << facts().size() << " feeds, " << agreeing << " of them as the oracle counts them\n";
  expect_golden(MOISSON_SOURCE_DIR "/tests/harvesters/golden/feeds.tsv", table);
}

// The catalog that a feed belongs to: its repository or archive.
std::string catalog_of(const std::string& name) {
  const auto first = name.find('/');
  auto end = name.find('/', first + 1);
  if (const auto archive = name.find(".tar.zst"); archive != name.npos) end = archive;
  return name.substr(0, end);
}

// What the source holds arrives: of each field at least 99 of 100 records or addresses that the oracle found; and of
// the formats and licences that are stated at most 5 of 100 are unknown to the tables.
TEST(Feeds, LoseNothingOfWhatTheirCatalogsHold) {
  if (facts().empty()) GTEST_SKIP() << "no fixtures";
  const auto counted = oracle();
  std::map<std::string, std::pair<Holding, Holding>> catalogs;  // ours, the oracle's
  for (const Facts& one : facts()) {
    const auto wanted = counted.find(one.name);
    if (wanted == counted.end() || one.kind == "-" || !wanted->second.differs_because.empty()) continue;
    auto& [ours, theirs] = catalogs[catalog_of(one.name)];
    ours += one.holding;
    theirs += wanted->second.holding;
  }
  constexpr std::pair<std::string_view, std::size_t Holding::*> fields[] = {
      {"titles", &Holding::titles}, {"publishers", &Holding::publishers}, {"licences", &Holding::licences},
      {"dates", &Holding::dates},   {"places", &Holding::places},         {"urls", &Holding::urls}};
  const auto share = [](std::size_t part, std::size_t whole, double nothing = 0) {
    return whole == 0 ? nothing : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  };
  std::printf("%-52s %8s", "catalog", "records");
  for (const auto& [name, member] : fields) std::printf(" %20s", std::string(name).c_str());
  std::printf(" %18s %18s\n", "format unknown", "licence unknown");
  for (const auto& [catalog, both] : catalogs) {
    const auto& [ours, theirs] = both;
    std::printf("%-52s %8zu", catalog.c_str(), ours.records);
    for (const auto& [name, member] : fields) {
      // ISO 19139 words its licences in free text, which the oracle does not judge; its services are no distributions.
      std::printf(" %7zu/%6zu %4.1f%%", ours.*member, theirs.*member,
                  std::min(100.0, share(ours.*member, theirs.*member, 100)));
      EXPECT_GE(share(ours.*member, theirs.*member, 100), 99.0) << catalog << ": " << name;
    }
    const double format = share(ours.formats_unknown, ours.formats_stated);
    const double licence = share(ours.licences_unknown, ours.licences_stated);
    std::printf(" %5zu/%6zu %4.1f%% %5zu/%6zu %4.1f%%\n", ours.formats_unknown, ours.formats_stated, format,
                ours.licences_unknown, ours.licences_stated, licence);
    std::size_t told = 0;
    for (const auto& [words, count] : ours.unknown)
      if (++told <= 10) std::printf("    unknown %zu × %s\n", count, words.c_str());
    EXPECT_LE(format, 5.0) << catalog;
    EXPECT_LE(licence, 5.0) << catalog;
  }
}

}  // namespace
}  // namespace moisson::test
