// The fate of a run's records: the share bar and a figure an outcome, of what a run did or would do. Pure.
#pragma once

#include "web/model.h"
#include "web/words.h"

#include <moisson/harvest/outcome.h>

#include <array>
#include <string>

namespace moisson::web {

// Those that add up to the records seen, in the order in which they are shown.
inline constexpr std::array<harvest::RecordOutcome, 6> seen_outcomes{
    harvest::RecordOutcome::created, harvest::RecordOutcome::updated, harvest::RecordOutcome::unchanged,
    harvest::RecordOutcome::moved,   harvest::RecordOutcome::skipped, harvest::RecordOutcome::failed};

// "Créées": the head of a count.
std::string count_word(const Words& words, harvest::RecordOutcome outcome);

// Fills SHARE and FIGURE.
void fate(const Words& words, const harvest::Counts& counts, Model& model);

}  // namespace moisson::web
