#include "web/source_step.h"

#include <algorithm>

namespace moisson::web {
namespace {

using harvest::SourceState;

// Who of the steps fits which state.
std::vector<SourceStep> fitting(SourceState state) {
  using enum SourceStep;
  switch (state) {
    case SourceState::draft:
    case SourceState::declined:
      return {submit, preview, retire};
    case SourceState::submitted:
      return {accept, decline, preview, retire};
    case SourceState::active:
      return {harvest, preview, pause, retire};
    case SourceState::paused:
      return {resume, preview, retire};
    case SourceState::retired:
      break;
  }
  return {};
}

}  // namespace

std::string_view to_string(SourceStep step) {
  constexpr std::string_view words[] = {"harvest", "preview", "submit", "accept",
                                        "decline", "pause",   "resume", "retire"};
  return words[static_cast<std::size_t>(step)];
}

std::optional<SourceState> state_after(SourceStep step) {
  switch (step) {
    case SourceStep::submit:
      return SourceState::submitted;
    case SourceStep::accept:
    case SourceStep::resume:
      return SourceState::active;
    case SourceStep::decline:
      return SourceState::declined;
    case SourceStep::pause:
      return SourceState::paused;
    case SourceStep::retire:
      return SourceState::retired;
    case SourceStep::harvest:
    case SourceStep::preview:
      break;
  }
  return std::nullopt;
}

http::Role role_for(SourceStep step) {
  const bool decision = step == SourceStep::accept || step == SourceStep::decline;
  return decision ? http::Role::administrator : http::Role::operator_;
}

std::vector<SourceStep> steps_for(const harvest::HarvestSource& source, bool running, const http::Identity& caller) {
  std::vector<SourceStep> steps = fitting(source.state);
  std::erase_if(steps, [&](SourceStep step) {
    const bool of_the_file = source.origin == harvest::SourceOrigin::configuration && step == SourceStep::retire;
    const bool reads_now = running && (step == SourceStep::harvest || step == SourceStep::retire);
    return of_the_file || reads_now || !caller.may(role_for(step), source.id);
  });
  return steps;
}

}  // namespace moisson::web
