#include <moisson/core/time.h>

#include "core/text.h"

#include <fmt/core.h>

#include <array>
#include <optional>

namespace moisson {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 7> weekday_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// What is still to be read of a date. Each reader leaves the text as it was when it gives nothing.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool empty() const { return text_.empty(); }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }

  bool take(char wanted) {
    if (peek() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view wanted) {
    if (!text_.starts_with(wanted)) return false;
    text_.remove_prefix(wanted.size());
    return true;
  }

  // Exactly `count` digits.
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    return value;
  }

  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') ++count;
    return count;
  }

  template <std::size_t N>
  std::optional<int> one_of(const std::array<std::string_view, N>& names) {
    for (std::size_t i = 0; i < N; ++i)
      if (take(names[i])) return static_cast<int>(i);
    return std::nullopt;
  }

 private:
  std::string_view text_;
};

std::optional<sys_days> civil(int year, int month, int day) {
  const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (year < 1 || year > 9999 || !date.ok()) return std::nullopt;
  return sys_days{date};
}

struct Date {
  sys_days day;
  Precision precision;
};

// "2024", "2024-05", "2024-05-01", "2024/05/01", "20240501", "01/05/2024", "01-05-2024", "01.05.2024"
std::optional<Date> read_date(Reader& reader) {
  const auto dated = [](int year, int month, int day, Precision precision) -> std::optional<Date> {
    const auto first = civil(year, month, day);
    if (!first) return std::nullopt;
    return Date{*first, precision};
  };
  const std::size_t ahead = reader.digits_ahead();
  if (ahead == 8) {
    const int year = *reader.digits(4), month = *reader.digits(2), day = *reader.digits(2);
    return dated(year, month, day, Precision::day);
  }
  if (ahead == 4) {
    const int year = *reader.digits(4);
    if (reader.empty() || reader.peek() == 'Z' || reader.peek() == '+') return dated(year, 1, 1, Precision::year);
    const char separator = reader.peek();
    if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
    reader.take(separator);
    const std::size_t month_width = reader.digits_ahead();
    if (month_width != 1 && month_width != 2) return std::nullopt;
    const int month = *reader.digits(month_width);
    if (!reader.take(separator)) return dated(year, month, 1, Precision::month);
    const std::size_t day_width = reader.digits_ahead();
    if (day_width != 1 && day_width != 2) return std::nullopt;
    const int day = *reader.digits(day_width);
    return dated(year, month, day, Precision::day);
  }
  if (ahead == 1 || ahead == 2) {
    const int day = *reader.digits(ahead);
    const char separator = reader.peek();
    if (separator != '/' && separator != '-' && separator != '.') return std::nullopt;
    reader.take(separator);
    const std::size_t month_width = reader.digits_ahead();
    if (month_width != 1 && month_width != 2) return std::nullopt;
    const int month = *reader.digits(month_width);
    if (reader.digits_ahead() == 4 || !reader.take(separator) || reader.digits_ahead() != 4) return std::nullopt;
    const int year = *reader.digits(4);
    return dated(year, month, day, Precision::day);
  }
  return std::nullopt;
}

// "12:34", "12:34:56", "12:34:56.789123", "123456"; 24:00:00 is the end of the day (XSD 1.1 §3.3.7).
std::optional<milliseconds> read_time(Reader& reader) {
  const bool basic = reader.digits_ahead() == 6 || reader.digits_ahead() == 4;
  const auto hour = reader.digits(2);
  if (!hour || *hour > 24) return std::nullopt;
  milliseconds time = hours{*hour};
  if (!basic && !reader.take(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  time += minutes{*minute};
  if (basic ? reader.digits_ahead() >= 2 : reader.take(':')) {
    const auto second = reader.digits(2);
    if (!second || *second > 60) return std::nullopt;
    time += seconds{std::min(*second, 59)};  // an instant ignores leap seconds
    if (reader.take('.') || reader.take(',')) {
      if (reader.digits_ahead() == 0) return std::nullopt;
      int scale = 100;
      while (const auto digit = reader.digits(1)) {
        time += milliseconds{*digit * scale};
        scale /= 10;
      }
    }
  }
  if (time > hours{24}) return std::nullopt;
  return time;
}

// "12:34:56" and nothing else (RFC 9110 §5.6.7), because what has other spellings is no date of HTTP.
std::optional<seconds> read_http_time(Reader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.take(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59 || !reader.take(':')) return std::nullopt;
  const auto second = reader.digits(2);
  if (!second || *second > 60) return std::nullopt;
  return hours{*hour} + minutes{*minute} + seconds{std::min(*second, 59)};  // an instant ignores leap seconds
}

// "", "Z", "UTC", "GMT", "+02:00", "+0200", "-03": minutes to subtract.
std::optional<minutes> read_zone(Reader& reader) {
  reader.take(' ');
  if (reader.empty() || reader.take('Z') || reader.take('z') || reader.take("UTC") || reader.take("GMT"))
    return minutes{0};
  const int sign = reader.peek() == '-' ? -1 : 1;
  if (!reader.take('+') && !reader.take('-')) return std::nullopt;
  const auto hour = reader.digits(2);
  if (!hour || *hour > 14) return std::nullopt;
  reader.take(':');
  const auto minute = reader.empty() ? 0 : reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  return sign * (hours{*hour} + minutes{*minute});
}

std::optional<Moment> read_moment(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date) return std::nullopt;
  Moment moment{date->day, date->precision};
  if (!reader.empty() && date->precision == Precision::day &&
      (reader.take('T') || reader.take('t') || (reader.peek() == ' ' && reader.take(' ')))) {
    const auto time = read_time(reader);
    const auto zone = time ? read_zone(reader) : std::nullopt;
    if (!zone || !reader.empty()) return std::nullopt;
    moment.instant += *time - *zone;
    moment.precision = Precision::second;
    // A zone may lead out of the years that the canonical text can hold.
    const year_month_day day{floor<days>(moment.instant)};
    if (day.year() < std::chrono::year{1} || day.year() > std::chrono::year{9999}) return std::nullopt;
    return moment;
  }
  // XSD allows a zone after a date; the period that was meant stays the calendar's.
  if (!read_zone(reader) || !reader.empty()) return std::nullopt;
  return moment;
}

}  // namespace

