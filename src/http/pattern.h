// Patterns of the route table: "/datasets/{id}.ttl". A capture stands for one or more characters of one segment. Pure.
#pragma once

#include <moisson/http/message.h>

#include <cstddef>
#include <string_view>

namespace moisson::http {

// Whether the whole path fits; then `captures` holds the captured texts in order. Where a capture could end in several
// places, the last one counts: "{name}.{ext}" splits "a.b.c" into "a.b" and "c".
bool matches(std::string_view pattern, std::string_view path, Parameters& captures);

// Characters outside captures: of two patterns that fit, the one with more says more.
std::size_t literal_size(std::string_view pattern);

// Whether two patterns are the same but for the names of their captures.
bool same_shape(std::string_view a, std::string_view b);

}  // namespace moisson::http
