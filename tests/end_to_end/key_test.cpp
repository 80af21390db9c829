// A key at a whole site: wider limits, and figures of its own.

#include "app/serve.h"
#include "auth/desk.h"
#include "core/json.h"
#include "temporary_directory.h"
#include "tests/http/raw_client.h"
#include "tests/store/hand_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace moisson::test {
namespace {

using ::testing::HasSubstr;

class Key : public ::testing::Test {
 protected:
  Key() {
    app::Configuration configuration;
    configuration.catalog.data_dir = directory_ / "data";
    configuration.server.listen = "127.0.0.1:0";
    configuration.server.requests_per_minute = 3;
    configuration.server.requests_per_minute_with_key = 8;
    instance_ = std::move(app::Instance::open(configuration, clock_, app::Scheduling::only_tasks).value());
    start();
    auto& people = instance_->store().people();
    const auto account = people.invite("desk@gazette.example", "reader", {}).value();
    key_ = auth::issue_token(people, account, {.name = "data desk"}, clock_.now()).value();
  }
  void start() {
    site_.reset();  // counts are written when it goes
    site_ = std::move(app::Site::start(*instance_).value());
  }

  http::RawReply ask(const std::string& method, const std::string& target, const std::string& key,
                     const std::string& body = {}) {
    http::RawClient client(site_->port());
    client.send(method + " " + target + " HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 198.51.100.7\r\n" +
                (key.empty() ? "" : "Authorization: Bearer " + key + "\r\n") +
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.read();
  }

  TemporaryDirectory directory_;
  HandClock clock_;
  std::unique_ptr<app::Instance> instance_;
  std::unique_ptr<app::Site> site_;
  std::string key_;
};

TEST_F(Key, GivesItsHolderWiderLimits) {
  EXPECT_EQ(ask("GET", "/api/v1/datasets", "").header("RateLimit"), "\"default\";r=2;t=20");
  EXPECT_EQ(ask("GET", "/api/v1/datasets", key_ + "x").header("RateLimit-Policy"), "\"default\";q=3;w=60")
      << "a wrong key is none";
  ask("GET", "/api/v1/datasets", "");
  const auto refused = ask("GET", "/api/v1/datasets", "");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "20");
  EXPECT_THAT(refused.body, HasSubstr("/dumps/records.jsonl"));
  EXPECT_EQ(ask("GET", "/dumps/sources.csv", "").status, 200) << "dumps do not count";
  EXPECT_EQ(ask("GET", "/api/v1/sources", key_).header("RateLimit"), "\"default\";r=7;t=8");
}

TEST_F(Key, ShowsItsHolderAloneWhatItDidAndNamesThemIfTheyAsk) {
  EXPECT_EQ(ask("GET", "/api/v1/stats/mine", "").status, 401);
  EXPECT_EQ(ask("GET", "/api/v1/sources", key_).status, 200);
  EXPECT_EQ(ask("PUT", "/api/v1/stats/mine/name", key_, R"({"name":"La Gazette"})").status, 200);
  start();
  const auto mine = ask("GET", "/api/v1/stats/mine", key_);
  EXPECT_EQ(mine.status, 200);
  EXPECT_THAT(mine.body, HasSubstr(R"("name":"La Gazette","hours":[{"hour":"2024-05-01T12:00:00Z","requests":2)"));
  EXPECT_THAT(mine.header("Cache-Control"), HasSubstr("no-store"));
  EXPECT_THAT(ask("GET", "/stats/clients", "").body, HasSubstr("<th scope=\"row\">La Gazette</th>"));
  EXPECT_EQ(ask("DELETE", "/api/v1/stats/mine/name", key_).status, 200);
  EXPECT_THAT(ask("GET", "/stats/clients", "").body, ::testing::Not(HasSubstr("La Gazette")));
}

}  // namespace
}  // namespace moisson::test
