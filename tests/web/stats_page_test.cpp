#include "markup.h"
#include "site.h"
#include "store/usage_book.h"
#include "web/hour_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

using namespace std::chrono_literals;
using store::ClientFamily;
using store::SubjectKind;
using ::testing::HasSubstr;
using ::testing::Not;

const Instant day{std::chrono::sys_days{std::chrono::year{2026} / 1 / 15}};

TEST(HourChart, EndsItsAxisAtARoundNumber) {
  for (const auto& [most, end] :
       {std::pair{0.0, 1.0}, {1, 1}, {1.2, 2}, {3, 5}, {7, 10}, {10, 10}, {11, 20}, {999, 1000}, {1612, 2000}})
    EXPECT_EQ(axis_end(most), end) << most;
}

TEST(HourChart, BreaksALineWhereNothingIsKnown) {
  std::array<std::optional<double>, 24> hours;
  hours[0] = 5;
  hours[1] = 10;
  hours[3] = 0;
  EXPECT_EQ(line(hours, 10), "M15 100.0L45 0.0M99 200.0h12");
  EXPECT_EQ(line({}, 10), "");
}

TEST(HourChart, LeavesOutHoursWithoutUseAndShowsTheLeast) {
  std::array<double, 24> hours{};
  hours[2] = 1;
  hours[23] = 1000;
  Model chart;
  bars(hours, 1000, chart);
  ASSERT_EQ(chart.sections().size(), 1u);
  EXPECT_EQ(chart.sections().front().second.size(), 2u);
}

class StatsPage : public ::testing::Test {
 protected:
  void count() {
    site_.harvest(source("portal", "Portail"), {record("a", dataset("Qualité de l’eau", "", "Agence"))});
    id_ = site_.store().records_after(0, 1).value().front().id;
    store::UsageHour nine{.hour = day + 9h}, ten{.hour = day + 10h};
    nine.of(ClientFamily::browser) = {1500, 1200, 60, 200, 20};
    nine.of(ClientFamily::bot) = {500, 0, 0, 500, 0};
    nine.times[store::time_class(2ms)] = 1200;
    ten.of(ClientFamily::script) = {10, 4, 4, 0, 0};
    ten.times[store::time_class(8ms)] = 4;
    ASSERT_TRUE(
        site_.store().usage().add({.hours = {nine, ten},
                                   .subjects = {{SubjectKind::query, day, "<b>eau</b> & air", 900, 0},
                                                {SubjectKind::query, day - 24h, "menus cantine", 20, 20},
                                                {SubjectKind::query, day, "menus cantine", 40, 33},
                                                {SubjectKind::view, day, id_, 77, 0},
                                                {SubjectKind::view, day, "00000000-0000-5000-8000-000000000000", 78, 0},
                                                {SubjectKind::download, day, id_, 12, 0}}}));
  }
  Site site_;
  std::string id_;
};

TEST_F(StatsPage, ShowsADayInFiguresChartsAndTables) {
  count();
  const auto answer = site_.get("/stats?day=2026-01-15");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(read_markup(answer.body, false).fault, "");
  EXPECT_THAT(answer.body, HasSubstr("1\u202F204</dd>"));  // searches
  EXPECT_THAT(answer.body, HasSubstr("5,3\u202F%</dd>"));  // without a result
  EXPECT_THAT(answer.body, HasSubstr("role=\"img\" aria-label=\"Recherches par heure"));
  EXPECT_THAT(answer.body, HasSubstr("<th scope=\"row\" class=\"nb\">9\u00A0h</th><td class=\"num\">2\u202F000</td>"));
  EXPECT_THAT(answer.body, HasSubstr("&lt;b&gt;eau&lt;/b&gt; &amp; air</a></th><td class=\"num\">900</td>"));
  EXPECT_THAT(answer.body, HasSubstr("<time datetime=\"2026-01-14\">"));  // since when menus are missing
  EXPECT_THAT(answer.body, HasSubstr("<td class=\"num\">33</td>"));
  EXPECT_THAT(answer.body, HasSubstr("Qualité de l’eau</a></th><td class=\"num\">77</td>"));
  EXPECT_THAT(answer.body, Not(HasSubstr(">78<"))) << "a record that is gone leads nowhere";
  EXPECT_THAT(answer.body, HasSubstr("au moins 10\u00A0visiteurs"));
  EXPECT_THAT(answer.body, HasSubstr("/api/v1/stats.csv?from=2026-01-15&amp;to=2026-01-15"));
}

TEST_F(StatsPage, SaysWhereNothingWasCountedAndHow) {
  const auto answer = site_.get("/stats", "en");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(read_markup(answer.body, false).fault, "");
  EXPECT_THAT(answer.body, HasSubstr("Nothing has been counted on that day yet."));
  EXPECT_THAT(answer.body, HasSubstr("a secret drawn at random"));
  EXPECT_THAT(answer.body, HasSubstr("value=\"2026-01-16\""));
}

TEST_F(StatsPage, RefusesWhatIsNoDay) {
  for (const std::string target : {"/stats?day=hier", "/stats?day=2026-01", "/stats?day=2026-13-40"}) {
    const auto answer = site_.get(target);
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_THAT(answer.body, HasSubstr("Écrivez un jour comme 2026-01-15.")) << target;
  }
}

TEST(FileLink, LeadsToAFileOfTheRecordAndNowhereElse) {
  Site site;
  auto made = dataset("Arbres", "", "Ville");
  dcat::Distribution file, script, other;
  file.download_url = {{"https://data.example.org/arbres é.csv"}};
  script.download_url = {{"javascript:alert(1)"}};
  other.access_url = {{"https://data.example.org/page"}};
  made.distribution = {file, script, other};
  site.harvest(source("portal", "Portail"), {record("a", std::move(made))});
  const std::string id = site.store().records_after(0, 1).value().front().id;
  const std::string page = site.get("/datasets/" + id).body;

  std::vector<std::string> links;
  for (auto at = page.find("/files/"); at != page.npos; at = page.find("/files/", at + 1)) {
    const auto begin = page.rfind('"', at) + 1;
    links.push_back(page.substr(begin, page.find('"', at) - begin));
  }
  ASSERT_EQ(links.size(), 2u) << "what is no address of the web is no link";
  EXPECT_THAT(page, HasSubstr("<span class=\"small soft\">data.example.org</span>"));
  const auto sent = site.get(links[0]);
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(sent.headers.get("Location"), "https://data.example.org/arbres%20%C3%A9.csv");
  EXPECT_EQ(sent.headers.get("Cache-Control"), "no-store");
  EXPECT_EQ(site.get(links[1]).headers.get("Location"), "https://data.example.org/page");

  EXPECT_EQ(site.get("/datasets/" + id + "/files/0000000000000000").status, 404);
  EXPECT_EQ(site.get("/datasets/" + id + "/files/https:%2F%2Fevil.example").status, 404);
  EXPECT_EQ(site.get("/datasets/none/files/" + links[0].substr(links[0].rfind('/') + 1)).status, 404);
}

}  // namespace
}  // namespace moisson::web::test
