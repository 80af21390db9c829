#include "core/word_table.h"

#include "core/text.h"

namespace moisson {
namespace {

constexpr std::size_t longest_word = 200;

}  // namespace

std::string comparable(std::string_view spelled) {
  std::string word;
  word.reserve(spelled.size());
  bool blank = false;
  for (const char c : fold(spelled)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
    if (!letter) {
      blank = true;
      continue;
    }
    if (blank && !word.empty()) word += ' ';
    blank = false;
    word += c;
  }
  return word;
}

WordTable::WordTable(std::string_view text, std::size_t columns, std::initializer_list<std::size_t> alias_columns) {
  for (const auto line : split(text, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    Row row = split(line, '\t');
    row.resize(columns);
    for (const auto column : alias_columns)
      for (const auto alias : split(row[column], ';'))
        if (auto word = comparable(alias); !word.empty()) by_word_.emplace(std::move(word), rows_.size());
    rows_.push_back(std::move(row));
  }
}

std::optional<std::size_t> WordTable::find(std::string_view spelled) const {
  if (spelled.size() > longest_word) return std::nullopt;
  const auto found = by_word_.find(comparable(spelled));
  if (found == by_word_.end()) return std::nullopt;
  return found->second;
}

}  // namespace moisson
