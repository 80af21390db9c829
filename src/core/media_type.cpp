#include "core/media_type.h"

#include "core/text.h"

#include <optional>
#include <vector>

namespace moisson {
namespace {

// One entry of an Accept or Accept-Language list with its weight in thousandths (RFC 9110 §12.4.2).
struct Preference {
  std::string range;
  int weight = 1000;
};

std::optional<int> read_weight(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5) return std::nullopt;
  int weight = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int scale = 100;
  for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9') return std::nullopt;
    weight += (digit - '0') * scale;
    scale /= 10;
  }
  return std::min(weight, 1000);
}

// At most 64 entries are read: no browser sends more, and a header is the stranger's.
std::vector<Preference> read_preferences(std::string_view header) {
  std::vector<Preference> preferences;
  for (const auto entry : split(header, ',')) {
    if (preferences.size() == 64) break;
    const auto parts = split(entry, ';');
    Preference preference{lower_ascii(trim(parts[0])), 1000};
    if (preference.range.empty()) continue;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const auto parameter = trim(parts[i]);
      if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=')
        preference.weight = read_weight(parameter.substr(2)).value_or(0);
    }
    preferences.push_back(std::move(preference));
  }
  return preferences;
}

// How exactly `range` names `type`: 3 the type itself, 2 "text/*", 1 "*/*", 0 not at all.
int specificity(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*" || range == "*") return 1;
  const auto slash = type.find('/');
  if (range.ends_with("/*") && range.substr(0, range.size() - 2) == type.substr(0, slash)) return 2;
  return 0;
}

}  // namespace

MediaType parse_media_type(std::string_view header) {
  const auto parts = split(header, ';');
  MediaType media{lower_ascii(trim(parts[0])), ""};
  const auto slash = media.type.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == media.type.size() ||
      media.type.find_first_of(" \t,\"") != std::string::npos)
    return {};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto parameter = trim(parts[i]);
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos || !iequals_ascii(trim(parameter.substr(0, equals)), "charset")) continue;
    auto value = trim(parameter.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (media.charset.empty()) media.charset = lower_ascii(value);
  }
  return media;
}

int negotiate(std::string_view accept, std::span<const std::string_view> offers) {
  if (offers.empty()) return -1;
  const auto preferences = read_preferences(accept);
  if (preferences.empty()) return 0;
  int chosen = -1, chosen_weight = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    // The most specific range that matches gives the weight, whatever its place in the list (RFC 9110 §12.5.1).
    int weight = 0, exactness = 0;
    for (const auto& preference : preferences) {
      const int match = specificity(preference.range, offers[i]);
      if (match > exactness) {
        exactness = match;
        weight = preference.weight;
      }
    }
    if (weight > chosen_weight) {
      chosen = static_cast<int>(i);
      chosen_weight = weight;
    }
  }
  return chosen;
}

std::string_view negotiate_language(std::string_view accept_language, std::span<const std::string_view> offers) {
  if (offers.empty()) return {};
  std::string_view chosen = offers[0];
  int chosen_weight = 0;
  const auto preferences = read_preferences(accept_language);
  for (const auto offer : offers) {
    // A range matches a tag that it equals or begins, or that begins it: "fr-CA" is glad of "fr" (RFC 4647 §3.4).
    std::size_t exactness = 0;
    int weight = 0;
    for (const auto& preference : preferences) {
      const std::string_view range = preference.range;
      const bool begins = offer.starts_with(range) && (offer.size() == range.size() || offer[range.size()] == '-');
      const bool begun = range.starts_with(offer) && range[offer.size()] == '-';
      const std::size_t match = range == "*" ? 1 : begins || begun ? 1 + range.size() : 0;
      if (match > 0 && (match > exactness || (begun && preference.weight > weight))) {
        exactness = match;
        weight = preference.weight;
      }
    }
    if (weight > chosen_weight) {
      chosen = offer;
      chosen_weight = weight;
    }
  }
  return chosen;
}

}  // namespace moisson
