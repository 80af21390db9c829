#include "web/source_step.h"

#include "site.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace moisson::web::test {
namespace {

using harvest::SourceOrigin;
using harvest::SourceState;
using enum SourceStep;

struct Case {
  SourceState state;
  SourceOrigin origin;
  bool running;
  http::Identity caller;
  std::vector<SourceStep> steps;
};

TEST(SourceStep, IsOfferedByStateOriginAndRole) {
  const auto file = SourceOrigin::configuration, people = SourceOrigin::operators;
  const http::Identity nobody, own = operator_of({"portail"}), foreign = operator_of({"autre"}),
                               admin = administrator();
  const Case cases[] = {
      {SourceState::draft, people, false, own, {submit, preview, retire}},
      {SourceState::declined, people, false, own, {submit, preview, retire}},
      {SourceState::submitted, people, false, own, {preview, retire}},
      {SourceState::submitted, people, false, admin, {accept, decline, preview, retire}},
      {SourceState::active, people, false, own, {harvest, preview, pause, retire}},
      {SourceState::active, people, true, own, {preview, pause}},
      {SourceState::active, file, false, own, {harvest, preview, pause}},
      {SourceState::paused, file, false, own, {resume, preview}},
      {SourceState::retired, people, false, admin, {}},
      {SourceState::active, people, false, foreign, {}},
      {SourceState::active, people, false, nobody, {}},
  };
  for (const auto& [state, origin, running, caller, steps] : cases) {
    auto described = source("portail", "Portail");
    described.state = state;
    described.origin = origin;
    EXPECT_EQ(steps_for(described, running, caller), steps) << to_string(state);
  }
}

// What a button asks for is what the harvest allows from there (harvest/source_edit.h): none leads to the state it is in.
TEST(SourceStep, HasAWordAndAtMostOneState) {
  std::vector<std::string_view> words;
  for (const SourceStep step : source_steps) words.push_back(to_string(step));
  std::sort(words.begin(), words.end());
  EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
  EXPECT_EQ(state_after(harvest), std::nullopt);
  EXPECT_EQ(state_after(accept), SourceState::active);
  EXPECT_EQ(role_for(accept), http::Role::administrator);
  EXPECT_EQ(role_for(pause), http::Role::operator_);
}

}  // namespace
}  // namespace moisson::web::test
