#include "harvesters/ckan.h"

#include "collecting_sink.h"
#include "net/curl_fetcher.h"
#include "portal/ckan_portal.h"
#include "tests/fetcher_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace moisson::harvesters {
namespace {

using harvest::Listing;
using test::ckan_package;
using test::CkanQuirks;
using test::numbered;

class HandClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  void turn(std::chrono::milliseconds time) { now_ += time; }

 private:
  Instant now_ = parse_moment("2024-06-01T00:00:00Z").value().instant;
};

class CkanHarvester : public testing::Test {
 protected:
  CkanHarvester() {
    source_.id = "portal";
    source_.kind = "ckan";
    source_.url = portal_.url();
    source_.language = "fr";
  }

  void fill(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i)
      portal_.put(numbered(i), ckan_package(numbered(i), "Title " + std::to_string(i)));
  }

  net::CurlFetcher polite() { return net::CurlFetcher(test::fetcher_options(), gate_, {}); }

  Result<Listing> run(bool full = false, std::uint64_t limit = 0) {
    auto fetcher = polite();
    auto listing = ckan_harvester().harvest({source_, fetcher, clock_, memory_, full, limit, secrets_}, sink_);
    if (listing) memory_ = listing->memory;
    return listing;
  }

  std::size_t asked(std::string_view part) {
    const auto all = portal_.portal().asked();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const auto& t) { return t.find(part) != std::string::npos; }));
  }

  test::CkanPortal portal_;
  harvest::HarvestSource source_;
  HandClock clock_;
  harvest::Memory memory_;
  std::map<std::string, std::string> secrets_;
  test::CollectingSink sink_;
  net::HostGate gate_;
};

TEST_F(CkanHarvester, ReadsEveryRecordOfAPortal) {
  fill(2345);
  auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 2345u);
  EXPECT_EQ(sink_.taken_ids().size(), 2345u);
  EXPECT_EQ(sink_.pages, 3u);
  EXPECT_EQ(sink_.announced, 2345u);
  EXPECT_TRUE(sink_.losses.empty());
  EXPECT_EQ(sink_.taken[1234].raw.bytes, ckan_package(numbered(1234), "Title 1234")) << "the exact bytes";
  EXPECT_EQ(sink_.taken[1234].raw.pointer, "/result/results/235")
      << "each page begins with the last record of the one before";
  EXPECT_EQ(sink_.taken[0].remote_url, portal_.url() + "/dataset/p0000");
}

TEST_F(CkanHarvester, ReadsOneRecordAloneWhereTheApiWasFound) {
  fill(3);
  ASSERT_TRUE(run());
  portal_.put(numbered(1), ckan_package(numbered(1), "Another title"));
  auto fetcher = polite();
  const harvest::HarvestContext context{source_, fetcher, clock_};
  const auto one = ckan_harvester().read_one(context, {sink_.taken[1].remote_id, sink_.taken[1].raw});
  ASSERT_TRUE(one) << to_string(one.error());
  EXPECT_EQ(one->remote_id, sink_.taken[1].remote_id);
  EXPECT_EQ(dcat::resource(one->record).title.front().value, "Another title");
  EXPECT_EQ(asked("package_show"), 1u);
  EXPECT_EQ(ckan_harvester().read_one(context, {"gone", sink_.taken[1].raw}).error().code, ErrorCode::not_found);
}

TEST_F(CkanHarvester, AnEmptyPortalIsACompleteListing) {
  auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_TRUE(sink_.taken.empty());
}

TEST_F(CkanHarvester, TakesThePagesOfAPortalThatCapsThem) {
  fill(730);
  CkanQuirks quirks;
  quirks.rows_cap = 100;
  portal_.set(quirks);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids().size(), 730u);
  EXPECT_EQ(sink_.pages, 8u);
}

TEST_F(CkanHarvester, HalvesPagesThatFailAndRemembersTheSizeThatWorked) {
  fill(500);
  CkanQuirks quirks;
  quirks.fails_above = 130;
  portal_.set(quirks);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids().size(), 500u);
  portal_.portal().forget();
  ASSERT_TRUE(run(true));
  EXPECT_EQ(asked("rows=1000"), 0u);
  EXPECT_EQ(asked("rows=500"), 0u);
  EXPECT_EQ(asked("rows=125"), 5u);
}

