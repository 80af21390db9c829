// SourceEdit: what a person changes of a source, or first says of it. Value.
#pragma once

#include <moisson/harvest/source.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace moisson::harvest {

// What is absent stays as it is.
struct SourceEdit {
  std::optional<std::string> title, kind, url, schedule, timezone, language, territory, window, blackout;
  std::optional<std::chrono::hours> grace;
  std::optional<std::map<std::string, std::string>> options;  // all of them, without secrets
  std::map<std::string, std::string> secrets;  // write-only; an empty one is forgotten, those not named stay
  std::optional<SourceState> state;
  std::optional<std::string> comment;  // of the decision
};

}  // namespace moisson::harvest
