#include "api/public_source.h"

namespace moisson::api {

using harvest::SourceState;

bool is_public(const store::SourceStatus& status) {
  const SourceState state = status.source.state;
  return state == SourceState::active || state == SourceState::paused || state == SourceState::retired;
}

Result<store::SourceStatus> public_source(const Context& context, std::string_view id) {
  auto status = context.store.source(id);
  if (status && !is_public(*status)) return Error{ErrorCode::not_found, "no such source", "id", ""};
  return status;
}

}  // namespace moisson::api