TEST_F(CkanHarvester, KeepsGoingWhenOnePackageIsMalformed) {
  fill(1000);
  portal_.put(numbered(500), R"({"id": "p0500", "title": "cut", "notes": nonsense})");
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_EQ(sink_.taken.size(), 999u);
  ASSERT_EQ(sink_.failed.size(), 1u);
  EXPECT_NE(sink_.failed[0].error.where.find("/result/results/500"), std::string::npos) << sink_.failed[0].error.where;
  EXPECT_NE(sink_.failed[0].raw.bytes.find("nonsense"), std::string::npos);
  EXPECT_FALSE(listing->complete) << "its id is unknown, so nobody can tell it from one that is gone";
}

TEST_F(CkanHarvester, BisectsAPageThatABrokenRecordTears) {
  fill(300);
  portal_.put(numbered(137), R"({"id": "p0137", "title": "never closed)");
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_EQ(sink_.taken_ids().size(), 299u);
  ASSERT_EQ(sink_.failed.size(), 1u);
  EXPECT_NE(sink_.failed[0].error.message.find("record 138"), std::string::npos) << sink_.failed[0].error.message;
  EXPECT_TRUE(sink_.losses.empty());
  EXPECT_FALSE(listing->complete);
  EXPECT_LT(portal_.portal().asked().size(), 60u);
}

TEST_F(CkanHarvester, OneBadRecordCostsOnlyItself) {
  fill(20);
  portal_.put(numbered(1), R"({"id": "p0001", "title": null, "name": "untitled"})");
  portal_.put(numbered(2), R"({"id": "p0002", "title": ["wrong"], "name": "wrong"})");
  portal_.put(numbered(3), R"(["not an object"])");
  portal_.put(numbered(4), R"({"title": "no id at all"})");
  portal_.put(numbered(5),
              ckan_package(numbered(5), "Huge", "2024", "\"version\": \"" + std::string(3'000'000, 'x') + '"'));
  portal_.put(numbered(6), ckan_package(numbered(4711), "Dated", "never"));
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_EQ(sink_.taken.size(), 16u);
  ASSERT_EQ(sink_.failed.size(), 4u);
  EXPECT_EQ(sink_.failed[0].remote_id, "p0001");
  EXPECT_EQ(sink_.failed[0].error.message, "the title is missing");
  EXPECT_EQ(sink_.failed[0].error.where, "/result/results/1: /title");
}

TEST_F(CkanHarvester, CountsARecordOnTwoPagesOnce) {
  fill(250);
  CkanQuirks quirks;
  quirks.repeats_a_record = true;
  quirks.rows_cap = 100;
  portal_.set(quirks);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 250u);
}

TEST_F(CkanHarvester, FindsWhatThePagesHideThroughThePackageList) {
  fill(150);
  CkanQuirks quirks;
  quirks.rows_cap = 100;
  portal_.set(quirks);
  // A record goes and another comes between two pages: the count stays, and yet one record slips through.
  test::Script drift;
  drift.before = [&, moved = false](const http::Request& request) mutable -> std::optional<http::Response> {
    if (!moved && request.target.find("start=99&") != std::string::npos) {
      moved = true;
      portal_.remove(numbered(1));
      portal_.put("z-new", ckan_package("z-new", "New"));
    }
    return std::nullopt;
  };
  portal_.portal().script(drift);
  auto listing = run();
  ASSERT_TRUE(listing);
  const auto ids = sink_.taken_ids();
  EXPECT_TRUE(ids.contains(numbered(100))) << "the record that slipped between two pages";
  EXPECT_TRUE(ids.contains("z-new"));
  EXPECT_TRUE(sink_.remarked("pages_drifted"));
  EXPECT_TRUE(listing->complete);
}

