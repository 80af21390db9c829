#include "harvesters/data_json.h"

#include "collecting_sink.h"
#include "core/json.h"
#include "feeds.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"
#include "tests/golden.h"
#include "tests/own_memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <map>

namespace moisson::harvesters {
namespace {

using harvest::Listing;

std::string dataset(int number, std::string_view more = {}) {
  const auto n = std::to_string(number);
  return R"({"identifier":"d)" + n + R"(","title":"Title )" + n + "\"" + std::string(more) + "}";
}
std::string catalog(std::string_view datasets) {
  return R"({"conformsTo":"x","dataset":[)" + std::string(datasets) + "]}";
}

class DataJsonHarvester : public testing::Test {
 protected:
  DataJsonHarvester() {
    source_.id = "portal";
    source_.kind = "data-json";
    source_.url = portal_.url("/data.json");
    source_.language = "en";
  }
  void serve(std::string body, std::string type = "application/json") {
    portal_.put("/data.json", std::move(body), std::move(type));
  }
  // Pages by number; what is not there is 404.
  void serve_pages(std::map<std::string, std::string> pages) {
    test::Script script;
    script.before = [pages = std::move(pages)](const http::Request& request) -> std::optional<http::Response> {
      const auto found = pages.find(std::string(http::first(request.query, "page")));
      return found == pages.end() ? std::nullopt : std::optional(test::answer(200, found->second, "application/json"));
    };
    portal_.script(std::move(script));
  }

  Result<Listing> run(std::uint64_t limit = 0) {
    net::CurlFetcher fetcher(test::fetcher_options(), gate_, {});
    SystemClock clock;
    auto listing = data_json_harvester().harvest({source_, fetcher, clock, memory_, false, limit}, sink_);
    if (listing) memory_ = listing->memory;
    return listing;
  }

  test::Portal portal_;
  harvest::HarvestSource source_;
  harvest::Memory memory_;
  test::CollectingSink sink_;
  net::HostGate gate_;
};

TEST_F(DataJsonHarvester, ReadsEveryDatasetWithItsExactBytes) {
  serve("\xEF\xBB\xBF" + catalog(dataset(1) + " ,\n" + dataset(2, R"(, "modified" : "2024")")));
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  ASSERT_EQ(sink_.taken.size(), 2u);
  EXPECT_EQ(sink_.taken[1].raw.bytes, dataset(2, R"(, "modified" : "2024")"));
  EXPECT_EQ(sink_.taken[1].raw.pointer, "/dataset/1");
}

TEST_F(DataJsonHarvester, OneBadRecordCostsOnlyItself) {
  serve(catalog(dataset(1) +
                R"(,{"identifier":"b" 7},{"identifier":"c"},"text",{"identifier":"e","title":"caf)"
                "\xe9"
                R"("},)" +
                dataset(6)));
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete) << "what could not be read may be any record";
  EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{"d1", "e", "d6"}));
  ASSERT_EQ(sink_.failed.size(), 3u);
  EXPECT_EQ(sink_.failed[1].remote_id, "c");
  EXPECT_EQ(sink_.failed[1].error.where, "/dataset/2: /title");
}

TEST_F(DataJsonHarvester, LeavesItToTheSinkWhichOfSeveralRecordsWithOneIdentifierStays) {
  serve(catalog(dataset(1) + "," + dataset(1, R"(,"modified":"2024")") + "," + dataset(1)));
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 1u);
  ASSERT_EQ(sink_.repeated.size(), 2u);
  EXPECT_EQ(sink_.repeated[0].raw.pointer, "/dataset/1");
}

TEST_F(DataJsonHarvester, ARecordThatCameAgainWithALaterPageIsOne) {
  source_.url = portal_.url("/data.json?page=1");
  serve_pages({{"1", catalog(dataset(1) + "," + dataset(2))},
               {"2", catalog(dataset(2) + "," + dataset(3))},
               {"3", catalog(dataset(3, R"(,"modified":"2024")") + "," + dataset(4))}});
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 4u);
  ASSERT_EQ(sink_.repeated.size(), 1u) << "one that differs is another record";
  EXPECT_EQ(sink_.repeated[0].remote_id, "d3");
}

TEST_F(DataJsonHarvester, ReadsABareListAndALoneDataset) {
  serve("[" + dataset(1) + "," + dataset(2) + "]");
  ASSERT_TRUE(run());
  serve(R"({"title":"C","dataset":)" + dataset(3) + "}");
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{"d1", "d2", "d3"}));
}

TEST_F(DataJsonHarvester, LooksIntoNestedCatalogsServicesAndSeries) {
  serve(R"({"dataset":[)" + dataset(1) + R"(],"catalog":[{"dataset":[)" + dataset(2) + R"(],"catalog":[{"dataset":[)" +
        dataset(3) + R"(]}]}],"service":[{"identifier":"s","title":"S","servesDataset":[)" + dataset(4) +
        R"(,{"@id":"x:y"}]}],"datasetSeries":[{"@id":"https://x/s",)" + R"("title":"T","seriesMember":[)" + dataset(1) +
        "," + dataset(5) + "]}]}");
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{"d1", "d2", "d3", "d4", "d5", "s", "https://x/s"}));
}

