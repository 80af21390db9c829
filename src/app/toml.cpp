#include "app/toml.h"

#include <algorithm>

// toml++ 3.3.0 asserts that a header's name starts well ("[é]", "[[[") before it reports that very mistake: input must
// not end us.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

namespace moisson::app {
namespace {

TomlPlace place_of(const toml::source_region& source) { return {source.begin.line, source.begin.column}; }

constexpr int max_nesting = 32;

TomlTable plain_table(const toml::table& table, int nesting = 0);

TomlValue plain_value(const toml::node& node, int nesting) {
  TomlValue value{place_of(node.source()), TomlTime{}};
  if (const auto* table = node.as_table()) {
    value.content = plain_table(*table, nesting);
  } else if (const auto* array = node.as_array()) {
    std::vector<TomlValue> items;
    if (nesting < max_nesting)
      for (const toml::node& item : *array) items.push_back(plain_value(item, nesting + 1));
    value.content = std::move(items);
  } else if (const auto* text = node.as_string()) {
    value.content = text->get();
  } else if (const auto* whole = node.as_integer()) {
    value.content = whole->get();
  } else if (const auto* number = node.as_floating_point()) {
    value.content = number->get();
  } else if (const auto* flag = node.as_boolean()) {
    value.content = flag->get();
  }
  return value;
}

TomlTable plain_table(const toml::table& table, int nesting) {
  TomlTable plain{place_of(table.source()), {}};
  if (nesting < max_nesting)
    for (const auto& [key, node] : table)
      plain.entries.push_back({std::string(key.str()), place_of(key.source()), plain_value(node, nesting + 1)});
  return plain;
}

// Blanks the line that a syntax error is in, so that the rest can be read; a header takes its whole table with it,
// whose keys would otherwise seem to belong to the table before. Lines keep their numbers.
void blank_out(std::string& text, std::size_t line) {
  std::size_t begin = 0;
  for (std::size_t n = 1; n < line && begin < text.size(); ++n) {
    const auto end = text.find('\n', begin);
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  bool header = text.substr(begin, 200).find_first_not_of(" \t") != std::string::npos &&
                text[std::min(text.find_first_not_of(" \t", begin), text.size() - 1)] == '[';
  do {
    auto end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    begin = std::min(end + 1, text.size());
    const auto next = text.find_first_not_of(" \t", begin);
    header = header && next != std::string::npos && text[next] != '[';
  } while (header && begin < text.size());
}

// The text with a '?' for each character beyond ASCII that stands outside strings and comments, where TOML 1.0 allows
// none. toml++ 3.3.0 runs into undefined behaviour on them (is_non_ascii_horizontal_whitespace, U+00A1 to U+0499); '?'
// it refuses as it should, in the same line and column.
std::string plain_outside_strings(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  std::string_view closing;  // what ends the string or comment that we are in; empty: outside
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    std::size_t taken = 1;
    if (closing.empty()) {
      for (const std::string_view opening : {"\"\"\"", "'''", "\"", "'"}) {
        if (!text.starts_with(opening)) continue;
        closing = opening;
        taken = opening.size();
        break;
      }
      if (text.front() == '#') closing = "\n";
      if (static_cast<unsigned char>(text.front()) >= 0x80) {
        while (taken < text.size() && (static_cast<unsigned char>(text[taken]) & 0xC0) == 0x80) ++taken;
        plain += '?';
        text.remove_prefix(taken);
        continue;
      }
    } else if (text.front() == '\\' && closing.front() == '"') {
      taken = std::min<std::size_t>(2, text.size());
    } else if (text.starts_with(closing) || (text.front() == '\n' && closing.size() == 1)) {
      taken = text.front() == '\n' ? 1 : closing.size();
      closing = {};
    }
    plain += text.substr(0, taken);
    text.remove_prefix(taken);
  }
  return plain;
}

}  // namespace

const TomlValue* TomlTable::find(std::string_view name) const {
  const auto found = std::ranges::find(entries, name, &TomlEntry::name);
  return found == entries.end() ? nullptr : &found->value;
}

std::string_view TomlValue::type() const {
  constexpr std::string_view names[] = {"a table",  "an array",      "a text",        "a whole number",
                                        "a number", "true or false", "a date or time"};
  static_assert(std::size(names) == std::variant_size_v<decltype(content)>);
  return names[content.index()];
}

// toml++ stops at the first syntax error; told one by one they would cost the operator a round each.
TomlDocument parse_toml(std::string_view text) {
  constexpr int most = 20;
  TomlDocument document;
  std::string plain = plain_outside_strings(text);
  for (int n = 0; n < most; ++n) {
    try {
      document.root = plain_table(toml::parse(plain));
      break;
    } catch (const toml::parse_error& error) {
      const TomlPlace place = place_of(error.source());
      document.mistakes.emplace_back(place, error.description());
      blank_out(plain, place.line);
    }
  }
  return document;
}

}  // namespace moisson::app
