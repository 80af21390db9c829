#include "api/usage_json.h"

#include <chrono>
#include <string>

namespace moisson::api {
namespace {

constexpr std::chrono::days most_days{100};
constexpr std::chrono::days standard_days{30};

Result<Instant> day(const http::Request& request, std::string_view name, Instant standard) {
  const std::string_view text = http::first(request.query, name);
  if (text.empty()) return standard;
  const auto moment = parse_moment(text);
  if (!moment || moment->precision != Precision::day)
    return Error{ErrorCode::invalid_input, "not a day", std::string(name), "write it as 2026-01-15"};
  return moment->instant;
}

}  // namespace

Result<UsageSpan> usage_span(const Context& context, const http::Request& request) {
  const auto last = day(request, "to", std::chrono::floor<std::chrono::days>(context.clock.now()));
  if (!last) return last.error();
  const auto from = day(request, "from", *last - standard_days);
  if (!from) return from.error();
  if (*from > *last) return Error{ErrorCode::invalid_input, "the span ends before it begins", "to", ""};
  if (*last - *from >= most_days)
    return Error{ErrorCode::invalid_input, "more than 100 days at once", "from", "ask for a shorter span"};
  return UsageSpan{*from, *last};
}

void write_counts(json::Writer& out, const store::UsageCounts& counts) {
  out.key("requests").unsigned_integer(counts.requests).key("searches").unsigned_integer(counts.searches);
  out.key("without_result").unsigned_integer(counts.without_result).key("views").unsigned_integer(counts.views);
  out.key("downloads").unsigned_integer(counts.downloads);
}

}  // namespace moisson::api
