#include "app/event.h"

#include "api/job_json.h"

namespace moisson::app {

namespace {

constexpr ErrorCode codes[] = {ErrorCode::invalid_input, ErrorCode::not_found,   ErrorCode::conflict,
                               ErrorCode::too_large,     ErrorCode::refused,     ErrorCode::unreachable,
                               ErrorCode::timeout,       ErrorCode::unsupported, ErrorCode::io,
                               ErrorCode::corrupt,       ErrorCode::cancelled,   ErrorCode::internal};

std::string text_of(json::View view) { return std::string(view.string().value_or("")); }

}  // namespace

Error read_error(json::View view) {
  Error error{ErrorCode::internal, text_of(view["message"]), text_of(view["where"]), text_of(view["hint"])};
  for (const auto code : codes)
    if (view["code"].string() == to_string(code)) error.code = code;
  return error;
}

std::string warning_event(const Error& error) {
  json::Writer out;
  out.begin_object().field("event", "warning").key("error");
  api::write(out, error, api::Detail::everything);
  out.end_object();
  return out.take();
}

}  // namespace moisson::app
