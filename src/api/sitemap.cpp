#include "api/handlers.h"
#include "core/xml.h"

#include <fmt/core.h>

#include <charconv>
#include <memory>

// The sitemap protocol (sitemaps.org): an index, and files of at most 50,000 addresses. File n holds the records of one
// stretch of row ids, so that no change moves an address from one file to another.

namespace moisson::api {
namespace {

constexpr std::uint64_t file_size = 50'000;
constexpr std::size_t piece_size = 1'000;
constexpr std::string_view beginning =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";

std::string address(std::string_view element, std::string_view url, std::optional<Instant> changed) {
  return fmt::format("<{0}><loc>{1}</loc>{2}</{0}>\n", element, xml::escape(url),
                     changed ? "<lastmod>" + format_rfc3339(*changed) + "</lastmod>" : "");
}

class Addresses final : public http::BodyStream {
 public:
  Addresses(const Context& context, std::uint64_t file)
      : context_(context), after_(file * file_size), through_(after_ + file_size) {}

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (ended_) return false;
    if (!begun_) piece += beginning;
    begun_ = true;
    const auto found = context_.store.addresses(after_, through_, piece_size);
    if (!found) return found.error();
    for (const store::Address& row : *found) piece += address("url", context_.links.dataset(row.id), row.last_changed);
    ended_ = found->size() < piece_size;
    if (ended_) piece += "</urlset>\n";
    if (!found->empty()) after_ = found->back().row;
    return true;
  }

 private:
  Context context_;
  std::uint64_t after_;
  std::uint64_t through_;
  bool begun_ = false;
  bool ended_ = false;
};

http::Response xml_response(std::string text) {
  http::Response response;
  response.headers.set("Content-Type", "application/xml; charset=utf-8");
  response.body = std::move(text);
  return response;
}

// The pages that are no record.
Result<http::Response> pages(const Context& context) {
  const auto sources = context.store.sources();
  if (!sources) return sources.error();
  std::string text(beginning);
  for (const std::string& page : {context.links.home(), context.links.sources(), context.links.page("/help")})
    text += address("url", page, std::nullopt);
  for (const store::SourceStatus& status : *sources)
    if (status.records > 0) text += address("url", context.links.source(status.source.id), status.last_success);
  return xml_response(text + "</urlset>\n");
}

}  // namespace

Result<http::Response> sitemap(const Context& context, const http::Request&) {
  const auto blocks = context.store.address_blocks(file_size);
  if (!blocks) return blocks.error();
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  text += address("sitemap", context.links.page("/sitemap-pages.xml"), std::nullopt);
  for (const store::AddressBlock& block : *blocks)
    text += address("sitemap", context.links.page(fmt::format("/sitemap-{}.xml", block.number)), block.last_changed);
  return xml_response(text + "</sitemapindex>\n");
}

Result<http::Response> sitemap_file(const Context& context, const http::Request& request) {
  const std::string_view part = http::first(request.captures, "part");
  if (part == "pages") return pages(context);
  std::uint64_t file = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), file);
  const bool number = error == std::errc{} && end == part.data() + part.size();
  if (!number || file > UINT32_MAX) return Error{ErrorCode::not_found, "there is no such sitemap", "part", ""};
  http::Response response = xml_response({});
  response.body = std::make_unique<Addresses>(context, file);
  return response;
}

}  // namespace moisson::api
