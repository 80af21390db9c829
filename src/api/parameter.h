// What handlers read from a request besides the search. Pure.
#pragma once

#include "api/context.h"
#include "api/csv.h"
#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::api {

// A whole number; `standard` if the parameter is absent or empty. invalid_input naming it outside its limits.
Result<std::uint64_t> number(const http::Request& request, std::string_view name, std::uint64_t standard,
                             std::uint64_t least, std::uint64_t most);

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
