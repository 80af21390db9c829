// What a form sends, and where it leads: a page that is asked for anew, so that reloading it sends nothing twice (RFC
// 9110 §15.4.4).
#pragma once

#include "web/page.h"

#include <moisson/http/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace moisson::web {

// The first value of a field; empty if there is none.
std::string field(const Page& page, std::string_view name);

// "aix, nice" as it is written into one field, and read from it.
std::vector<std::string> listed(std::string_view text);
std::string joined(const std::vector<std::string>& items);

http::Response see(const Page& page, std::string_view path);  // 303, in the language asked for

}  // namespace moisson::web
