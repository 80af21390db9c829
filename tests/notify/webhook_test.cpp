#include "notify/webhook.h"
#include "notify/courier.h"

#include "core/hash.h"
#include "net/curl_fetcher.h"
#include "store/outbox.h"
#include "store/people.h"
#include "tests/fetcher_options.h"
#include "tests/portal/portal.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace moisson::notify {
namespace {

TEST(Webhook, SignsTheTimeAndTheBody) {
  // echo -n '1714566896.{}' | openssl dgst -sha256 -hmac secret
  EXPECT_EQ(webhook_signature("secret", Instant(std::chrono::seconds(1'714'566'896)), "{}"),
            "t=1714566896,v1=d3c21fe9d59a1997706d5c62a57efea74933d686374901a4f7045b779c43bad3");
  EXPECT_NE(webhook_signature("secret", Instant(std::chrono::seconds(1)), "{}"),
            webhook_signature("secret", Instant(std::chrono::seconds(2)), "{}"));
}

TEST(Webhook, TellsWhatThePublicMayKnow) {
  harvest::HarvestJob job;
  job.id = 7;
  job.source_id = "a";
  job.outcome = harvest::JobOutcome::held;
  job.started = Instant(std::chrono::seconds(1'714'566'896));
  job.counts.unchanged = 80;
  job.removals_waiting = 120;
  job.error = Error{ErrorCode::refused, "the portal's own words", "", ""};
  EXPECT_EQ(
      webhook_body(3, "held", job, "https://c.example/jobs/7"),
      R"({"delivery":3,"event":"held","source":"a","job":{"id":7,"outcome":"held","started":"2024-05-01T12:34:56Z","ended":null,)"
      R"("counts":{"created":0,"updated":0,"unchanged":80,"moved":0,"skipped":0,"failed":0,"removed":0},"removals_waiting":120,)"
      R"("url":"https://c.example/jobs/7"}})");
}

class WebhookDelivery : public testing::Test {
 protected:
  WebhookDelivery() : portal_([this](const http::Request& request) { return taken(request); }) {
    EXPECT_TRUE(shelf_.writer().put_source(test::source_named("a")));
    account_ = shelf_.store->people().invite("ada@example.org", "operator", {"a"}).value().id;
  }
  http::Response taken(const http::Request& request) {
    request_ = request;
    return test::answer(status_);
  }
  Courier courier(bool may_reach_loopback = true) {
    CourierOptions made;
    made.job_url = [](std::int64_t job) { return "https://c.example/jobs/" + std::to_string(job); };
    net::FetcherOptions fetcher = test::fetcher_options();
    fetcher.robots = false;
    if (!may_reach_loopback) fetcher.policy.allowed.clear();
    made.make_fetcher = [this, fetcher] {
      return std::make_unique<net::CurlFetcher>(fetcher, gate_, std::stop_token());
    };
    return Courier(*shelf_.store, made, shelf_.clock);
  }
  void end(harvest::JobOutcome outcome) {
    auto run = shelf_.writer().begin("a", true).value();
    EXPECT_TRUE(run.end(outcome, std::nullopt, std::nullopt));
  }
  store::Outbox& outbox() { return shelf_.store->outbox(); }

  test::Shelf shelf_;
  net::HostGate gate_;
  http::Request request_;
  int status_ = 204;
  std::string account_;
  test::Portal portal_;
};

TEST_F(WebhookDelivery, IsSignedWithTheSecretThatItsProgramWasTold) {
  ASSERT_TRUE(outbox().add_webhook(account_, portal_.url("/hook"), "the secret"));
  end(harvest::JobOutcome::failed);
  EXPECT_EQ(courier().go().value(), 1U);
  EXPECT_EQ(request_.method, "POST");
  EXPECT_EQ(request_.headers.get("Content-Type"), "application/json");
  EXPECT_NE(request_.body.find(R"("event":"failed","source":"a")"), std::string::npos);
  EXPECT_EQ(request_.headers.get("Moisson-Signature"),
            webhook_signature("the secret", shelf_.clock.now(), request_.body));
  EXPECT_EQ(courier().go().value(), 0U);
  EXPECT_EQ(outbox().webhooks(account_)->front().last_sent, shelf_.clock.now());
}

TEST_F(WebhookDelivery, IsMadeAgainUntilItIsTakenAndTellsWhatWentWrong) {
  ASSERT_TRUE(outbox().add_webhook(account_, portal_.url("/hook"), "the secret"));
  status_ = 500;
  end(harvest::JobOutcome::failed);
  EXPECT_EQ(courier().go().value(), 0U);
  EXPECT_EQ(outbox().webhooks(account_)->front().trouble, "500 Internal Server Error");
  status_ = 204;
  EXPECT_EQ(courier().go().value(), 0U) << "not yet";
  shelf_.clock.turn(std::chrono::minutes(1));
  EXPECT_EQ(courier().go().value(), 1U);
  EXPECT_EQ(outbox().webhooks(account_)->front().trouble, "");
}

TEST_F(WebhookDelivery, ReachesNoneOfOurOwnNetworksAndTellsNothingOfThem) {
  ASSERT_TRUE(outbox().add_webhook(account_, portal_.url("/hook"), "the secret"));
  end(harvest::JobOutcome::failed);
  EXPECT_EQ(courier(false).go().value(), 0U);
  EXPECT_TRUE(portal_.asked().empty());
  const std::string trouble = outbox().webhooks(account_)->front().trouble;
  EXPECT_NE(trouble.find("blocked by policy"), std::string::npos) << trouble;
  EXPECT_EQ(trouble.find("127"), std::string::npos) << trouble;
}

TEST_F(WebhookDelivery, KeepsItsSecretSealedAndGoesWithItsAccount) {
  const auto id = outbox().add_webhook(account_, portal_.url("/hook"), "a secret that nobody reads").value();
  for (const auto& entry : std::filesystem::directory_iterator(shelf_.directory())) {
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    EXPECT_EQ(bytes.str().find("that nobody reads"), std::string::npos) << entry.path();
  }
  EXPECT_EQ(outbox().remove_webhook("another", id).error().code, ErrorCode::not_found);
  for (std::size_t i = 1; i < store::most_webhooks; ++i)
    ASSERT_TRUE(outbox().add_webhook(account_, "https://h.example/", "s"));
  EXPECT_EQ(outbox().add_webhook(account_, "https://h.example/", "s").error().code, ErrorCode::conflict);
  end(harvest::JobOutcome::failed);
  ASSERT_TRUE(shelf_.store->people().erase(account_));
  EXPECT_EQ(courier().go().value(), 0U);
}

}  // namespace
}  // namespace moisson::notify