TEST_F(DataJsonHarvester, ReadsEveryPage) {
  source_.url = portal_.url("/data.json?page=1");
  serve_pages({{"1", catalog(dataset(1))}, {"2", catalog(dataset(2))}, {"3", catalog(dataset(3))}});
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 3u);
  EXPECT_EQ(sink_.pages, 3u);
}

TEST_F(DataJsonHarvester, EndsWhenThePortalIgnoresThePageParameter) {
  source_.options["page_parameter"] = "page";
  serve(catalog(dataset(1) + "," + dataset(2)));
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 2u);
  EXPECT_EQ(sink_.pages, 2u);
  EXPECT_TRUE(sink_.remarked("paging_ignored"));
}

TEST_F(DataJsonHarvester, AFailingPageLosesTheRest) {
  source_.url = portal_.url("/data.json?page=1");
  test::Script script;
  script.before = [](const http::Request& request) -> std::optional<http::Response> {
    return test::answer(http::first(request.query, "page") == "1" ? 200 : 500, catalog(dataset(1)), "application/json");
  };
  portal_.script(std::move(script));
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.losses.size(), 1u);
}

TEST_F(DataJsonHarvester, KeepsWhatCameBeforeABrokenEnd) {
  serve(R"({"dataset":[)" + dataset(1) + R"(,{"identifier":"x","ti)");
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 1u);
  ASSERT_EQ(sink_.losses.size(), 1u);
  EXPECT_EQ(sink_.losses[0].message, "JSON ends inside an element");
}

TEST_F(DataJsonHarvester, DoesNotRepeatWhatACutTransferHadGiven) {
  std::string many = dataset(0);
  for (int i = 1; i < 3'000; ++i) many += "," + dataset(i);
  serve(catalog(many));
  int asked = 0;
  test::Script script;
  script.after = [&asked](const http::Request& request, http::Response response) {
    return request.path == "/data.json" && ++asked == 1 ? test::truncated(std::move(response)) : std::move(response);
  };
  portal_.script(std::move(script));
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 3'000u);
  EXPECT_FALSE(sink_.remarked("duplicate_id"));
}

TEST_F(DataJsonHarvester, RefusesWhatIsNoCatalog) {
  serve("<!DOCTYPE html><html></html>");
  EXPECT_EQ(run().error().code, ErrorCode::refused);
  serve(R"({"error":"nothing"})");
  EXPECT_EQ(run().error().message, "the file holds no list of data sets");
  serve("");
  EXPECT_EQ(run().error().code, ErrorCode::invalid_input);
  serve("not json");
  EXPECT_FALSE(run());
  serve(std::string("\xFF\xFE{\0", 4));
  EXPECT_EQ(run().error().code, ErrorCode::unsupported);
  portal_.remove("/data.json");
  EXPECT_EQ(run().error().code, ErrorCode::not_found);
  EXPECT_TRUE(sink_.taken.empty());
}

TEST_F(DataJsonHarvester, TellsCommasWithNothingAfterThem) {
  serve(catalog(dataset(1) + ","));
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_TRUE(sink_.remarked("element_empty"));
}

TEST_F(DataJsonHarvester, StopsAtTheLimitAndWhenTold) {
  serve(catalog(dataset(1) + "," + dataset(2) + "," + dataset(3)));
  const auto listing = run(2);
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 2u);
  EXPECT_TRUE(sink_.losses.empty());
  sink_ = {};
  sink_.stop_after = 1;
  EXPECT_EQ(run().error().code, ErrorCode::cancelled);
}

TEST_F(DataJsonHarvester, ReadsAgainWhatIsStored) {
  serve(catalog(dataset(1)));
  ASSERT_TRUE(run());
  const auto again = data_json_harvester().map(source_, sink_.taken.at(0).raw);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->record, sink_.taken[0].record);
}

