// Structured lines on standard error: logfmt ("time=… level=info at=harvest source=datasud pages=3 msg=…"). Thread-safe;
// one write a line. Secrets never get here: callers log ids and counts, not headers.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace moisson::log {

enum class Level : std::uint8_t { debug, info, warning, error };

struct Field {
  std::string_view name;
  std::string value;
  Field(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
  Field(std::string_view n, std::string_view v) : name(n), value(v) {}
  Field(std::string_view n, const char* v) : name(n), value(v) {}
  template <class Number>
  requires std::is_arithmetic_v<Number> Field(std::string_view n, Number v) : name(n), value(std::to_string(v)) {}
};

void set_threshold(Level level);  // lines below are dropped; default info

void write(Level level, std::string_view at, std::string_view message, std::initializer_list<Field> fields = {});

inline void info(std::string_view at, std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::info, at, message, fields);
}
inline void warning(std::string_view at, std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::warning, at, message, fields);
}
inline void error(std::string_view at, std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::error, at, message, fields);
}

}  // namespace moisson::log
