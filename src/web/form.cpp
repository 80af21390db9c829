#include "web/form.h"

#include "core/text.h"
#include "http/query_string.h"

namespace moisson::web {

std::string field(const Page& page, std::string_view name) {
  const auto form = http::parse_query_string(page.request().body);
  return form ? std::string(http::first(*form, name)) : std::string();
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> items;
  for (const std::string_view each : split(text, ','))
    if (const auto item = trim(each); !item.empty()) items.emplace_back(item);
  return items;
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) (text += text.empty() ? "" : ", ") += item;
  return text;
}

http::Response see(const Page& page, std::string_view path) {
  http::Response response;
  response.status = 303;
  response.headers.set("Location", page.local(page.context().links.page(path)));
  return response;
}

}  // namespace moisson::web
