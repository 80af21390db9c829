// Lexicon: the words of the catalog's titles, folded, with how many records have each: what a misspelled word may have meant, and
// how a begun one may go on. Immutable; thread-safe. LexiconSlot makes it when it is first asked for (about 50 ms for 100,000
// words), so that a commit does not pay for what nobody asks.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

namespace moisson::index {

class Lexicon {
 public:
  struct Word {
    std::string_view text;
    std::uint32_t count = 0;
  };
  struct Near {
    Word word;
    std::size_t slips = 0;  // letters added, left out, taken for another, or swapped with their neighbour
  };

  // May throw Xapian::Error.
  explicit Lexicon(const Xapian::Database& database);

  // The words of at most 32 bytes, in order. For tests and for those who have them.
  explicit Lexicon(std::vector<std::pair<std::string, std::uint32_t>> sorted);

  // The word that is meant: the fewest slips, then the most frequent. Words of up to 3 letters allow none, of up to 5 one, longer
  // ones two; a first letter that is another counts as one more. Nothing: none is near.
  std::optional<Near> nearest(std::string_view folded) const;

  // The same for the beginning of a word: slips are counted against the beginning of as many letters.
  std::optional<Near> nearest_beginning(std::string_view folded) const;

  // Two known words written as one; nothing: they are not, or one is rare.
  std::optional<std::pair<Word, Word>> parted(std::string_view folded) const;

  std::optional<Word> find(std::string_view folded) const;

  // The most frequent that begin so, at most `most`.
  std::vector<Word> beginning(std::string_view folded, std::size_t most) const;

  std::size_t size() const { return words_.size(); }

 private:
  struct Entry {
    std::uint32_t at = 0;  // in text_
    std::uint8_t size = 0;
    std::uint32_t count = 0;
    std::uint64_t letters = 0;  // which there are: a bit a letter or digit
  };
  static constexpr std::size_t longest = 32;  // bytes
  void add(std::string_view word, std::uint32_t count);
  void sort();
  std::string_view text(const Entry& entry) const { return std::string_view(text_).substr(entry.at, entry.size); }
  std::pair<std::size_t, std::size_t> range(std::string_view beginning) const;

  std::string text_;
  std::vector<Entry> words_;                                       // in order of their text
  std::array<std::vector<std::uint32_t>, longest + 1> by_length_;  // numbers into words_
};

class LexiconSlot {
 public:
  const Lexicon& get(const Xapian::Database& database) const {
    std::call_once(once_, [&] { lexicon_ = std::make_unique<Lexicon>(database); });
    return *lexicon_;
  }

 private:
  mutable std::once_flag once_;
  mutable std::unique_ptr<Lexicon> lexicon_;
};

}  // namespace moisson::index
