#include "harvest/agenda.h"

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

using namespace std::chrono_literals;

const Instant noon = parse_moment("2024-05-01T12:00:00Z")->instant;

Due due(std::string id, std::chrono::minutes late, std::string host = "") {
  Due made{id, host.empty() ? id + ".example:443" : std::move(host), noon - late, {}, false};
  return made;
}

TEST(Agenda, StartsWhatIsDueTheMostOverdueFirstAsFarAsThereIsRoom) {
  Due left = due("left", -24h);
  left.left_running = true;
  Due manual = due("manual", 0min);
  manual.slot.reset();
  const std::vector<Due> sources{
      due("late", 30min), due("later", 60min), due("now", 0min), due("soon", -5min), left, manual};
  EXPECT_EQ(agenda(sources, {}, 8, noon).start, (std::vector<std::string>{"left", "later", "late", "now"}));
  EXPECT_EQ(agenda(sources, {}, 2, noon).start, (std::vector<std::string>{"left", "later"}));
  EXPECT_EQ(agenda(sources, {}, 0, noon).start, std::vector<std::string>{});
  EXPECT_EQ(agenda(sources, {{"later"}, {"late.example:443"}}, 8, noon).start,
            (std::vector<std::string>{"left", "now"}));
  EXPECT_EQ(agenda(sources, {}, 8, noon).look_again, noon + 5min);
}

TEST(Agenda, AHostIsReadByOneJobAtATime) {
  const std::vector<Due> sources{due("a", 3min, "one:80"), due("b", 2min, "one:80"), due("c", 1min, "two:80")};
  EXPECT_EQ(agenda(sources, {}, 8, noon).start, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(host_of("https://Data.example.org/catalog"), host_of("https://data.example.org:443/other"));
  EXPECT_NE(host_of("http://data.example.org/"), host_of("http://data.example.org:8080/"));
}

TEST(Agenda, WaitsForTheWindowAndOutTheBlackOut) {
  Due night = due("night", 10min), quiet = due("quiet", 10min), open = due("open", 10min), shut = due("shut", 10min);
  night.openings = {{*Hours::parse("22:00-06:00"), "Europe/Paris", false}};
  quiet.openings = {{*Hours::parse("11:00-12:30"), "UTC", true}};
  open.openings = {{*Hours::parse("wed 11:00-13:00"), "UTC", false}};
  shut.openings = {{*Hours::parse("00:00-24:00"), "UTC", true}};
  const auto made = agenda(std::vector<Due>{night, quiet, open, shut}, {}, 8, noon);
  EXPECT_EQ(made.start, (std::vector<std::string>{"open"}));
  EXPECT_EQ(made.look_again, noon + 30min);
}

TEST(Agenda, ABlackOutOfOneSourceKeepsAwayAllOfItsHost) {
  const auto source = [](std::string id, std::string url) {
    store::Appointment made;
    made.source_id = std::move(id);
    made.url = std::move(url);
    made.timezone = "UTC";
    made.state = SourceState::active;
    made.next_run = noon;
    return made;
  };
  std::vector<store::Appointment> appointments{
      source("paused", "https://one.example/a"), source("same", "https://one.example/b"),
      source("other", "https://two.example/"), source("retired", "https://two.example/a")};
  appointments[0].state = SourceState::paused;
  appointments[0].blackout = "11:00-13:00";
  appointments[3].state = SourceState::retired;
  appointments[3].blackout = "11:00-13:00";
  const auto due = due_sources(appointments);
  ASSERT_EQ(due.size(), 2U);  // the active ones
  EXPECT_EQ(agenda(due, {}, 8, noon).start, (std::vector<std::string>{"other"}));
}

}  // namespace
}  // namespace moisson::harvest
