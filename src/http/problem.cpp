#include "http/problem.h"

#include "core/json.h"

#include <string>

namespace moisson::http {
namespace {

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
    case ErrorCode::invalid_input: return 400;
    case ErrorCode::refused: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::conflict: return 409;
    case ErrorCode::cancelled: return 410;
    case ErrorCode::too_large: return 413;
    case ErrorCode::unsupported: return 501;
    case ErrorCode::unreachable: return 502;
    case ErrorCode::timeout: return 504;
    case ErrorCode::io:
    case ErrorCode::corrupt:
    case ErrorCode::internal: break;
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
  switch (status) {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Unknown";
  }
}

}  // namespace moisson::http
