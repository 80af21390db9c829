#include "notify/courier.h"

#include "store/outbox.h"
#include "store/people.h"
#include "tests/notify/post_office.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::notify {
namespace {

using std::chrono::minutes;

class CourierTest : public testing::Test {
 protected:
  CourierTest() {
    EXPECT_TRUE(shelf_.writer().put_source(test::source_named("a")));
    const auto account = shelf_.store->people().invite("ada@example.org", "operator", {"a"}).value();
    EXPECT_TRUE(shelf_.store->outbox().watch(account.id, {"failed"}));
  }
  CourierOptions options() {
    CourierOptions made;
    made.server.url = office_.url();
    made.sender = "moisson@example.org";
    made.language = "fr";
    made.job_url = [](std::int64_t job) { return "https://c.example/jobs/" + std::to_string(job); };
    made.account_url = "https://c.example/account";
    return made;
  }
  void end(harvest::JobOutcome outcome) {
    auto run = shelf_.writer().begin("a", true).value();
    EXPECT_TRUE(run.end(outcome, std::nullopt, std::nullopt));
  }

  test::Shelf shelf_;
  test::PostOffice office_;
};

TEST_F(CourierTest, SendsOneMailForEachEndThatSomebodyWantsToKnow) {
  Courier courier(*shelf_.store, options(), shelf_.clock);
  end(harvest::JobOutcome::failed);
  end(harvest::JobOutcome::succeeded);
  EXPECT_EQ(courier.go().value(), 1U);
  EXPECT_EQ(courier.go().value(), 0U);
  const auto letters = office_.letters();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].from, "moisson@example.org");
  EXPECT_EQ(letters[0].to, "ada@example.org");
  EXPECT_NE(letters[0].text.find("Subject: =?UTF-8?B?"), std::string::npos);
  EXPECT_NE(letters[0].text.find("Auto-Submitted: auto-generated"), std::string::npos);
}

TEST_F(CourierTest, TriesAgainLaterAndLaterWhenTheServerCannotNow) {
  Courier courier(*shelf_.store, options(), shelf_.clock);
  office_.answer_recipients_with("451 try later");
  end(harvest::JobOutcome::failed);
  EXPECT_EQ(courier.go().value(), 0U);
  office_.answer_recipients_with("");
  EXPECT_EQ(courier.go().value(), 0U) << "not yet";
  shelf_.clock.turn(minutes(1));
  EXPECT_EQ(courier.go().value(), 1U);
  EXPECT_EQ(office_.letters().size(), 1U);
}

TEST_F(CourierTest, AsksNoServerAgainThatRefusesForGood) {
  Courier courier(*shelf_.store, options(), shelf_.clock);
  office_.answer_recipients_with("550 no such person");
  end(harvest::JobOutcome::failed);
  EXPECT_EQ(courier.go().value(), 0U);
  office_.answer_recipients_with("");
  shelf_.clock.turn(std::chrono::hours(48));
  EXPECT_EQ(courier.go().value(), 0U);
}

TEST_F(CourierTest, LosesAndRepeatsNothingWhenItIsMadeAnew) {
  end(harvest::JobOutcome::failed);
  office_.answer_recipients_with("451 try later");
  { EXPECT_EQ(Courier(*shelf_.store, options(), shelf_.clock).go().value(), 0U); }
  office_.answer_recipients_with("");
  shelf_.clock.turn(minutes(1));
  EXPECT_EQ(Courier(*shelf_.store, options(), shelf_.clock).go().value(), 1U);
  EXPECT_EQ(Courier(*shelf_.store, options(), shelf_.clock).go().value(), 0U);
}

TEST_F(CourierTest, SendsNoPasswordWithoutTls) {
  auto with_password = options();
  with_password.server.user = "moisson";
  with_password.server.password = "secret";
  end(harvest::JobOutcome::failed);
  EXPECT_EQ(Courier(*shelf_.store, with_password, shelf_.clock).go().value(), 0U);
  EXPECT_TRUE(office_.letters().empty());
}

TEST(WaitAfterFailure, GrowsAndEnds) {
  EXPECT_EQ(wait_after_failure(1), minutes(1));
  EXPECT_EQ(wait_after_failure(6), minutes(960));
  EXPECT_EQ(wait_after_failure(7), std::nullopt);
  EXPECT_EQ(wait_after_failure(0), std::nullopt);
}

}  // namespace
}  // namespace moisson::notify
