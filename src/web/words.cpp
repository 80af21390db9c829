#include "web/words.h"

#include "core/text.h"
#include "web/typography.h"

namespace moisson::web {
namespace {

// `pattern` with each {name} replaced by value_of(name).
template <class ValueOf>
std::string replaced(std::string_view pattern, const ValueOf& value_of) {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == pattern.npos ? pattern.npos : pattern.find('}', open);
    if (close == pattern.npos) return out.append(pattern.substr(at));
    out += pattern.substr(at, open - at);
    out += value_of(pattern.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return out;
}

std::string_view value_among(Words::Values values, std::string_view name) {
  for (const auto& [candidate, value] : values)
    if (candidate == name) return value;
  return {};
}

// The table's ~ is a no-break space, so that it can be seen and typed.
std::string with_hard_spaces(std::string_view cell) {
  std::string out;
  for (char c : cell)
    if (c == '~')
      out += "\u00A0";
    else
      out += c;
  return out;
}

Error bad_row(std::size_t line, std::string message) {
  return {ErrorCode::invalid_input, std::move(message), "strings.tsv:" + std::to_string(line), {}};
}

}  // namespace

std::string_view Words::operator()(std::string_view key) const { return or_else(key, key); }

bool Words::has(std::string_view key) const { return strings_.find(key) != strings_.end(); }

std::string_view Words::or_else(std::string_view key, std::string_view otherwise) const {
  const auto found = strings_.find(key);
  return found == strings_.end() ? otherwise : std::string_view(found->second);
}

std::string Words::typeset(std::string_view text) const {
  return (*this)("meta.typography") == "french" ? french(text) : std::string(text);
}

std::string Words::fill(std::string_view key, Values values) const {
  return replaced((*this)(key), [values](std::string_view name) { return value_among(values, name); });
}

std::string Words::plural(std::string_view key, std::uint64_t n, Values values) const {
  const bool one = n == 1 || (n == 0 && rule_ == PluralRule::one_is_up_to_one);
  const std::string count = number(*this, n);
  return replaced((*this)(std::string(key) + (one ? ".one" : ".other")), [&](std::string_view name) {
    return name == "n" ? std::string_view(count) : value_among(values, name);
  });
}

Result<WordTable> WordTable::read(std::string_view tsv) {
  WordTable table;
  std::size_t line = 0;
  for (std::string_view row : split(tsv, '\n')) {
    ++line;
    if (row.empty()) continue;
    const auto cells = split(row, '\t');
    if (line == 1) table.languages_.resize(cells.size() - 1);
    if (cells.size() != table.languages_.size() + 1) return bad_row(line, "a row has a cell for each language");
    if (line == 1) continue;
    for (std::size_t i = 0; i < table.languages_.size(); ++i) {
      if (cells[i + 1].empty()) return bad_row(line, "a cell is empty");
      if (!table.languages_[i].strings_.emplace(cells[0], with_hard_spaces(cells[i + 1])).second)
        return bad_row(line, "the key stands twice: " + std::string(cells[0]));
    }
  }
  if (table.languages_.empty()) return bad_row(1, "no language");
  for (Words& words : table.languages_) {
    if (!words.has("meta.code") || !words.has("meta.plural") || !words.has("meta.typography"))
      return bad_row(1, "meta.code, meta.plural or meta.typography is missing");
    words.rule_ = words("meta.plural") == "one_is_up_to_one" ? PluralRule::one_is_up_to_one : PluralRule::one_is_one;
    for (auto& [key, text] : words.strings_)
      if (key != "meta.typography") text = words.typeset(text);
  }
  return table;
}

const Words& WordTable::in(std::string_view language) const {
  for (const Words& words : languages_)
    if (words.language() == language) return words;
  return languages_.front();
}

}  // namespace moisson::web