TEST_F(CkanHarvester, ReadsRecordsThatOnlyThePackageListKnows) {
  fill(40);
  CkanQuirks quirks;
  quirks.unindexed = {numbered(7), numbered(8)};
  portal_.set(quirks);
  test::Script count;  // the count comes from the database, the pages from the index
  count.after = [](const http::Request& request, http::Response response) {
    if (auto* body = std::get_if<std::string>(&response.body);
        request.target.find("package_search") != std::string::npos) {
      if (const auto at = body->find("\"count\":38"); at != std::string::npos) body->replace(at, 10, "\"count\":40");
    }
    return response;
  };
  portal_.portal().script(count);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_EQ(sink_.taken_ids().size(), 40u);
  EXPECT_TRUE(sink_.remarked("count_differs"));
  EXPECT_TRUE(listing->complete);
}

TEST_F(CkanHarvester, ReadsOnlyChangesOnceItKnowsThePortal) {
  fill(50);
  ASSERT_TRUE(run());
  sink_.forget_run();
  clock_.turn(std::chrono::hours(24));
  portal_.put(numbered(3), ckan_package(numbered(3), "Changed", "2024-06-01T08:00:00.000000"));
  portal_.put("new", ckan_package("new", "New", "2024-06-01T09:00:00.000000"));
  portal_.put("late", ckan_package("late", "Published with an old date", "2019-01-01T00:00:00.000000"));
  portal_.remove(numbered(9));
  portal_.portal().forget();
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{numbered(3), "new", "late"}));
  EXPECT_EQ(sink_.unchanged.size(), 48u);
  EXPECT_FALSE(sink_.unchanged.contains(numbered(9)));
  EXPECT_EQ(asked("2024-05-31T23%3A00%3A00Z"), 2u) << "an hour's overlap";
}

TEST_F(CkanHarvester, TrustsNoFilterThatChangesNothing) {
  fill(50);
  CkanQuirks quirks;
  quirks.ignores_fq = true;
  portal_.set(quirks);
  ASSERT_TRUE(run());
  sink_.forget_run();
  clock_.turn(std::chrono::hours(24));
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.unchanged.size(), 50u);
  EXPECT_EQ(asked("fl=id"), 0u);
}

TEST_F(CkanHarvester, ReadsEverythingOnceAWeekOrWhenToldTo) {
  fill(10);
  ASSERT_TRUE(run());
  clock_.turn(std::chrono::hours(24));
  ASSERT_TRUE(run());
  EXPECT_EQ(asked("fl=id"), 1u);
  portal_.portal().forget();
  ASSERT_TRUE(run(true));
  EXPECT_EQ(asked("fl=id"), 0u);
  clock_.turn(std::chrono::hours(24 * 7));
  ASSERT_TRUE(run());
  EXPECT_EQ(asked("fl=id"), 0u);
}

TEST_F(CkanHarvester, KeepsWhatItReadWhenThePortalGoesAway) {
  fill(500);
  CkanQuirks quirks;
  quirks.rows_cap = 100;
  portal_.set(quirks);
  sink_.after_page = [&] {
    if (sink_.pages == 2) portal_.portal().go_away();
  };
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_GE(sink_.taken.size(), 199u);
  ASSERT_EQ(sink_.losses.size(), 1u);
  EXPECT_EQ(sink_.losses[0].code, ErrorCode::unreachable);
}

TEST_F(CkanHarvester, SaysUnreachableWhenNothingAnswers) {
  fill(5);
  portal_.portal().go_away();
  auto listing = run();
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::unreachable);
}

TEST_F(CkanHarvester, RetriesWhatThePortalAsksToRetry) {
  fill(300);
  CkanQuirks quirks;
  quirks.rows_cap = 50;
  portal_.set(quirks);
  test::Script busy;
  busy.before = [n = 0](const http::Request&) mutable -> std::optional<http::Response> {
    if (++n % 3 != 0) return std::nullopt;
    auto response = test::answer(n % 2 == 0 ? 429 : 503);
    response.headers.set("Retry-After", "1");
    return response;
  };
  portal_.portal().script(busy);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids().size(), 300u);
}

