// The door to TOML 1.0 (https://toml.io/en/v1.0.0): one document as plain values, each with its place. Pure; thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace moisson::app {

struct TomlPlace {
  std::uint32_t line = 0, column = 0;  // from 1; the column counts characters
  auto operator<=>(const TomlPlace&) const = default;
};

struct TomlValue;
struct TomlEntry;

struct TomlTable {
  TomlPlace place;
  std::vector<TomlEntry> entries;  // by name

  const TomlValue* find(std::string_view name) const;  // null: it has none; lives as long as the table
};

struct TomlTime {};  // a date, a time or both: no key of ours is one

struct TomlValue {
  TomlPlace place;
  std::variant<TomlTable, std::vector<TomlValue>, std::string, std::int64_t, double, bool, TomlTime> content;

  // As `Content`, exactly that; null: it is something else.
  template <class Content>
  const Content* as() const {
    return std::get_if<Content>(&content);
  }
  std::string_view type() const;  // in words, with an article
};

struct TomlEntry {
  std::string name;
  TomlPlace place;  // of the name
  TomlValue value;
};

struct TomlDocument {
  TomlTable root;
  std::vector<std::pair<TomlPlace, std::string>> mistakes;  // of syntax; after 20 of them the root stays empty
};

// Never fails: a line that is no TOML is a mistake, and the rest is read without it, or without its table where it is a
// header. What lies deeper than 32 tables and arrays is left out.
TomlDocument parse_toml(std::string_view text);

}  // namespace moisson::app
