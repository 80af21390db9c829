#include "app/configuration_section.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace moisson::app {
namespace {

// Names under which people write a secret itself, where a file's name belongs.
bool names_a_secret(std::string_view key) {
  static const std::set<std::string_view> names = {"api_key",      "apikey",    "api-key",      "key",
                                                   "token",        "secret",    "password",     "authorization",
                                                   "access_token", "api_token", "client_secret"};
  return names.contains(lower_ascii(key));
}

// Which key names the file, where one does.
std::string secret_hint(const std::vector<std::string_view>& known) {
  const auto file =
      std::find_if(known.begin(), known.end(), [](std::string_view key) { return key.ends_with("_file"); });
  return "a secret never stands here: put it into a file and name that with " +
         std::string(file == known.end() ? "api_key_file" : *file);
}

std::string hint_for(std::string_view name, const std::vector<std::string_view>& known) {
  if (names_a_secret(name)) return secret_hint(known);
  const auto near = nearest(name, known);
  return near.empty() ? std::string{} : "did you mean " + std::string(near) + "?";
}

std::string shortest(double number) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

}  // namespace

void ConfigurationMistakes::add(TomlPlace place, std::string message, std::string hint) {
  std::string where = file_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  found_.emplace_back(place, Error{ErrorCode::invalid_input, std::move(message), std::move(where), std::move(hint)});
}

std::vector<Error> ConfigurationMistakes::in_order() {
  std::ranges::stable_sort(found_, {}, &std::pair<TomlPlace, Error>::first);
  std::vector<Error> errors;
  for (auto& [place, error] : found_) errors.push_back(std::move(error));
  found_.clear();
  return errors;
}

TomlPlace ConfigurationSection::place(std::string_view key) const {
  const auto* value = table_.find(key);
  return value ? value->place : table_.place;
}

void ConfigurationSection::wrong(std::string_view key, std::string message, std::string hint) const {
  mistakes_.add(place(key), std::string(key) + " " + std::move(message), std::move(hint));
}

std::optional<std::string> ConfigurationSection::text(std::string_view key, const Check& check) const {
  const auto* value = table_.find(key);
  if (!value) return std::nullopt;
  const auto* text = value->as<std::string>();
  if (!text) return wrong_type(key, *value, "a text");
  return checked(key, *text, check) ? std::optional(*text) : std::nullopt;
}

std::optional<std::string> ConfigurationSection::needed_text(std::string_view key, const Check& check) const {
  if (!table_.find(key)) mistakes_.add(table_.place, "[[" + std::string(name_) + "]] needs " + std::string(key));
  return text(key, check);
}

std::vector<std::string> ConfigurationSection::list(std::string_view key, const Check& check) const {
  std::vector<std::string> texts;
  const auto* value = table_.find(key);
  if (!value) return texts;
  const auto* items = value->as<std::vector<TomlValue>>();
  if (!items) {
    wrong_type(key, *value, "an array of texts", "write " + std::string(key) + " = [\"…\"]");
    return texts;
  }
  for (const TomlValue& item : *items) {
    const auto* text = item.as<std::string>();
    if (!text) {
      mistakes_.add(item.place,
                    "each item of " + std::string(key) + " must be a text, not " + std::string(item.type()));
      continue;
    }
    const auto verdict = check ? check(*text) : Result<void>{};
    if (verdict)
      texts.push_back(*text);
    else
      mistakes_.add(item.place, std::string(key) + ": " + verdict.error().message, verdict.error().hint);
  }
  return texts;
}

std::optional<std::string> ConfigurationSection::plain(std::string_view key) const {
  const auto* value = table_.find(key);
  if (!value) return std::nullopt;
  if (const auto* number = value->as<std::int64_t>()) return std::to_string(*number);
  if (const auto* flag = value->as<bool>()) return *flag ? "true" : "false";
  return text(key);
}

bool ConfigurationSection::whole(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most) const {
  const auto* value = table_.find(key);
  if (!value) return false;
  const auto* number = value->as<std::int64_t>();
  if (!number) {
    wrong_type(key, *value, "a whole number");
  } else if (*number < least || *number > most) {
    wrong(key, "must be from " + std::to_string(least) + " to " + std::to_string(most));
  } else {
    out = *number;
    return true;
  }
  return false;
}

void ConfigurationSection::flag(std::string_view key, bool& out) const {
  const auto* value = table_.find(key);
  if (!value) return;
  if (const auto* flag = value->as<bool>())
    out = *flag;
  else
    wrong_type(key, *value, "true or false");
}

void ConfigurationSection::share(std::string_view key, double& out) const {
  if (const auto value = number(key); value && !(*value >= 0 && *value <= 1))
    wrong(key, "must be a share from 0 to 1", "0.2 is one fifth");
  else
    out = value.value_or(out);
}

void ConfigurationSection::up_to(std::string_view key, double most, double& out) const {
  if (const auto value = number(key); value && !(*value >= 0 && *value <= most))
    wrong(key, "must be from 0 to " + shortest(most));
  else
    out = value.value_or(out);
}

void ConfigurationSection::refuse_unknown(const std::vector<std::string_view>& known) const {
  for (const TomlEntry& entry : table_.entries) {
    if (std::ranges::find(known, entry.name) != known.end()) continue;
    mistakes_.add(entry.place, "unknown key " + entry.name + " in [" + std::string(name_) + "]",
                  hint_for(entry.name, known));
  }
}

std::optional<double> ConfigurationSection::number(std::string_view key) const {
  const auto* value = table_.find(key);
  if (!value) return std::nullopt;
  if (const auto* whole = value->as<std::int64_t>()) return static_cast<double>(*whole);
  const auto* number = value->as<double>();
  return number ? std::optional(*number) : wrong_type(key, *value, "a number");
}

bool ConfigurationSection::checked(std::string_view key, std::string_view value, const Check& check) const {
  const auto verdict = check ? check(value) : Result<void>{};
  if (!verdict) wrong(key, verdict.error().message, verdict.error().hint);
  return verdict.has_value();
}

std::nullopt_t ConfigurationSection::wrong_type(std::string_view key, const TomlValue& value, std::string_view wanted,
                                                std::string hint) const {
  wrong(key, "must be " + std::string(wanted) + ", not " + std::string(value.type()), std::move(hint));
  return std::nullopt;
}

}  // namespace moisson::app
