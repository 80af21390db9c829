// A closed vocabulary kept as a file: rows of tab-separated cells (lines of '#' are comments), each found by any of the
// words in its alias columns. Words are compared folded, with every sign read as a blank ("text/csv", ".CSV"), aliases
// within a cell are separated by ';'. The first row wins. Immutable; thread-safe; keeps views into the file's text.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moisson {

class WordTable {
 public:
  using Row = std::vector<std::string_view>;

  // `text` outlives the table. Every row is given `columns` cells.
  WordTable(std::string_view text, std::size_t columns, std::initializer_list<std::size_t> alias_columns);

  std::span<const Row> rows() const { return rows_; }

  // The number of the row that `spelled` (at most 200 bytes) names.
  std::optional<std::size_t> find(std::string_view spelled) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>{}(word); }
  };
  std::vector<Row> rows_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> by_word_;
};

// How words of such a table are compared: folded, every run of signs and blanks one blank, none at the ends.
std::string comparable(std::string_view spelled);

}  // namespace moisson