// A file as large as the greatest catalogs, made while it is sent.
TEST_F(DataJsonHarvester, HoldsOneRecordAndNotTheFile) {
  class Endless final : public net::Fetcher {
   public:
    Result<net::FetchAnswer> fetch(const net::FetchRequest&, const net::BodySink& body) override {
      constexpr std::uint64_t wanted = std::uint64_t{500} << 20;
      const std::string filling(16'000, 'x');
      net::FetchAnswer answer;
      if (auto taken = body(R"({"dataset":[)", true); !taken) return taken.error();
      for (int i = 0; answer.bytes < wanted; ++i) {
        const std::string piece = (i == 0 ? "" : ",") + dataset(i, R"(,"description":")" + filling + "\"");
        answer.bytes += piece.size();
        if (auto taken = body(piece, false); !taken) return taken.error();
      }
      if (auto taken = body("]}", false); !taken) return taken.error();
      answer.status = 200;
      return answer;
    }
  };
  class CountingSink final : public harvest::RecordSink {
   public:
    std::uint64_t taken = 0;
    bool known(std::string_view, const harvest::RawSource&, std::optional<std::uint64_t>) override { return false; }
    harvest::Flow take(harvest::HarvestedRecord&&) override { return ++taken, harvest::Flow::go_on; }
    harvest::Flow fail(harvest::RecordFailure&&) override { return harvest::Flow::stop; }
    harvest::Flow skip(harvest::RecordSkip&&) override { return harvest::Flow::stop; }
    bool present(std::string_view) override { return false; }
    harvest::Flow tombstone(std::string_view) override { return harvest::Flow::stop; }
    harvest::Flow page(std::string_view, std::uint64_t) override { return harvest::Flow::go_on; }
    harvest::Flow lost(Error&&) override { return harvest::Flow::stop; }
    void remark(dcat::Finding&&) override {}
  };
  const auto peak = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;  // KiB
  };
  const auto before = peak();
  Endless fetcher;
  CountingSink sink;
  SystemClock clock;
  const auto listing = data_json_harvester().harvest({source_, fetcher, clock, {}, false, 0}, sink);
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_GT(sink.taken, 32'000u);
  if (test::own_memory) {
    EXPECT_LT(peak() - before, 100 * 1024);
  }
}

TEST_F(DataJsonHarvester, ReadsSocratasDiscoveryApiByItsOffsets) {
  const auto assets = test::socrata_assets(MOISSON_FIXTURES);
  if (assets.empty()) GTEST_SKIP() << "no fixtures";
  constexpr std::size_t rows = 2'000;
  test::Script script;
  script.before = [&](const http::Request& request) -> std::optional<http::Response> {
    if (request.path != "/api/catalog/v1") return std::nullopt;
    const std::string offset(http::first(request.query, "offset"));
    std::string body = "{\"results\":[";
    for (std::size_t i = offset.empty() ? 0 : std::stoul(offset), end = std::min(i + rows, assets.size()); i < end; ++i)
      body += (body.ends_with('[') ? "" : ",") + assets[i];
    return test::answer(200, body + "],\"resultSetSize\":" + std::to_string(assets.size()) + "}", "application/json");
  };
  portal_.script(std::move(script));
  source_.url = portal_.url("/api/catalog/v1?domains=all");
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.pages, (assets.size() + rows - 1) / rows);
  EXPECT_EQ(sink_.announced, assets.size());
  std::set<std::string> ids;
  for (const auto& asset : assets) {
    const auto parsed = json::Document::parse(asset);
    ids.insert(parsed->root()["metadata"]["domain"].text() + "/" + parsed->root()["resource"]["id"].text());
  }
  std::set<std::string> met = sink_.taken_ids();
  for (const auto& skip : sink_.skipped) met.insert(skip.remote_id);
  EXPECT_EQ(met.size(), ids.size());
  EXPECT_TRUE(sink_.failed.empty());
}

// Every feed of the fixtures over HTTP: what was read agrees with an independent count, and with what was read before.
TEST_F(DataJsonHarvester, ReadsEveryFeedOfTheFixtures) {
  const auto feeds = test::data_json_feeds(MOISSON_FIXTURES);
  if (feeds.empty()) GTEST_SKIP() << "no fixtures";
  std::string table;
  for (const auto& feed : feeds) {
    portal_.put("/data.json", feed.body, "application/json");
    source_.url = portal_.url("/data.json");
    sink_ = {};
    memory_ = {};
    const auto listing = run();
    std::map<std::string, int> findings{{"duplicate_id", static_cast<int>(sink_.repeated.size())}};
    for (const auto& remark : sink_.remarks) ++findings[remark.cause];
    std::size_t distributions = 0;
    for (const auto& record : sink_.taken) {
      for (const auto& finding : record.findings) ++findings[finding.cause];
      distributions += dcat::distributions(record.record).size();
    }
    // Each object of the lists ends as taken, failed or skipped. A file that is no JSON as a whole cannot be counted so.
    if (const auto whole = json::Document::parse(feed.body); whole && listing) {
      EXPECT_EQ(sink_.taken.size() + sink_.repeated.size() + sink_.failed.size() + sink_.skipped.size(),
                test::data_json_count(whole->root()))
          << feed.name;
    }
    table += feed.name + "\t" + std::to_string(sink_.taken.size()) + "\t" + std::to_string(distributions) + "\t" +
             std::to_string(sink_.failed.size()) + "\t" + std::to_string(sink_.skipped.size()) + "\t";
    if (!listing) table += "refused: " + listing.error().message;
    bool first = true;
    for (const auto& [cause, count] : findings) {
      if (count == 0) continue;
      table += (first ? "" : " ") + cause + "=" + std::to_string(count);
      first = false;
    }
    table += "\n";
  }
  test::expect_golden(MOISSON_SOURCE_DIR "/tests/harvesters/golden/data_json.tsv",
                      "feed\ttaken\tdistributions\tfailed\tskipped\tfindings\n" + table);
}

}  // namespace
}  // namespace moisson::harvesters
