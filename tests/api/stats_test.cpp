#include "catalog.h"
#include "core/text.h"
#include "store/usage_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::api {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

const Instant day{std::chrono::sys_days{std::chrono::year{2024} / 4 / 30}};  // the day before the catalog's

class Stats : public ::testing::Test {
 protected:
  Stats() {
    store::UsageHour hour{.hour = day + 9h};
    hour.of(store::ClientFamily::browser) = {5, 3, 1, 2, 1};
    hour.of(store::ClientFamily::bot) = {7, 0, 0, 7, 0};
    hour.times[store::time_class(2ms)] = 3;
    EXPECT_TRUE(catalog_.store().usage().add({.hours = {hour},
                                              .subjects = {{store::SubjectKind::query, day, "eau", 12, 0},
                                                           {store::SubjectKind::query, day, "menus", 11, 11},
                                                           {store::SubjectKind::view, day, "id-1", 30, 0}},
                                              .clients = {{"key-1", day + 9h, {4, 2, 0, 1, 0}}}}));
  }

  // As a program that shows a key would, once it is proven.
  std::pair<int, std::string> as_key(std::string method, std::string path, std::string body = {}) const {
    http::Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.body = std::move(body);
    request.key = "key-1";
    auto response = catalog_.router().handle(request);
    return {response.status, std::get<std::string>(response.body)};
  }

  Catalog catalog_;
};

TEST_F(Stats, TellOneRowAnHourWithEachFamily) {
  const auto reply = catalog_.get("/api/v1/stats");
  ASSERT_EQ(reply.status, 200);
  ASSERT_EQ(reply.root()["hours"].size(), 1u);
  const auto hour = reply.root()["hours"][std::size_t{0}];
  EXPECT_EQ(hour["hour"].text(), "2024-04-30T09:00:00Z");
  EXPECT_EQ(hour["requests"].integer(), 12);
  EXPECT_EQ(hour["families"]["browser"]["without_result"].integer(), 1);
  EXPECT_EQ(hour["families"]["script"]["requests"].integer(), 0);
  EXPECT_GT(hour["median_ms"].number(), 1.0);
  EXPECT_EQ(reply.root()["minimum_visitors"].integer(), 10);
  EXPECT_EQ(reply.root()["queries"][std::size_t{0}]["query"].text(), "eau");
  EXPECT_EQ(reply.root()["missing"][std::size_t{0}]["query"].text(), "menus");
  EXPECT_EQ(reply.root()["viewed"][std::size_t{0}]["url"].text(), "http://catalog.example/datasets/id-1");
}

TEST_F(Stats, AreTheSameAsCsv) {
  const auto reply = catalog_.get("/api/v1/stats.csv?from=2024-04-30&to=2024-04-30");
  EXPECT_THAT(reply.body,
              HasSubstr("hour,requests,searches,without_result,views,downloads,median_ms,p99_ms,browser_requests,"));
  EXPECT_THAT(reply.body, HasSubstr("\r\n2024-04-30T09:00:00Z,12,3,1,9,1,"));
  const auto lines = split(reply.body, '\n');
  EXPECT_EQ(split(lines[0], ',').size(), split(lines[1], ',').size());
  EXPECT_THAT(catalog_.get("/api/v1/stats.csv?from=2024-04-29&to=2024-04-29").body, ::testing::Not(HasSubstr("2024")));
}

TEST_F(Stats, OfAKeyAreItsHoldersAlone) {
  EXPECT_EQ(catalog_.get("/api/v1/stats/mine").status, 401);
  const auto [status, body] = as_key("GET", "/api/v1/stats/mine");
  EXPECT_EQ(status, 200);
  EXPECT_THAT(body, HasSubstr("\"name\":\"\",\"hours\":[{\"hour\":\"2024-04-30T09:00:00Z\",\"requests\":4"));
}

TEST_F(Stats, NameAClientThatAsksForItAsLongAsItDoes) {
  EXPECT_EQ(catalog_.get("/api/v1/stats/clients").root()["clients"].size(), 0u);
  EXPECT_EQ(as_key("PUT", "/api/v1/stats/mine/name", "{\"name\":\" La Gazette \"}").first, 200);
  const auto named = catalog_.get("/api/v1/stats/clients");
  EXPECT_EQ(named.root()["clients"][std::size_t{0}]["name"].text(), "La Gazette");
  EXPECT_EQ(named.root()["clients"][std::size_t{0}]["requests"].integer(), 4);
  EXPECT_EQ(as_key("PUT", "/api/v1/stats/mine/name", "{\"name\":\"" + std::string(101, 'a') + "\"}").first, 400);
  EXPECT_EQ(as_key("DELETE", "/api/v1/stats/mine/name").first, 200);
  EXPECT_EQ(catalog_.get("/api/v1/stats/clients").root()["clients"].size(), 0u);
}

}  // namespace
}  // namespace moisson::api
