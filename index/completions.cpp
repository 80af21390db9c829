#include "index/completions.h"

#include "core/text.h"
#include "dcat/vocabulary.h"
#include "index/analysis.h"
#include "index/schema.h"

#include <algorithm>
#include <unordered_map>

namespace moisson::index {
namespace {

constexpr std::size_t longest_label = 12;         // words
constexpr std::uint32_t least_keyword_count = 2;  // a keyword of one record leads nowhere else
constexpr std::uint64_t whole_counts = 4;         // times as much: a label that begins as typed

std::vector<std::string> labels_of(search::Field field, const Vocabulary::Entry& entry) {
  if (row(field).free_label) return {entry.label.empty() ? entry.value : entry.label};
  const auto name = search::description(field).name;
  auto french = dcat::label(name, entry.value, "fr"), english = dcat::label(name, entry.value, "en");
  if (french == english) return {std::move(french)};
  return {std::move(french), std::move(english)};
}

}  // namespace

std::string spaced_words(std::string_view text) {
  std::string out;
  for (const auto& word : words(text, 20)) out.append(out.empty() ? "" : " ").append(word.folded);
  return out;
}

Completions::Completions(const FacetColumn& column) {
  for (const auto field : fields) {
    const auto& vocabulary = column.vocabulary(field);
    auto& list = beginnings_[static_cast<std::size_t>(field)];
    for (Ordinal value = 0; value < vocabulary.size(); ++value) {
      const auto count = vocabulary.counts[value];
      if (count == 0 || (field == search::Field::keyword && count < least_keyword_count)) continue;
      for (const auto& label : labels_of(field, vocabulary.entries[value])) {
        const auto all = words(label, longest_label);
        for (std::size_t from = 0; from < all.size(); ++from) {
          if (from > 0 && (field == search::Field::keyword || is_stop_word(all[from].folded))) continue;
          std::string key;
          for (auto i = from; i < all.size(); ++i) key.append(key.empty() ? "" : " ").append(all[i].folded);
          list.push_back({std::move(key), value, from == 0});
        }
      }
    }
    std::sort(list.begin(), list.end(), [](const Beginning& a, const Beginning& b) { return a.words < b.words; });
  }
}

std::vector<Completions::Found> Completions::find(const FacetColumn& column, search::Field field,
                                                  std::string_view typed, std::size_t most) const {
  const auto& list = beginnings_[static_cast<std::size_t>(field)];
  const auto& vocabulary = column.vocabulary(field);
  const auto first = std::lower_bound(list.begin(), list.end(), typed,
                                      [](const Beginning& each, std::string_view key) { return each.words < key; });
  struct Ranked {
    Found found;
    std::uint64_t weight = 0;
  };
  std::unordered_map<Ordinal, Ranked> met;
  for (auto at = first; at != list.end() && at->words.starts_with(typed); ++at) {
    // A later column may have fewer values than the one that this was made of, and other counts.
    if (at->value >= vocabulary.size() || vocabulary.counts[at->value] == 0) continue;
    const std::uint64_t count = vocabulary.counts[at->value];
    auto& each = met[at->value];
    each.found = {at->value, count};
    each.weight = std::max(each.weight, count * (at->whole ? whole_counts : 1));
  }
  std::vector<Ranked> ranked;
  for (const auto& [value, each] : met) ranked.push_back(each);
  const auto kept = std::min(most, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(kept), ranked.end(),
                    [](const Ranked& a, const Ranked& b) {
                      return a.weight != b.weight ? a.weight > b.weight : a.found.value < b.found.value;
                    });
  std::vector<Found> out;
  for (std::size_t i = 0; i < kept; ++i) out.push_back(ranked[i].found);
  return out;
}

}  // namespace moisson::index
