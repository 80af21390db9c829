#include "web/harvest_words.h"

#include "core/cause.h"
#include "web/calendar.h"

#include <algorithm>

namespace moisson::web {
namespace {

std::string prefixed(std::string_view prefix, std::string_view word) { return std::string(prefix) + std::string(word); }

std::string_view mark_of(harvest::JobOutcome outcome) {
  switch (outcome) {
    case harvest::JobOutcome::succeeded:
    case harvest::JobOutcome::nothing_changed:
      return "ok";
    case harvest::JobOutcome::partial:
      return "half";
    case harvest::JobOutcome::held:
      return "wait";
    case harvest::JobOutcome::refused_by_source:
    case harvest::JobOutcome::unreachable:
    case harvest::JobOutcome::failed:
      return "bad";
    case harvest::JobOutcome::running:
    case harvest::JobOutcome::stopped:
      break;
  }
  return {};
}

}  // namespace

StateWord state_word(const Words& words, harvest::JobOutcome outcome) {
  return {std::string(words(prefixed("outcome.", to_string(outcome)))), std::string(mark_of(outcome))};
}

StateWord state_word(const Words& words, const std::optional<harvest::HarvestJob>& last_job) {
  return last_job ? state_word(words, last_job->outcome) : StateWord{std::string(words("outcome.never")), {}};
}

StateWord state_word(const Words& words, harvest::SourceState state) {
  const bool good = state == harvest::SourceState::active;
  const bool waits = state == harvest::SourceState::submitted;
  return {std::string(words(prefixed("state.", to_string(state)))), good ? "ok" : waits ? "wait" : ""};
}

StateWord state_word(const Words& words, harvest::RecordOutcome outcome) {
  const bool bad = outcome == harvest::RecordOutcome::failed;
  const bool rest = outcome == harvest::RecordOutcome::skipped || outcome == harvest::RecordOutcome::removed;
  return {std::string(words(prefixed("record.", to_string(outcome)))), bad ? "bad" : rest ? "" : "ok"};
}

CauseWords cause_words(const Words& words, std::string_view cause) {
  if (const Cause* const known = find_cause(cause)) {
    const CauseText& text = known->in(words.language());
    return {words.typeset(text.label), words.typeset(text.explanation), words.typeset(text.fix)};
  }
  CauseWords plain{std::string(cause), {}, {}};  // of a report that an older program wrote
  std::replace(plain.label.begin(), plain.label.end(), '_', ' ');
  return plain;
}

std::string next_run_words(const Words& words, const store::SourceStatus& status, Instant now) {
  if (status.source.state != harvest::SourceState::active) return std::string(words("source.not_planned"));
  if (status.source.schedule == "manual") return std::string(words("source.by_hand"));
  if (!status.next_run) return std::string(words("source.not_planned"));
  return when(words, *status.next_run, now);
}

std::string kind_word(const Words& words, std::string_view kind) {
  return std::string(words.or_else(prefixed("kind.", kind), kind));
}

}  // namespace moisson::web
