#include "core/log.h"

#include <moisson/core/time.h>

#include <unistd.h>

#include <atomic>

namespace moisson::log {
namespace {

std::atomic<Level> threshold{Level::info};

std::string_view name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

bool plain(std::string_view value) {
  if (value.empty()) return false;
  for (const unsigned char c : value)
    if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f) return false;
  return true;
}

// A value can never start a new line or a new field: what is not plain is quoted and escaped.
void append_value(std::string& line, std::string_view value) {
  if (plain(value)) {
    line.append(value);
    return;
  }
  static constexpr char digits[] = "0123456789abcdef";
  line += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (line += '\\') += c;
    } else if (c == '\n') {
      line += "\\n";
    } else if (c == '\t') {
      line += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      ((line += "\\x") += digits[byte >> 4]) += digits[byte & 15];
    } else {
      line += c;
    }
  }
  line += '"';
}

}  // namespace

void set_threshold(Level level) { threshold = level; }

void write(Level level, std::string_view at, std::string_view message, std::initializer_list<Field> fields) {
  if (level < threshold.load(std::memory_order_relaxed)) return;
  std::string line = "time=" + format_rfc3339(SystemClock().now());
  line.append(" level=").append(name(level)).append(" at=");
  append_value(line, at);
  for (const Field& field : fields) {
    line.append(" ").append(field.name).append("=");
    append_value(line, field.value);
  }
  line.append(" msg=");
  append_value(line, message);
  line += '\n';
  // One write a line, so that lines of threads never mix. A log that cannot be written has nowhere to complain.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace moisson::log
