// What handlers read from a request besides the search. Pure.
#pragma once

#include "api/context.h"
#include "api/csv.h"
#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/harvest/outcome.h>
#include <moisson/http/message.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::api {

// A whole number; `standard` if the parameter is absent or empty. invalid_input naming it outside its limits.
Result<std::uint64_t> number(const http::Request& request, std::string_view name, std::uint64_t standard,
                             std::uint64_t least, std::uint64_t most);

// The capture `id` of a job. not_found: it is no number.
Result<std::int64_t> job_number(const http::Request& request);

// The parameter `outcome`; nothing if absent. invalid_input: no outcome has that name.
Result<std::optional<harvest::RecordOutcome>> outcome_filter(const http::Request& request);

// Which rows of a report: `limit` (1 to 1,000; 100) after row `after` (0: from the start).
struct RowPage {
  std::size_t limit = 100;
  std::uint64_t after = 0;
};
Result<RowPage> row_page(const http::Request& request);

// The body as JSON. invalid_input: it is none, or the request does not say that it is (Content-Type).
Result<json::Document> json_body(const http::Request& request);

// Whether a flag is set: "defuse", "defuse=1"; not "defuse=0", "=false", "=no".
bool flag(const http::Request& request, std::string_view name);

// `delimiter` (, ; or tab), `bom` and `defuse`. invalid_input: another delimiter.
Result<CsvForm> csv_form(const http::Request& request);

// The reader's language: `lang`, else the catalog's.
std::string reader_language(const Context& context, const http::Request& request);

http::Response json_response(json::Writer& writer);

// No index yet: 503 that asks to come back.
http::Response not_ready();

}  // namespace moisson::api
