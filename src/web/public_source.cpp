#include "web/public_source.h"

namespace moisson::web {
namespace {

bool is_public(const store::SourceStatus& status) {
  using enum harvest::SourceState;
  const auto state = status.source.state;
  return state == active || state == paused || state == retired;
}

}  // namespace

Result<std::vector<store::SourceStatus>> public_sources(const store::Store& store) {
  auto sources = store.sources();
  if (sources) std::erase_if(*sources, [](const auto& status) { return !is_public(status); });
  return sources;
}

Result<store::SourceStatus> public_source(const store::Store& store, std::string_view id) {
  auto status = store.source(id);
  if (status && !is_public(*status)) return Error{ErrorCode::not_found, "no such source", "id", ""};
  return status;
}

}  // namespace moisson::web
