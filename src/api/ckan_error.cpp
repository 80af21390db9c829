#include "api/ckan_error.h"

#include "core/log.h"

namespace moisson::api::ckan {

Failure failure_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::not_found:
    case ErrorCode::cancelled:
      return not_found();
    case ErrorCode::invalid_input:
    case ErrorCode::too_large:
      return search_error(error.hint.empty() ? error.message : error.message + "; " + error.hint);
    default:
      log::error("api", "a CKAN action failed", {{"cause", to_string(error)}});
      return {500, "Internal Server Error", "Internal Server Error", ""};
  }
}

}  // namespace moisson::api::ckan
