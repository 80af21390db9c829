#include "api/parameter.h"

#include "core/media_type.h"
#include "http/problem.h"

#include <moisson/core/lang_string.h>

#include <charconv>
#include <limits>

namespace moisson::api {

Result<std::uint64_t> number(const http::Request& request, std::string_view name, std::uint64_t standard,
                             std::uint64_t least, std::uint64_t most) {
  const std::string_view text = http::first(request.query, name);
  if (text.empty()) return standard;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
    return Error{ErrorCode::invalid_input,
                 "not a whole number from " + std::to_string(least) + " to " + std::to_string(most), std::string(name),
                 ""};
  return value;
}

Result<std::int64_t> job_number(const http::Request& request) {
  const std::string_view text = http::first(request.captures, "id");
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size())
    return Error{ErrorCode::not_found, "no such job", "id", ""};
  return id;
}

Result<std::optional<harvest::RecordOutcome>> outcome_filter(const http::Request& request) {
  const std::string_view word = http::first(request.query, "outcome");
  auto outcome = harvest::record_outcome(word);
  if (!outcome && !word.empty())
    return Error{ErrorCode::invalid_input, "no outcome has that name", "outcome",
                 "created, updated, unchanged, moved, skipped, failed or removed"};
  return outcome;
}

Result<RowPage> row_page(const http::Request& request) {
  const auto limit = number(request, "limit", 100, 1, 1'000);
  if (!limit) return limit.error();
  const auto after = number(request, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!after) return after.error();
  return RowPage{*limit, *after};
}

Result<json::Document> json_body(const http::Request& request) {
  if (parse_media_type(request.headers.get("Content-Type")).type != "application/json")
    return Error{ErrorCode::invalid_input, "the body is not said to be JSON", "",
                 "send Content-Type: application/json"};
  auto document = json::Document::parse(request.body);
  if (!document) return at("body", document.error());
  return document;
}

bool flag(const http::Request& request, std::string_view name) {
  for (const auto& [key, value] : request.query)
    if (key == name) return value != "0" && value != "false" && value != "no";
  return false;
}

Result<CsvForm> csv_form(const http::Request& request) {
  CsvForm form;
  const std::string_view delimiter = http::first(request.query, "delimiter");
  if (delimiter == ";")
    form.delimiter = ';';
  else if (delimiter == "tab" || delimiter == "\t")
    form.delimiter = '\t';
  else if (!delimiter.empty() && delimiter != ",")
    return Error{ErrorCode::invalid_input, "cells are parted by , or ; or tab", "delimiter", ""};
  form.byte_order_mark = flag(request, "bom");
  form.cells = flag(request, "defuse") ? Cells::defused : Cells::plain;
  return form;
}

std::string reader_language(const Context& context, const http::Request& request) {
  const std::string asked = language_tag(http::first(request.query, "lang"));
  return asked.empty() ? context.language : asked;
}

http::Response json_response(json::Writer& writer) {
  http::Response response;
  response.headers.set("Content-Type", "application/json");
  response.body = writer.take();
  return response;
}

http::Response not_ready() {
  auto response = http::problem(503, "the index is not built yet");
  response.headers.set("Retry-After", "2");
  return response;
}

}  // namespace moisson::api
