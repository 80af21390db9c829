// The closed words of a harvest (include/moisson/harvest/{source,outcome}.h), each list once.
#include <moisson/harvest/outcome.h>
#include <moisson/harvest/source.h>

#include <array>
#include <cstddef>

namespace moisson::harvest {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 6> source_states = {"draft",  "submitted", "declined",
                                                           "active", "paused",    "retired"};
constexpr std::array<std::string_view, 7> record_outcomes = {"created", "updated", "unchanged", "moved",
                                                             "skipped", "failed",  "removed"};
constexpr std::array<std::string_view, 9> job_outcomes = {"running",     "succeeded", "nothing_changed",
                                                          "partial",     "held",      "refused_by_source",
                                                          "unreachable", "failed",    "stopped"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(SourceState state) { return source_states[static_cast<std::size_t>(state)]; }
std::optional<SourceState> source_state(std::string_view word) { return find<SourceState>(source_states, word); }

std::string_view to_string(RecordOutcome outcome) { return record_outcomes[static_cast<std::size_t>(outcome)]; }
std::optional<RecordOutcome> record_outcome(std::string_view word) {
  return find<RecordOutcome>(record_outcomes, word);
}

std::string_view to_string(JobOutcome outcome) { return job_outcomes[static_cast<std::size_t>(outcome)]; }
std::optional<JobOutcome> job_outcome(std::string_view word) { return find<JobOutcome>(job_outcomes, word); }

std::uint64_t& Counts::operator[](RecordOutcome outcome) {
  switch (outcome) {
    case RecordOutcome::created:
      return created;
    case RecordOutcome::updated:
      return updated;
    case RecordOutcome::unchanged:
      return unchanged;
    case RecordOutcome::moved:
      return moved;
    case RecordOutcome::skipped:
      return skipped;
    case RecordOutcome::failed:
      return failed;
    case RecordOutcome::removed:
      break;
  }
  return removed;
}

std::uint64_t Counts::operator[](RecordOutcome outcome) const { return const_cast<Counts&>(*this)[outcome]; }

}  // namespace moisson::harvest