TEST_F(CkanHarvester, MendsATruncatedPage) {
  fill(300);
  test::Script cut;
  cut.after = [n = 0](const http::Request&, http::Response response) mutable {
    return ++n == 3 ? test::truncated(std::move(response)) : std::move(response);
  };
  portal_.portal().script(cut);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids().size(), 300u);
}

TEST_F(CkanHarvester, AnHtmlLoginPageIsARefusal) {
  fill(5);
  test::Script login;
  login.before = [](const http::Request&) { return std::optional(test::html_login()); };
  portal_.portal().script(login);
  auto listing = run();
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::refused);
  EXPECT_NE(listing.error().message.find("HTML"), std::string::npos);
}

TEST_F(CkanHarvester, AnHtmlPageMidwayIsALoss) {
  fill(300);
  CkanQuirks quirks;
  quirks.rows_cap = 100;
  portal_.set(quirks);
  test::Script login;
  login.before = [](const http::Request& request) -> std::optional<http::Response> {
    if (request.target.find("start=198") == std::string::npos) return std::nullopt;
    return test::html_login();
  };
  portal_.portal().script(login);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 199u);
  ASSERT_EQ(sink_.losses.size(), 1u);
  EXPECT_EQ(sink_.losses[0].code, ErrorCode::refused);
}

struct WrongAnswer {
  const char* body;
  const char* words;
};

class CkanWrongAnswer : public CkanHarvester, public testing::WithParamInterface<WrongAnswer> {};

TEST_P(CkanWrongAnswer, FailsWithThePortalsOwnWords) {
  CkanQuirks quirks;
  quirks.whole_answer = GetParam().body;
  portal_.set(quirks);
  auto listing = run();
  ASSERT_FALSE(listing) << GetParam().body;
  EXPECT_EQ(listing.error().code, ErrorCode::invalid_input);
  EXPECT_NE(to_string(listing.error()).find(GetParam().words), std::string::npos) << to_string(listing.error());
}

INSTANTIATE_TEST_SUITE_P(
    Table, CkanWrongAnswer,
    testing::Values(
        WrongAnswer{R"({"success": false, "error": {"__type": "Search Error", "message": "SOLR is down"}})",
                    "SOLR is down"},
        WrongAnswer{R"({"success": false, "error": "plainly broken"})", "plainly broken"},
        WrongAnswer{R"({"success": false, "error": {"rows": ["Must be a natural number"]}})", "natural number"},
        WrongAnswer{R"({"success": false, "result": {"count": 0, "results": []}, "error": {"message": "not today"}})",
                    "not today"},
        WrongAnswer{R"({"success": true, "result": null})", "result: null"},
        WrongAnswer{R"({"success": true, "result": [[]]})", "DKAN"},
        WrongAnswer{R"("Bad request: Action name not known")", "Action name not known"},
        WrongAnswer{R"({"version": 3})", "not an answer"}, WrongAnswer{R"({"success": tr)", "package_search"},
        WrongAnswer{"[]", "not an answer"}));

TEST_F(CkanHarvester, FindsAnApiThatMoved) {
  fill(5);
  CkanQuirks quirks;
  quirks.base = "/catalog";
  portal_.set(quirks);
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken.size(), 5u);
  EXPECT_TRUE(sink_.remarked("api_moved"));
  EXPECT_EQ(sink_.taken[0].remote_url, portal_.url() + "/catalog/dataset/p0000");
  portal_.portal().forget();
  ASSERT_TRUE(run());
  EXPECT_EQ(asked("/data/api"), 0u) << "it remembers";
}

TEST_F(CkanHarvester, PostsToAnApiThatTakesNothingElse) {
  fill(250);
  test::CkanQuirks quirks;
  quirks.posts_only = true;
  portal_.set(quirks);
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 250u);
}

TEST_F(CkanHarvester, TakesAnAddressThatAlreadyNamesTheApi) {
  fill(5);
  source_.url = portal_.url() + "/api/3/action/package_search?q=x";
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken.size(), 5u);
}

TEST_F(CkanHarvester, ReadsAPortalThatCannotSort) {
  fill(5);
  CkanQuirks quirks;
  quirks.refuses_sort = true;
  portal_.set(quirks);
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken.size(), 5u);
  EXPECT_TRUE(sink_.remarked("sort_refused"));
}

