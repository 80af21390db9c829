#include "web/file_link.h"

#include "core/hash.h"
#include "core/url.h"
#include "web/pages.h"
#include "web/sheet.h"

#include <fmt/format.h>

namespace moisson::web {

std::string file_address(const dcat::Distribution& file) {
  const auto& addresses = file.download_url.empty() ? file.access_url : file.download_url;
  return addresses.empty() ? std::string() : addresses.front().value;
}

std::string file_key(std::string_view address) { return fmt::format("{:016x}", hash64(address)); }

std::string address_of(std::string_view key, const dcat::Record& record) {
  for (const auto& file : dcat::distributions(record))
    if (std::string address = file_address(file); is_web_url(address) && file_key(address) == key) return address;
  return {};
}

http::Response file_link(const Page& page) {
  const auto sheet = sheet_of(page);
  if (!sheet) return page.failed(sheet.error());
  const auto address = parse_url(address_of(http::first(page.request().captures, "file"), sheet->record));
  if (!address) return page.failed(404);
  http::Response response;
  response.status = 303;
  response.headers.set("Location", address->text());
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Referrer-Policy", "no-referrer");
  return http::did(http::Act::download(sheet->stored.id), std::move(response));
}

}  // namespace moisson::web
