#include "notify/event.h"

#include <algorithm>
#include <array>

namespace moisson::notify {
namespace {

constexpr std::string_view first_success_word = "first_success";
constexpr std::array<std::string_view, 8> words{"held",    "failed",  "refused_by_source", "unreachable",
                                                "partial", "stopped", first_success_word,  "succeeded"};

}  // namespace

std::span<const std::string_view> events() { return words; }

bool is_event(std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

std::vector<std::string> events_of(harvest::JobOutcome outcome, bool first_success) {
  std::vector<std::string> found;
  if (first_success) found.emplace_back(first_success_word);
  // That nothing changed is no news.
  if (const auto word = harvest::to_string(outcome); is_event(word)) found.emplace_back(word);
  return found;
}

}  // namespace moisson::notify
