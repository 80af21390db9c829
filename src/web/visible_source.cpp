#include "web/visible_source.h"

namespace moisson::web {
namespace {

bool is_visible(const store::SourceStatus& status, const http::Identity& reader) {
  return harvest::is_public(status.source.state) || reader.may(http::Role::reader, status.source.id);
}

}  // namespace

Result<std::vector<store::SourceStatus>> visible_sources(const Page& page) {
  auto sources = page.context().store.sources();
  if (sources)
    std::erase_if(*sources, [&](const auto& status) { return !is_visible(status, page.request().identity); });
  return sources;
}

Result<store::SourceStatus> visible_source(const Page& page, std::string_view id) {
  auto status = page.context().store.source(id);
  if (status && !is_visible(*status, page.request().identity))
    return Error{ErrorCode::not_found, "no such source", "id", ""};
  return status;
}

}  // namespace moisson::web
