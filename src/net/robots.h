// Robots: what a robots.txt says to Moisson (RFC 9309). Values and pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::net {

inline constexpr std::string_view robots_token = "moisson";
inline constexpr std::size_t robots_max_bytes = 500 * 1024;  // RFC 9309 §2.5; what is beyond is not read

struct RobotsRule {
  bool allow = false;
  std::string pattern;  // normalised; '*' and a final '$' are special
  bool operator==(const RobotsRule&) const = default;
};

struct RobotsGroup {
  bool stated = false;                             // the file has a group for this agent
  std::vector<RobotsRule> rules;                   // at most 5,000
  std::optional<std::chrono::milliseconds> delay;  // Crawl-delay: no standard, but obeyed; at most 60 s
  bool operator==(const RobotsGroup&) const = default;
};

struct Robots {
  RobotsGroup ours;
  RobotsGroup everybody;  // "*"

  std::chrono::milliseconds delay() const;
  bool operator==(const Robots&) const = default;
};

// Reads any bytes; lines that make no sense are passed over (RFC 9309 §2.2).
Robots parse_robots(std::string_view text);

enum class RobotsVerdict {
  allowed,
  disallowed_for_everybody,  // by "*": told, not obeyed, for an address that its operator registered
  disallowed_for_us,         // by our own token: obeyed
};

// `target`: path and query, percent-encoded.
RobotsVerdict verdict(const Robots& robots, std::string_view target);

}  // namespace moisson::net
