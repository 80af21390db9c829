// ConfigurationSection: one table of the configuration's file. It gives values by their names, each checked, and tells what is
// wrong with them: reading never stops at a mistake. Not thread-safe; views into the document, which outlives it.
#pragma once

#include "app/toml.h"

#include <moisson/core/result.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::app {

// The mistakes of one file. They are found table by table, and told in the order of the file.
class ConfigurationMistakes {
 public:
  explicit ConfigurationMistakes(const std::filesystem::path& file) : file_(file.string()) {}

  void add(TomlPlace place, std::string message, std::string hint = {});
  std::vector<Error> in_order();  // `where` is "file:line:column"; they are taken out

 private:
  std::string file_;
  std::vector<std::pair<TomlPlace, Error>> found_;
};

class ConfigurationSection {
 public:
  using Check = std::function<Result<void>(std::string_view)>;  // app/configuration_check.h; empty: accepts everything

  // `name`: of the table, for messages.
  ConfigurationSection(const TomlTable& table, std::string_view name, ConfigurationMistakes& mistakes)
      : table_(table), name_(name), mistakes_(mistakes) {}

  TomlPlace place(std::string_view key) const;  // of its value, else of the table
  void wrong(std::string_view key, std::string message, std::string hint = {}) const;

  // Nothing: the key is missing, or a mistake was told.
  std::optional<std::string> text(std::string_view key, const Check& check = {}) const;
  std::optional<std::string> needed_text(std::string_view key, const Check& check = {}) const;
  std::vector<std::string> list(std::string_view key, const Check& check = {}) const;  // of texts
  // An option of a kind: kept as text, whatever plain type it was written in.
  std::optional<std::string> plain(std::string_view key) const;

  // `out` stays as it is where the key is missing or wrong.
  template <class Number>
  void whole(std::string_view key, Number least, Number most, Number& out) const {
    std::int64_t value = 0;
    if (whole(key, value, static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)))
      out = static_cast<Number>(value);
  }
  void flag(std::string_view key, bool& out) const;
  void share(std::string_view key, double& out) const;  // 0 to 1
  void up_to(std::string_view key, double most, double& out) const;

  void refuse_unknown(const std::vector<std::string_view>& known) const;

 private:
  bool whole(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most) const;
  std::optional<double> number(std::string_view key) const;
  bool checked(std::string_view key, std::string_view value, const Check& check) const;
  std::nullopt_t wrong_type(std::string_view key, const TomlValue& value, std::string_view wanted,
                            std::string hint = {}) const;

  const TomlTable& table_;
  std::string_view name_;
  ConfigurationMistakes& mistakes_;
};

}  // namespace moisson::app
