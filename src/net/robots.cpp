#include "net/robots.h"

#include "core/text.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace moisson::net {
namespace {

constexpr std::size_t max_rules = 5000;
constexpr std::size_t max_pattern = 2048;
constexpr double longest_delay_s = 60;

bool is_unreserved(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// One spelling for equal paths (RFC 9309 §2.2.2): unreserved characters plain, all else percent-encoded in upper case.
std::string normalised(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(path.size());
  const auto escape = [&](unsigned char c) { out.append({'%', digits[c >> 4], digits[c & 15]}); };
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    if (c == '%' && i + 2 < path.size() && hex(path[i + 1]) >= 0 && hex(path[i + 2]) >= 0) {
      const char decoded = static_cast<char>(hex(path[i + 1]) * 16 + hex(path[i + 2]));
      is_unreserved(decoded) ? out.push_back(decoded) : escape(static_cast<unsigned char>(decoded));
      i += 2;
    } else if (static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7f) {
      out.push_back(c);
    } else {
      escape(static_cast<unsigned char>(c));
    }
  }
  return out;
}

// A prefix match in which '*' stands for anything and a final '$' for the end. Greedy with one resume point: at most
// target × pattern steps.
bool matches(std::string_view pattern, std::string_view target) {
  const bool anchored = !pattern.empty() && pattern.back() == '$';
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  for (;;) {
    if (p == pattern.size() && (!anchored || t == target.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && resume < target.size()) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
}

bool allows(const RobotsGroup& group, std::string_view target) {
  bool allowed = true;
  std::size_t longest = 0;
  for (const RobotsRule& rule : group.rules) {
    if (rule.pattern.size() < longest || !matches(rule.pattern, target)) continue;
    // The longest match wins, and Allow at equal length (RFC 9309 §2.2.2).
    allowed = rule.pattern.size() == longest ? allowed || rule.allow : rule.allow;
    longest = rule.pattern.size();
  }
  return allowed;
}

void add_rule(RobotsGroup& group, bool allow, std::string_view path) {
  // An empty Disallow forbids nothing.
  if (path.empty() || path.size() > max_pattern || group.rules.size() >= max_rules) return;
  group.rules.push_back({allow, normalised(path)});
}

void set_delay(RobotsGroup& group, std::string_view text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || !(seconds >= 0)) return;
  group.delay = std::chrono::milliseconds(static_cast<long>(std::min(seconds, longest_delay_s) * 1000));
}

// "Moisson/1.0" names the token "moisson": only letters, '_' and '-' belong to it.
std::string_view product(std::string_view agent) {
  std::size_t end = 0;
  while (end < agent.size() &&
         (std::isalpha(static_cast<unsigned char>(agent[end])) != 0 || agent[end] == '-' || agent[end] == '_'))
    ++end;
  return agent.substr(0, end);
}

// The line that starts at `text`, which moves past its end (CR, LF or CR LF).
std::string_view take_line(std::string_view& text) {
  const auto end = text.find_first_of("\r\n");
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

std::chrono::milliseconds Robots::delay() const {
  return (ours.stated ? ours : everybody).delay.value_or(std::chrono::milliseconds{0});
}

Robots parse_robots(std::string_view text) {
  text = text.substr(0, robots_max_bytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Robots robots;
  bool for_us = false, for_all = false, naming = false;  // naming: inside a run of user-agent lines
  const auto each_named = [&](auto&& act) {
    naming = false;
    if (for_us) act(robots.ours);
    if (for_all) act(robots.everybody);
  };
  while (!text.empty()) {
    std::string_view line = take_line(text);
    line = line.substr(0, line.find('#'));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto key = trim(line.substr(0, colon));
    const auto value = trim(line.substr(colon + 1));
    if (iequals_ascii(key, "user-agent")) {
      if (!naming) for_us = for_all = false;
      naming = true;
      if (value == "*") for_all = robots.everybody.stated = true;
      if (iequals_ascii(product(value), robots_token)) for_us = robots.ours.stated = true;
    } else if (iequals_ascii(key, "disallow")) {
      each_named([&](RobotsGroup& group) { add_rule(group, false, value); });
    } else if (iequals_ascii(key, "allow")) {
      each_named([&](RobotsGroup& group) { add_rule(group, true, value); });
    } else if (iequals_ascii(key, "crawl-delay")) {
      each_named([&](RobotsGroup& group) { set_delay(group, value); });
    }
  }
  return robots;
}

RobotsVerdict verdict(const Robots& robots, std::string_view target) {
  const std::string path = normalised(target);
  if (path == "/robots.txt") return RobotsVerdict::allowed;
  if (robots.ours.stated) {
    return allows(robots.ours, path) ? RobotsVerdict::allowed : RobotsVerdict::disallowed_for_us;
  }
  return allows(robots.everybody, path) ? RobotsVerdict::allowed : RobotsVerdict::disallowed_for_everybody;
}

}  // namespace moisson::net
