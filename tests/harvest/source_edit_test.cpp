#include "harvest/source_edit.h"

#include "tests/harvest/scripted_harvester.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <array>

namespace moisson::harvest {
namespace {

constexpr std::array options{OptionDescription{"tags", "Only these.", true},
                             OptionDescription{"api_key", "The key.", false, true}};

class Keyed final : public Harvester {
 public:
  std::string_view kind() const override { return "keyed"; }
  std::string_view documentation() const override { return ""; }
  std::span<const OptionDescription> options() const override { return harvest::options; }
  int mapping_version() const override { return 1; }
  Result<Listing> harvest(const HarvestContext&, RecordSink&) const override { return Listing{}; }
  Result<HarvestedRecord> map(const HarvestSource&, const RawSource&) const override { return HarvestedRecord{}; }
};

const Harvester* find(std::string_view kind) {
  static const Keyed keyed;
  return kind == "keyed" ? &keyed : nullptr;
}

HarvestSource draft() {
  auto source = test::source_named("ville");
  source.kind = "keyed";
  source.state = SourceState::draft;
  source.origin = SourceOrigin::operators;
  return source;
}

TEST(SourceEdit, TheStatesAreWalkedStepByStep) {
  using enum SourceState;
  constexpr SourceState all[] = {SourceState::draft, submitted, declined, active, paused, retired};
  const std::map<SourceState, std::set<SourceState>> steps = {
      {SourceState::draft, {submitted, retired}},
      {submitted, {SourceState::draft, active, declined, retired}},
      {declined, {SourceState::draft, submitted, retired}},
      {active, {paused, retired}},
      {paused, {active, retired}},
      {retired, {SourceState::draft}}};
  for (const auto from : all)
    for (const auto to : all)
      EXPECT_EQ(check_step(from, to, "because").has_value(), from == to || steps.at(from).contains(to))
          << to_string(from) << " → " << to_string(to);
  EXPECT_EQ(check_step(submitted, declined, " ").error().where, "comment");
  EXPECT_EQ(check_step(active, submitted, "").error().code, ErrorCode::conflict);
}

TEST(SourceEdit, AnEditNamesTheFieldThatIsWrong) {
  struct Case {
    SourceEdit edit;
    const char* field;
  };
  const std::vector<Case> cases = {
      {{.title = ""}, "title"},
      {{.kind = "oracle"}, "kind"},
      {{.url = "ftp://a.example/"}, "url"},
      {{.url = "https://user:word@a.example/"}, "url"},
      {{.schedule = "now and then"}, "schedule"},
      {{.timezone = "Europe/Nowhere"}, "timezone"},
      {{.language = "???"}, "language"},
      {{.window = "at night"}, "window"},
      {{.blackout = "25:00-26:00"}, "blackout"},
      {{.window = "08:00-10:00", .blackout = "07:00-11:00"}, "window"},
      {{.grace = std::chrono::hours(9'000)}, "grace_h"},
      {{.options = std::map<std::string, std::string>{{"colour", "red"}}}, "options.colour"},
      {{.options = std::map<std::string, std::string>{{"api_key", "abc"}}}, "options.api_key"},
      {{.options = std::map<std::string, std::string>{{"api_key_file", "/etc/passwd"}}}, "options.api_key_file"},
      {{.secrets = {{"tags", "abc"}}}, "secrets.tags"},
      {{.secrets = {{"api_key", "two\nlines"}}}, "secrets.api_key"},
  };
  for (const auto& [edit, field] : cases) {
    const auto made = edited(draft(), edit, find);
    ASSERT_TRUE(made.has_error()) << field;
    EXPECT_EQ(made.error().where, field);
    EXPECT_EQ(made.error().code, ErrorCode::invalid_input) << field;
  }
}

TEST(SourceEdit, WhatIsNotNamedStaysAsItIs) {
  SourceEdit edit;
  edit.options = std::map<std::string, std::string>{{"tags", "eau\nair"}};
  edit.window = "22:00-06:00";
  edit.state = SourceState::submitted;
  const auto made = edited(draft(), edit, find);
  ASSERT_TRUE(made.has_value()) << to_string(made.error());
  auto expected = draft();
  expected.options = {{"tags", "eau\nair"}};
  expected.window = "22:00-06:00";
  expected.state = SourceState::submitted;
  EXPECT_EQ(*made, expected);

  const auto declined = edited(*made, {.state = SourceState::declined, .comment = "which licence?"}, find);
  EXPECT_EQ(declined->comment, "which licence?");
  EXPECT_EQ(edited(*declined, {.state = SourceState::submitted}, find)->comment, "")
      << "the comment was of the decision before";
}

}  // namespace
}  // namespace moisson::harvest
