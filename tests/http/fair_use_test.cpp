#include "http/fair_use.h"

#include "core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace moisson::http {
namespace {

using namespace std::chrono_literals;

class HandClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  void turn(std::chrono::milliseconds by) { now_ += by; }

 private:
  Instant now_{std::chrono::milliseconds(1'700'000'000'000)};
};

Request from(std::string address, std::string path = "/datasets") {
  Request request;
  request.method = "GET";
  request.path = std::move(path);
  request.address = std::move(address);
  return request;
}

class FairUseTest : public ::testing::Test {
 protected:
  Taken ask(const std::string& address, std::string key = {}) {
    Request request = from(address);
    request.key = std::move(key);
    return fair_use_.ask(request).taken;
  }

  HandClock clock_;
  FairUse fair_use_{{.anonymous = {6, 60s},
                     .with_key = {12, 60s},
                     .exempts = [](std::string_view address) { return address == "127.0.0.1"; },
                     .free = {"/dumps/"},
                     .instead = "https://h/dumps/records.jsonl",
                     .max_clients = 3},
                    clock_};
};

TEST(TokenBucket, IsTakenFromAndFillsEvenly) {
  const Allowance six{6, 60s};
  struct Case {
    double tokens;
    std::chrono::milliseconds passed;
    bool allowed;
    std::uint32_t remaining;
    std::chrono::seconds reset, retry_after;
  };
  const Case cases[] = {
      {6, 0s, true, 5, 10s, 0s},        // full
      {1, 0s, true, 0, 60s, 0s},        // the last one
      {0, 0s, false, 0, 60s, 10s},      // empty: one comes every ten seconds
      {0, 4s, false, 0, 56s, 6s},       //
      {0, 10s, true, 0, 60s, 0s},       //
      {0, 9'999ms, false, 0, 51s, 1s},  // never zero seconds
      {0, 1h, true, 5, 10s, 0s},        // never more than full
      {3, -30s, true, 2, 40s, 0s},      // a clock that went back gives and takes nothing
  };
  for (const Case& c : cases) {
    TokenBucket bucket{c.tokens, Instant{}};
    const Taken taken = take(bucket, six, Instant{} + c.passed);
    EXPECT_EQ(taken.allowed, c.allowed) << c.tokens << " after " << c.passed.count();
    EXPECT_EQ(taken.remaining, c.remaining) << c.tokens << " after " << c.passed.count();
    EXPECT_EQ(taken.reset, c.reset) << c.tokens << " after " << c.passed.count();
    EXPECT_EQ(taken.retry_after, c.retry_after) << c.tokens << " after " << c.passed.count();
  }
}

TEST_F(FairUseTest, RefusesANetworkThatAsksTooMuchAndNoOther) {
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(ask("198.51.100.1").allowed);
  EXPECT_FALSE(ask("198.51.100.1").allowed);
  EXPECT_TRUE(ask("198.51.100.2").allowed);
  clock_.turn(10s);
  EXPECT_TRUE(ask("198.51.100.1").allowed);
}

TEST_F(FairUseTest, TakesAnIpv6NetworkForOneClient) {
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(ask("2001:db8:1:2::" + std::to_string(i + 1)).allowed);
  EXPECT_FALSE(ask("2001:db8:1:2:ffff::9").allowed);
  EXPECT_TRUE(ask("2001:db8:1:3::1").allowed);
}

TEST_F(FairUseTest, GivesAKeyItsOwnBucketWhereverItIsUsedFrom) {
  for (int i = 0; i < 12; ++i) EXPECT_TRUE(ask("198.51.100." + std::to_string(i), "k1").allowed);
  EXPECT_FALSE(ask("198.51.100.1", "k1").allowed);
  EXPECT_TRUE(ask("198.51.100.1").allowed);
}

TEST_F(FairUseTest, AsksNothingForDumpsNorOfThisMachine) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(fair_use_.ask(from("198.51.100.1", "/dumps/datasets.csv")).limited);
    EXPECT_FALSE(fair_use_.ask(from("127.0.0.1")).limited);
  }
}

TEST_F(FairUseTest, ForgetsWhoCouldAskAgainBeforeAnybodyElse) {
  for (int i = 0; i < 6; ++i) ask("198.51.100.1");
  ask("198.51.100.2");
  clock_.turn(10s);  // the second one's bucket is full again
  ask("198.51.100.3");
  ask("198.51.100.4");  // a fourth client: one has to go
  EXPECT_TRUE(ask("198.51.100.1").allowed);
  EXPECT_FALSE(ask("198.51.100.1").allowed);
}

TEST_F(FairUseTest, TellsLimitsAndRefusesWithTheDumpsAddress) {
  auto verdict = fair_use_.ask(from("198.51.100.1"));
  Headers headers;
  tell(verdict, headers);
  EXPECT_EQ(headers.get("RateLimit-Policy"), "\"default\";q=6;w=60");
  EXPECT_EQ(headers.get("RateLimit"), "\"default\";r=5;t=10");
  EXPECT_EQ(headers.get("Retry-After"), "");

  while (verdict.taken.allowed) verdict = fair_use_.ask(from("198.51.100.1"));
  const Response refusal = fair_use_.refusal(verdict);
  EXPECT_EQ(refusal.status, 429);
  EXPECT_EQ(refusal.headers.get("Retry-After"), "10");
  EXPECT_EQ(refusal.headers.get("RateLimit"), "\"default\";r=0;t=60");
  const auto document = json::Document::parse(std::get<std::string>(refusal.body)).value();
  EXPECT_EQ(document.root()["type"].text(), "https://iana.org/assignments/http-problem-types#quota-exceeded");
  EXPECT_EQ(document.root()["dump"].text(), "https://h/dumps/records.jsonl");
  EXPECT_THAT(document.root()["detail"].text(), ::testing::HasSubstr("https://h/dumps/records.jsonl"));
}

TEST(Pseudonyms, AreTheSameForANetworkAndOtherwiseUnlike) {
  const Pseudonyms mine, other;
  EXPECT_EQ(mine.of("198.51.100.1"), mine.of("198.51.100.1"));
  EXPECT_NE(mine.of("198.51.100.1"), mine.of("198.51.100.2"));
  EXPECT_EQ(mine.of("2001:db8:1:2::1"), mine.of("2001:0db8:1:2:9::1"));
  EXPECT_NE(mine.of("198.51.100.1"), other.of("198.51.100.1"));
}

}  // namespace
}  // namespace moisson::http
