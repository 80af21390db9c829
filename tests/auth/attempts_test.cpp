#include "auth/attempts.h"

#include <gtest/gtest.h>

namespace moisson::auth {
namespace {

using std::chrono::seconds;

TEST(Attempts, AreABurstAndThenOneEverySixSeconds) {
  Attempts attempts;
  Instant now{std::chrono::hours(1)};
  for (int i = 0; i < Attempts::burst; ++i) EXPECT_TRUE(attempts.take("192.0.2.1", now)) << i;
  EXPECT_FALSE(attempts.has("192.0.2.1", now));
  EXPECT_FALSE(attempts.take("192.0.2.1", now));
  EXPECT_TRUE(attempts.take("192.0.2.2", now)) << "another address";
  now += seconds(5);
  EXPECT_FALSE(attempts.take("192.0.2.1", now));
  now += seconds(1);
  EXPECT_TRUE(attempts.has("192.0.2.1", now));
  EXPECT_TRUE(attempts.take("192.0.2.1", now));
  EXPECT_FALSE(attempts.take("192.0.2.1", now));
}

TEST(Attempts, CountTheNetworkThatOnePersonHoldsAsOne) {
  Attempts attempts;
  const Instant now{std::chrono::hours(1)};
  for (int i = 0; i < Attempts::burst; ++i) EXPECT_TRUE(attempts.take("2001:db8:1:2:0:0:0:" + std::to_string(i), now));
  EXPECT_FALSE(attempts.take("2001:db8:1:2:9:9:9:9", now));
  EXPECT_TRUE(attempts.take("2001:db8:1:3:0:0:0:1", now));
}

}  // namespace
}  // namespace moisson::auth