Instant SystemClock::now() const { return floor<milliseconds>(std::chrono::system_clock::now()); }

std::string format_rfc3339(Instant instant) {
  const auto midnight = floor<days>(instant);
  const year_month_day date{midnight};
  const hh_mm_ss time{instant - midnight};
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
  return text += 'Z';
}

std::string format_http_date(Instant instant) {
  const auto midnight = floor<days>(instant);
  const year_month_day date{midnight};
  const hh_mm_ss time{floor<seconds>(instant - midnight)};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     weekday_names[std::chrono::weekday{midnight}.c_encoding()], static_cast<unsigned>(date.day()),
                     month_names[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

Result<Instant> parse_http_date(std::string_view text) {
  const auto read = [](std::string_view date_text) -> std::optional<Instant> {
    Reader reader(date_text);
    static constexpr std::array<std::string_view, 7> long_weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                                      "Thursday", "Friday", "Saturday"};
    const bool rfc850 = reader.one_of(long_weekdays).has_value();
    if (!rfc850 && !reader.one_of(weekday_names)) return std::nullopt;
    std::optional<int> day, month, year;
    std::optional<seconds> time;
    if (reader.take(", ")) {
      const char separator = rfc850 ? '-' : ' ';
      day = reader.digits(2);
      if (!day || !reader.take(separator) || !(month = reader.one_of(month_names)) || !reader.take(separator))
        return std::nullopt;
      year = reader.digits(rfc850 ? 2 : 4);
      // RFC 9110 §5.6.7: a two-digit year more than 50 years ahead is of the past century.
      if (year && rfc850) *year += *year < 70 ? 2000 : 1900;
      if (!year || !reader.take(' ') || !(time = read_http_time(reader)) || !reader.take(" GMT")) return std::nullopt;
    } else {  // asctime: "Sun Nov  6 08:49:37 1994"
      if (rfc850 || !reader.take(' ') || !(month = reader.one_of(month_names)) || !reader.take(' '))
        return std::nullopt;
      day = reader.take(' ') ? reader.digits(1) : reader.digits(2);
      if (!day || !reader.take(' ') || !(time = read_http_time(reader)) || !reader.take(' ')) return std::nullopt;
      year = reader.digits(4);
    }
    if (!year || !reader.empty()) return std::nullopt;
    const auto date = civil(*year, *month + 1, *day);
    if (!date) return std::nullopt;
    return Instant{*date} + *time;
  };
  if (const auto instant = read(trim(text))) return *instant;
  return Error{ErrorCode::invalid_input, fmt::format("not an HTTP date: \"{}\"", cut(text, 60)), "", ""};
}

std::string format_moment(const Moment& moment) {
  const year_month_day date{floor<days>(moment.instant)};
  const int year = static_cast<int>(date.year());
  const auto month = static_cast<unsigned>(date.month());
  switch (moment.precision) {
    case Precision::year:
      return fmt::format("{:04}", year);
    case Precision::month:
      return fmt::format("{:04}-{:02}", year, month);
    case Precision::day:
      return fmt::format("{:04}-{:02}-{:02}", year, month, static_cast<unsigned>(date.day()));
    case Precision::second:
      break;
  }
  return format_rfc3339(moment.instant);
}

Result<Moment> parse_moment(std::string_view text) {
  if (const auto moment = read_moment(trim(text))) return *moment;
  if (const auto instant = parse_http_date(text)) return Moment{*instant, Precision::second};
  return Error{ErrorCode::invalid_input, fmt::format("not a date: \"{}\"", cut(text, 60)), "",
               "write dates as 2024-05-01 or 2024-05-01T12:34:56Z"};
}

}  // namespace moisson
