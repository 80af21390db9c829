// Completions: the labels of publishers, places, themes and keywords by the beginning of each of their words, to suggest while
// somebody types. Immutable; thread-safe. CompletionsSlot makes them when they are first asked for.
#pragma once

#include "index/facet_column.h"

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index {

class Completions {
 public:
  static constexpr std::array fields{search::Field::theme, search::Field::publisher, search::Field::territory,
                                     search::Field::keyword};

  struct Found {
    Ordinal value = 0;
    std::uint64_t count = 0;  // records, in the column that is asked
  };

  explicit Completions(const FacetColumn& column);

  // Values of `field` a label of which has words that begin like `typed` (folded words, a blank between): most records first, those
  // that begin so as a whole before others of like size. At most `most`.
  std::vector<Found> find(const FacetColumn& column, search::Field field, std::string_view typed,
                          std::size_t most) const;

 private:
  struct Beginning {
    std::string words;  // of the label, from one of them on
    Ordinal value = 0;
    bool whole = false;  // from the first word on
  };
  std::array<std::vector<Beginning>, search::fields.size()> beginnings_;  // in the order of their words
};

class CompletionsSlot {
 public:
  const Completions& get(const FacetColumn& column) const {
    std::call_once(once_, [&] { completions_ = std::make_unique<Completions>(column); });
    return *completions_;
  }

 private:
  mutable std::once_flag once_;
  mutable std::unique_ptr<Completions> completions_;
};

// The folded words of a text with blanks between, as labels and what is typed are compared.
std::string spaced_words(std::string_view text);

}  // namespace moisson::index
