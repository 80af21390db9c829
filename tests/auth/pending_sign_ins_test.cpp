#include "auth/pending_sign_ins.h"

#include <gtest/gtest.h>

#include <set>

namespace moisson::auth {
namespace {

using std::chrono::minutes;

TEST(PendingSignIns, AreTakenOnceByTheirOwnBrowserInTime) {
  PendingSignIns pending;
  const Instant now{std::chrono::hours(1)};
  const auto begun = pending.begin("browser", "/jobs/1", now);
  const auto taken = pending.take(begun.challenge.state, "browser", now + minutes(9));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->next, "/jobs/1");
  EXPECT_EQ(taken->challenge.nonce, begun.challenge.nonce);
  EXPECT_FALSE(pending.take(begun.challenge.state, "browser", now + minutes(9))) << "a state that was replayed";
}

TEST(PendingSignIns, AreNothingElsewhereOrLater) {
  PendingSignIns pending;
  const Instant now{std::chrono::hours(1)};
  const auto stolen = pending.begin("browser", "/", now);
  EXPECT_FALSE(pending.take(stolen.challenge.state, "another", now));
  EXPECT_FALSE(pending.take(stolen.challenge.state, "browser", now)) << "whoever shows it, it is used";
  const auto late = pending.begin("browser", "/", now);
  EXPECT_FALSE(pending.take(late.challenge.state, "browser", now + minutes(11)));
  EXPECT_FALSE(pending.take("unknown", "browser", now));
  EXPECT_FALSE(pending.take("", "", now));
}

TEST(PendingSignIns, NeverGiveTheSameSecretTwice) {
  PendingSignIns pending;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto begun = pending.begin("b", "/", Instant{});
    for (const auto& secret : {begun.challenge.state, begun.challenge.nonce, begun.challenge.verifier}) {
      EXPECT_EQ(secret.size(), 43U);  // RFC 7636 §4.1 asks 43 to 128 of a verifier
      EXPECT_TRUE(seen.insert(secret).second);
    }
  }
}

}  // namespace
}  // namespace moisson::auth