TEST_F(CkanHarvester, StopsAtPagesThatRepeat) {
  fill(300);
  CkanQuirks quirks;
  quirks.ignores_start = true;
  quirks.rows_cap = 100;
  portal_.set(quirks);
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 100u);
  ASSERT_EQ(sink_.losses.size(), 1u);
  EXPECT_NE(sink_.losses[0].message.find("repeats"), std::string::npos);
}

TEST_F(CkanHarvester, LeavesOutWhatIsNotForEverybodyOrNoData) {
  fill(2);
  portal_.put("private", ckan_package("private", "P", "2024", R"("private": true)"));
  portal_.put("draft", ckan_package("draft", "D", "2024", R"("state": "draft")"));
  portal_.put("source", ckan_package("source", "S", "2024", R"("type": "harvest")"));
  portal_.put("story", ckan_package("story", "S", "2024", R"("type": "showcase")"));
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 2u);
  std::set<std::string> reasons;
  for (const auto& skip : sink_.skipped) reasons.insert(skip.reason);
  EXPECT_EQ(reasons, (std::set<std::string>{"private", "state draft", "type harvest", "type showcase"}));
}

TEST_F(CkanHarvester, FiltersByOrganizationEvenIfThePortalDoesNot) {
  for (const char* organization : {"a", "b", "c"}) {
    portal_.put(organization,
                ckan_package(organization, organization, "2024",
                             R"("organization": {"id": "1", "name": ")" + std::string(organization) + "\"}"));
  }
  portal_.put("orphan", ckan_package("orphan", "orphan", "2024", R"("organization": null)"));
  source_.options["organizations"] = "a\nb";
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{"a", "b"}));
  EXPECT_TRUE(sink_.skipped.empty()) << "the portal filtered";
  sink_.forget_run();
  sink_.stored.clear();
  CkanQuirks quirks;
  quirks.ignores_fq = true;
  portal_.set(quirks);
  ASSERT_TRUE(run(true));
  EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{"a", "b"}));
  EXPECT_EQ(sink_.skipped.size(), 2u);
  EXPECT_EQ(sink_.skipped[0].reason, "filtered by organizations");
}

TEST_F(CkanHarvester, EndsWhenTheSinkSaysStop) {
  fill(100);
  sink_.stop_after = 10;
  auto listing = run();
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::cancelled);
  EXPECT_EQ(sink_.taken.size(), 10u);
}

TEST_F(CkanHarvester, APreviewReadsNoMoreThanItsLimit) {
  fill(100);
  auto listing = run(false, 7);
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 7u);
  EXPECT_TRUE(sink_.losses.empty());
}

TEST_F(CkanHarvester, ShowsThePortalItsKey) {
  fill(1);
  secrets_["api_key"] = "s3cret";
  std::vector<std::string> sent;
  test::Script keep;
  keep.before = [&](const http::Request& request) -> std::optional<http::Response> {
    if (request.path != "/robots.txt") sent.emplace_back(request.headers.get("Authorization"));
    return std::nullopt;
  };
  portal_.portal().script(keep);
  ASSERT_TRUE(run());
  EXPECT_THAT(sent, testing::AllOf(testing::Not(testing::IsEmpty()), testing::Each("s3cret")));
}

TEST_F(CkanHarvester, MapsAStoredRecordAgainWithoutThePortal) {
  fill(1);
  ASSERT_TRUE(run());
  portal_.portal().go_away();
  auto again = ckan_harvester().map(source_, sink_.taken[0].raw);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->record, sink_.taken[0].record);
  EXPECT_EQ(again->remote_url, sink_.taken[0].remote_url);
}

TEST(Registry, KnowsItsKinds) {
  ASSERT_NE(harvest::find_harvester("ckan"), nullptr);
  EXPECT_EQ(harvest::find_harvester("gopher"), nullptr);
  for (const auto* harvester : harvest::all_harvesters())
    EXPECT_EQ(harvest::find_harvester(harvester->kind()), harvester);
}

}  // namespace
}  // namespace moisson::harvesters
