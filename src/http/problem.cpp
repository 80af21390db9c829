#include "http/problem.h"

#include "core/json.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace moisson::http {
namespace {

// RFC 9110 §15; 431: RFC 6585.
constexpr std::array<std::pair<int, std::string_view>, 34> reasons{{
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

Response document(std::string_view type, int status, std::string_view detail, std::string_view field) {
  json::Writer writer;
  writer.begin_object().field("type", type).field("title", reason(status)).key("status").integer(status);
  if (!detail.empty()) writer.field("detail", detail);
  if (!field.empty()) writer.field("field", field);
  writer.end_object();
  Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/problem+json");
  response.body = writer.take();
  return response;
}

}  // namespace

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return 400;
    case ErrorCode::refused:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::cancelled:
      return 410;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::unsupported:
      return 501;
    case ErrorCode::unreachable:
      return 502;
    case ErrorCode::timeout:
      return 504;
    case ErrorCode::io:
    case ErrorCode::corrupt:
    case ErrorCode::internal:
      break;
  }
  return 500;
}

Response problem(const Error& error) {
  const int status = status_of(error.code);
  const std::string detail = error.hint.empty() ? error.message : error.message + "; " + error.hint;
  const std::string type = "urn:moisson:problem:" + std::string(to_string(error.code));
  // `where` of our own failures is a place on this machine, not a field of the request.
  return document(type, status, detail, status == 500 ? std::string_view{} : std::string_view(error.where));
}

// RFC 9457 §4.2.1: "about:blank" says no more than the status does.
Response problem(int status, std::string_view detail, std::string_view field) {
  return document("about:blank", status, detail, field);
}

std::string_view reason(int status) {
  const auto row = std::find_if(reasons.begin(), reasons.end(), [&](const auto& each) { return each.first == status; });
  return row == reasons.end() ? "Unknown" : row->second;
}

}  // namespace moisson::http
