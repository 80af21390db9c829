#include "web/fate.h"

#include "web/typography.h"

#include <fmt/format.h>

namespace moisson::web {
namespace {

// The share bar: a stretch an outcome, at least 4 units of 616 so that one record among thousands is still seen.
void share(const harvest::Counts& counts, Model& model) {
  if (counts.seen() == 0) return;
  constexpr double whole = 616, gap = 2, least = 4;
  std::size_t parts = 0;
  for (const auto outcome : seen_outcomes) parts += counts[outcome] > 0 ? 1 : 0;
  const double room = whole - gap * static_cast<double>(parts - 1) - least * static_cast<double>(parts);
  Model& bar = model.add("SHARE");
  double x = 0;
  for (std::size_t i = 0; i < seen_outcomes.size(); ++i) {
    const std::uint64_t n = counts[seen_outcomes[i]];
    if (n == 0) continue;
    const double width = least + room * static_cast<double>(n) / static_cast<double>(counts.seen());
    bar.add("PART")
        .set("CLASS", fmt::format("o{}", i + 1))
        .set("X", fmt::format("{:.1f}", x))
        .set("WIDTH", fmt::format("{:.1f}", width));
    x += width + gap;
  }
}

}  // namespace

std::string count_word(const Words& words, harvest::RecordOutcome outcome) {
  return std::string(words("count." + std::string(to_string(outcome))));
}

void fate(const Words& words, const harvest::Counts& counts, Model& model) {
  share(counts, model);
  for (const auto outcome : seen_outcomes)
    model.add("FIGURE")
        .set("LABEL", lower_first(count_word(words, outcome)))
        .set("NUMBER", number(words, counts[outcome]));
}

}  // namespace moisson::web
