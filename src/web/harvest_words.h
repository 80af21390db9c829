// The closed words of a harvest as people read them: the word, and the mark (a class of .state) that goes with it.
// Pure.
#pragma once

#include "store/store.h"
#include "web/words.h"

#include <moisson/harvest/job.h>
#include <moisson/harvest/source.h>

#include <optional>
#include <string>
#include <string_view>

namespace moisson::web {

struct StateWord {
  std::string word;
  std::string mark;  // ok, half, wait, bad, or empty: unknown, at rest
};

StateWord state_word(const Words& words, harvest::JobOutcome outcome);
StateWord state_word(const Words& words, const std::optional<harvest::HarvestJob>& last_job);  // none: never harvested
StateWord state_word(const Words& words, harvest::SourceState state);
StateWord state_word(const Words& words, harvest::RecordOutcome outcome);

// A cause of a report ("date_unreadable" → "Date illisible"), what it means and how it is mended; an unknown one keeps
// its own words.
struct CauseWords {
  std::string label;
  std::string explanation;
  std::string fix;
};
CauseWords cause_words(const Words& words, std::string_view cause);

// When a source is harvested next: "demain, 3 h 41", "à la demande", "non prévue".
std::string next_run_words(const Words& words, const store::SourceStatus& status, Instant now);

// "CKAN" for ckan.
std::string kind_word(const Words& words, std::string_view kind);

}  // namespace moisson::web
