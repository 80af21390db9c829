#include "web/calendar.h"
#include "web/renderer.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace moisson::web {
namespace {

class Calendar : public testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "UTC", 1);
    tzset();
  }
  static const Words& in(std::string_view language) {
    static const Renderer renderer = std::move(Renderer::load()).value();
    return renderer.table().in(language);
  }
  static Instant at(std::string_view text) { return parse_moment(text)->instant; }
};

TEST_F(Calendar, WritesAPublishersDateAtItsOwnPrecision) {
  struct Case {
    std::string_view stated, fr, en;
  };
  const Case cases[] = {{"2025", "2025", "2025"},
                        {"2025-12", "déc. 2025", "Dec. 2025"},
                        {"2025-12-02", "2\u00A0déc. 2025", "2\u00A0Dec. 2025"},
                        {"2025-07-01", "1er\u00A0juil. 2025", "1\u00A0July 2025"},
                        {"2024-02-29T23:59:59Z", "29\u00A0févr. 2024", "29\u00A0Feb. 2024"}};
  for (const Case& c : cases) {
    EXPECT_EQ(date(in("fr"), *parse_moment(c.stated)), c.fr);
    EXPECT_EQ(date(in("en"), *parse_moment(c.stated)), c.en);
  }
}

TEST_F(Calendar, SaysTodayYesterdayAndTomorrow) {
  const Instant now = at("2026-01-16T09:14:00Z");
  struct Case {
    std::string_view instant, fr;
  };
  const Case cases[] = {{"2026-01-16T05:07:00Z", "aujourd’hui, 5\u00A0h\u00A007"},
                        {"2026-01-15T03:41:00Z", "hier, 3\u00A0h\u00A041"},
                        {"2026-01-17T03:41:00Z", "demain, 3\u00A0h\u00A041"},
                        {"2026-01-14T03:41:00Z", "14\u00A0janv. 2026"},
                        {"2026-01-20T03:41:00Z", "20\u00A0janv. 2026, 3\u00A0h\u00A041"}};
  for (const Case& c : cases) EXPECT_EQ(when(in("fr"), at(c.instant), now), c.fr);
  EXPECT_EQ(when_in_text(in("fr"), at("2026-01-16T03:12:00Z"), now), "aujourd’hui à 3\u00A0h\u00A012");
  EXPECT_EQ(when_in_text(in("fr"), at("2025-12-03T03:12:00Z"), now), "le 3\u00A0déc. 2025");
  EXPECT_EQ(when(in("en"), at("2026-01-16T05:07:00Z"), now), "today, 5:07");
}

TEST_F(Calendar, NeverCallsADateOfTheFutureToday) {
  const Instant now = at("2026-01-16T09:14:00Z");
  EXPECT_EQ(when(in("fr"), *parse_moment("2026-01-16T20:00:00Z"), now), "16\u00A0janv. 2026");
  EXPECT_EQ(when(in("fr"), *parse_moment("2026-01-16"), now), "16\u00A0janv. 2026");
}

TEST_F(Calendar, SaysHowLongAgo) {
  const Instant now = at("2026-01-16T09:14:00Z");
  struct Case {
    std::string_view instant, fr, en;
  };
  const Case cases[] = {{"2026-01-16T09:13:30Z", "à l’instant", "just now"},
                        {"2026-01-16T09:00:00Z", "il y a 14\u00A0min", "14\u00A0min ago"},
                        {"2026-01-16T07:00:00Z", "il y a 2\u00A0h", "2\u00A0h ago"},
                        {"2026-01-15T08:00:00Z", "hier", "yesterday"},
                        {"2026-01-13T08:00:00Z", "il y a 3\u00A0jours", "3\u00A0days ago"},
                        {"2025-01-13T08:00:00Z", "13\u00A0janv. 2025", "13\u00A0Jan. 2025"}};
  for (const Case& c : cases) {
    EXPECT_EQ(ago(in("fr"), at(c.instant), now), c.fr);
    EXPECT_EQ(ago(in("en"), at(c.instant), now), c.en);
  }
}

TEST_F(Calendar, WritesDurations) {
  using namespace std::chrono_literals;
  EXPECT_EQ(duration(in("fr"), 900ms), "1\u00A0s");
  EXPECT_EQ(duration(in("fr"), 112s), "1\u00A0min 52\u00A0s");
  EXPECT_EQ(duration(in("fr"), 3h + 5min), "3\u00A0h 5\u00A0min");
}

TEST_F(Calendar, TellsTheWeekday) {
  EXPECT_EQ(long_day(in("fr"), at("2026-01-13T03:42:00Z")), "mardi 13\u00A0janv. 2026");
}

TEST_F(Calendar, UsesTheZoneOfTheMachine) {
  setenv("TZ", "Europe/Paris", 1);
  tzset();
  EXPECT_EQ(time_of_day(in("fr"), at("2026-01-16T23:30:00Z")), "0\u00A0h\u00A030");
  EXPECT_EQ(day_number(at("2026-01-16T23:30:00Z")) - day_number(at("2026-01-16T22:30:00Z")), 1);
}

}  // namespace
}  // namespace moisson::web
