#include "index/lexicon.h"

#include "index/schema.h"

#include <algorithm>
#include <bit>

namespace moisson::index {
namespace {

constexpr std::size_t shortest_part = 3;       // bytes, of two words written as one
constexpr std::uint32_t least_part_count = 5;  // records

std::uint64_t letters_of(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char c : word) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63);
  return letters;
}

std::size_t allowed_slips(std::size_t size) { return size <= 3 ? 0 : size <= 5 ? 1 : 2; }

// Optimal string alignment (a swap of neighbours is one slip), bytes; more than `most` is most + 1. Words of at most 32 bytes.
// `open`: what `word` has beyond the best beginning does not count.
std::size_t slips(std::string_view typed, std::string_view word, std::size_t most, bool open) {
  constexpr std::size_t width = 34;
  std::array<std::array<std::uint8_t, width>, 3> rows;
  auto* above = &rows[0];
  auto* row = &rows[1];
  auto* below = &rows[2];
  for (std::size_t j = 0; j <= word.size(); ++j) (*row)[j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= typed.size(); ++i) {
    (*below)[0] = static_cast<std::uint8_t>(i);
    std::size_t least = i;
    for (std::size_t j = 1; j <= word.size(); ++j) {
      std::size_t cost = std::min<std::size_t>(
          {(*row)[j - 1] + (typed[i - 1] == word[j - 1] ? 0U : 1U), (*row)[j] + 1U, (*below)[j - 1] + 1U});
      if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
        cost = std::min<std::size_t>(cost, (*above)[j - 2] + 1U);
      (*below)[j] = static_cast<std::uint8_t>(cost);
      least = std::min(least, cost);
    }
    if (least > most) return most + 1;
    std::swap(above, row);
    std::swap(row, below);
  }
  if (!open) return (*row)[word.size()];
  return *std::min_element(row->begin(), row->begin() + static_cast<std::ptrdiff_t>(word.size()) + 1);
}

// Whether `a` is meant rather than `b`.
bool better(const Lexicon::Near& a, const Lexicon::Near& b) {
  if (a.slips != b.slips) return a.slips < b.slips;
  if (a.word.count != b.word.count) return a.word.count > b.word.count;
  return a.word.text < b.word.text;
}

}  // namespace

Lexicon::Lexicon(const Xapian::Database& database) {
  const std::string begin(prefix::title);
  const auto end = database.allterms_end(begin);
  for (auto at = database.allterms_begin(begin); at != end; ++at) {
    const auto word = *at;
    add(std::string_view(word).substr(begin.size()), at.get_termfreq());
  }
  sort();
}

Lexicon::Lexicon(std::vector<std::pair<std::string, std::uint32_t>> sorted) {
  for (const auto& [word, count] : sorted) add(word, count);
  sort();
}

void Lexicon::add(std::string_view word, std::uint32_t count) {
  if (word.empty() || word.size() > longest) return;
  words_.push_back(
      {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint8_t>(word.size()), count, letters_of(word)});
  text_ += word;
}

void Lexicon::sort() {
  for (std::uint32_t i = 0; i < words_.size(); ++i) by_length_[words_[i].size].push_back(i);
}

std::optional<Lexicon::Near> Lexicon::nearest(std::string_view folded) const {
  const auto most = allowed_slips(folded.size());
  if (most == 0 || folded.size() > longest) return std::nullopt;
  const auto letters = letters_of(folded);
  std::optional<Near> best;
  for (auto size = folded.size() - most; size <= std::min(longest, folded.size() + most); ++size) {
    for (const auto number : by_length_[size]) {
      const auto& entry = words_[number];
      if (static_cast<std::size_t>(std::popcount(entry.letters ^ letters)) > 2 * most) continue;
      const auto word = text(entry);
      auto distance = slips(folded, word, most, false);
      if (distance > most) continue;
      if (word.front() != folded.front()) ++distance;
      const Near found{{word, entry.count}, distance};
      if (distance > 0 && (!best || better(found, *best))) best = found;
    }
  }
  return best;
}

std::optional<Lexicon::Near> Lexicon::nearest_beginning(std::string_view folded) const {
  const auto most = allowed_slips(folded.size());
  if (most == 0 || folded.size() > longest) return std::nullopt;
  // A slip in the first letter is rare, and a look at every word for each key pressed is not.
  const auto [first, last] = range(folded.substr(0, 1));
  const auto letters = letters_of(folded);
  std::optional<Near> best;
  for (auto i = first; i < last; ++i) {
    const auto& entry = words_[i];
    if (entry.size + most < folded.size()) continue;
    if (static_cast<std::size_t>(std::popcount(letters & ~entry.letters)) > most) continue;
    const auto word = text(entry);
    const auto distance =
        slips(folded, word.substr(0, std::min<std::size_t>(word.size(), folded.size() + most)), most, true);
    if (distance > most) continue;
    const Near found{{word, entry.count}, distance};
    if (!best || better(found, *best)) best = found;
  }
  return best;
}

std::optional<std::pair<Lexicon::Word, Lexicon::Word>> Lexicon::parted(std::string_view folded) const {
  std::optional<std::pair<Word, Word>> best;
  for (std::size_t at = shortest_part; at + shortest_part <= folded.size(); ++at) {
    const auto left = find(folded.substr(0, at)), right = find(folded.substr(at));
    if (!left || !right || std::min(left->count, right->count) < least_part_count) continue;
    if (!best || std::min(left->count, right->count) > std::min(best->first.count, best->second.count))
      best = {*left, *right};
  }
  return best;
}

std::optional<Lexicon::Word> Lexicon::find(std::string_view folded) const {
  const auto at = std::lower_bound(words_.begin(), words_.end(), folded,
                                   [&](const Entry& entry, std::string_view key) { return text(entry) < key; });
  if (at == words_.end() || text(*at) != folded) return std::nullopt;
  return Word{text(*at), at->count};
}

std::pair<std::size_t, std::size_t> Lexicon::range(std::string_view beginning) const {
  const auto first = std::lower_bound(words_.begin(), words_.end(), beginning,
                                      [&](const Entry& entry, std::string_view key) { return text(entry) < key; });
  const auto last =
      std::partition_point(first, words_.end(), [&](const Entry& entry) { return text(entry).starts_with(beginning); });
  return {static_cast<std::size_t>(first - words_.begin()), static_cast<std::size_t>(last - words_.begin())};
}

std::vector<Lexicon::Word> Lexicon::beginning(std::string_view folded, std::size_t most) const {
  const auto [first, last] = range(folded);
  std::vector<Word> found;
  for (auto i = first; i < last; ++i) found.push_back({text(words_[i]), words_[i].count});
  const auto kept = std::min(most, found.size());
  std::partial_sort(
      found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
      [](const Word& a, const Word& b) { return a.count != b.count ? a.count > b.count : a.text < b.text; });
  found.resize(kept);
  return found;
}

}  // namespace moisson::index
