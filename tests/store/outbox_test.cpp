#include "store/outbox.h"

#include "store/people.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace moisson::store {
namespace {

using test::Shelf;

class OutboxTest : public testing::Test {
 protected:
  OutboxTest() {
    for (const char* source : {"a", "b"}) EXPECT_TRUE(shelf_.writer().put_source(test::source_named(source)));
  }
  std::string invited(std::string_view mail, std::string_view role, const std::vector<std::string>& sources) {
    const auto account = shelf_.store->people().invite(mail, role, sources).value().id;
    EXPECT_TRUE(outbox().watch(account, {"failed", "first_success", "succeeded"}));
    return account;
  }
  std::int64_t ended(std::string_view source, harvest::JobOutcome outcome) {
    auto run = shelf_.writer().begin(source, true).value();
    EXPECT_TRUE(run.end(outcome, std::nullopt, std::nullopt));
    return run.job().id;
  }
  Outbox& outbox() { return shelf_.store->outbox(); }
  Shelf shelf_;
};

TEST_F(OutboxTest, TellsEachEndOnceToWhoLooksAfterTheSource) {
  invited("own@example.org", "operator", {"a"});
  invited("other@example.org", "operator", {"b"});
  invited("all@example.org", "reader", {"*"});
  invited("admin@example.org", "administrator", {});
  const auto quiet = invited("quiet@example.org", "operator", {"a"});
  ASSERT_TRUE(outbox().watch(quiet, {"held"}));

  const auto job = ended("a", harvest::JobOutcome::failed);
  ASSERT_EQ(outbox().unannounced(10)->size(), 1U);
  EXPECT_FALSE(outbox().unannounced(10)->front().first_success);
  EXPECT_EQ(outbox().announce(job, {"failed"}).value(), 3U);
  EXPECT_EQ(outbox().announce(job, {"failed"}).value(), 0U) << "it was announced";
  EXPECT_TRUE(outbox().unannounced(10)->empty());
  std::vector<std::string> told;
  for (const Message& message : *outbox().due(10)) told.push_back(message.mail);
  std::sort(told.begin(), told.end());  // due at once, in no order that is promised
  EXPECT_EQ(told, (std::vector<std::string>{"admin@example.org", "all@example.org", "own@example.org"}));
}

TEST_F(OutboxTest, KnowsAFirstSuccessAndTellsItOnceToEach) {
  invited("own@example.org", "operator", {"a"});
  ended("a", harvest::JobOutcome::failed);
  const auto first = ended("a", harvest::JobOutcome::succeeded);
  const auto second = ended("a", harvest::JobOutcome::succeeded);
  const auto found = outbox().unannounced(10).value();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[1].first_success);
  EXPECT_FALSE(found[2].first_success);
  EXPECT_EQ(outbox().announce(first, {"first_success", "succeeded"}).value(), 1U)
      << "one message, of the first of its events";
  EXPECT_EQ(outbox().due(10)->front().event, "first_success");
  EXPECT_EQ(outbox().announce(second, {"succeeded"}).value(), 1U);
}

TEST_F(OutboxTest, TriesAgainWhenItIsTime) {
  invited("own@example.org", "operator", {"a"});
  ASSERT_TRUE(outbox().announce(ended("a", harvest::JobOutcome::failed), {"failed"}));
  const auto id = outbox().due(10)->front().id;
  ASSERT_TRUE(outbox().failed(id, "no answer", shelf_.clock.now() + std::chrono::minutes(1)));
  EXPECT_TRUE(outbox().due(10)->empty());
  shelf_.clock.turn(std::chrono::minutes(1));
  ASSERT_EQ(outbox().due(10)->size(), 1U);
  EXPECT_EQ(outbox().due(10)->front().attempts, 1);
  ASSERT_TRUE(outbox().sent(id));
  EXPECT_TRUE(outbox().due(10)->empty());
}

TEST_F(OutboxTest, ForgetsTheMessagesOfWhoIsErasedAndOfJobsThatAreForgotten) {
  const auto account = invited("own@example.org", "operator", {"a"});
  ASSERT_TRUE(outbox().announce(ended("a", harvest::JobOutcome::failed), {"failed"}));
  ASSERT_TRUE(shelf_.store->people().erase(account));
  EXPECT_TRUE(outbox().due(10)->empty());

  invited("own@example.org", "operator", {"a"});
  ASSERT_TRUE(outbox().announce(ended("a", harvest::JobOutcome::failed), {"failed"}));
  ended("a", harvest::JobOutcome::failed);
  shelf_.clock.turn(std::chrono::hours(24 * 366));
  ASSERT_TRUE(shelf_.writer().forget_old());
  EXPECT_TRUE(outbox().due(10)->empty());
}

}  // namespace
}  // namespace moisson::store
