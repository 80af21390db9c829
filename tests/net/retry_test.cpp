#include "net/retry.h"

#include <gtest/gtest.h>

namespace moisson::net {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr milliseconds max_wait = 120s;

TEST(Retry, ComesBackOnlyForWhatMayPass) {
  struct Row {
    int status;
    bool transient;
    bool retried;
  };
  for (const Row& row : {Row{0, true, true}, Row{0, false, false}, Row{400, false, false}, Row{401, false, false},
                         Row{403, false, false}, Row{404, false, false}, Row{408, false, true}, Row{409, false, false},
                         Row{425, false, true}, Row{429, false, true}, Row{500, false, true}, Row{501, false, false},
                         Row{502, false, true}, Row{503, false, true}, Row{504, false, true}, Row{505, false, false}}) {
    const Attempt attempt{row.status, row.transient, {}, 1, 4};
    EXPECT_EQ(wait_before_next(attempt, 0.5, max_wait).has_value(), row.retried) << row.status;
  }
}

TEST(Retry, StopsAfterTheLastAttempt) {
  EXPECT_TRUE(wait_before_next({503, false, {}, 3, 4}, 0, max_wait));
  EXPECT_FALSE(wait_before_next({503, false, {}, 4, 4}, 0, max_wait));
  EXPECT_FALSE(wait_before_next({503, false, {}, 1, 1}, 0, max_wait));
}

TEST(Retry, DoublesItsWaitOfWhichAHalfIsRandom) {
  EXPECT_EQ(wait_before_next({503, false, {}, 1, 9}, 0.0, max_wait), 250ms);
  EXPECT_EQ(wait_before_next({503, false, {}, 1, 9}, 1.0, max_wait), 500ms);
  EXPECT_EQ(wait_before_next({503, false, {}, 2, 9}, 1.0, max_wait), 1000ms);
  EXPECT_EQ(wait_before_next({503, false, {}, 3, 9}, 0.0, max_wait), 1000ms);
  EXPECT_EQ(wait_before_next({503, false, {}, 8, 9}, 1.0, max_wait), 30s);
  EXPECT_EQ(wait_before_next({503, false, {}, 8, 9}, 1.0, 5s), 5s);
}

TEST(Retry, ObeysRetryAfterUnlessItIsTooLong) {
  EXPECT_EQ(wait_before_next({429, false, 7s, 1, 4}, 0.5, max_wait), 7s);
  EXPECT_EQ(wait_before_next({429, false, 0s, 1, 4}, 0.5, max_wait), 0s);
  EXPECT_EQ(wait_before_next({429, false, 120s, 1, 4}, 0.5, max_wait), 120s);
  EXPECT_FALSE(wait_before_next({429, false, 121s, 1, 4}, 0.5, max_wait));
  EXPECT_EQ(wait_before_next({403, false, 3s, 1, 4}, 0.5, max_wait), 3s) << "a portal's rate limit";
}

}  // namespace
}  // namespace moisson::net
