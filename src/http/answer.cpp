#include "http/answer.h"

#include "core/compress.h"
#include "core/log.h"
#include "core/text.h"
#include "http/conditional.h"
#include "http/encoding.h"
#include "http/problem.h"
#include "http/stream.h"

#include <moisson/core/uuid.h>

#include <chrono>
#include <exception>

namespace moisson::http {
namespace {

// A value made of harvested text must not end its line and begin another (response splitting, RFC 9110 §5.5).
void add_header(std::string& head, std::string_view name, std::string_view value) {
  (head += name) += ": ";
  for (char c : value) head += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
  head += "\r\n";
}

void add_to_list(Headers& headers, std::string_view name, std::string_view item) {
  const std::string_view present = headers.get(name);
  if (lower_ascii(present).find(lower_ascii(item)) != std::string::npos) return;
  headers.set(name, present.empty() ? std::string(item) : std::string(present) + ", " + std::string(item));
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

Response failure(std::string_view what, const Request& request) {
  const std::string id = random_uuid();
  log::error("http", "a handler failed", {{"id", id}, {"path", request.path}, {"cause", what}});
  return problem(500, "an internal error, logged as " + id);
}

// The first piece is made before the head is sent, so that a stream that cannot even begin is a plain 500.
void begin_stream(Response& response, const Request& request) {
  auto* stream = std::get_if<std::unique_ptr<BodyStream>>(&response.body);
  if (stream == nullptr) return;
  if (*stream == nullptr) {
    response.body = std::string();
    return;
  }
  std::string first;
  auto more = (*stream)->next(first);
  if (!more)
    response = failure(to_string(more.error()), request);
  else if (!*more)
    response.body = std::string();
  else
    response.body = begun_stream(std::move(first), std::move(*stream));
}

void compress(Response& response, std::string_view accept_encoding) {
  auto& headers = response.headers;
  if (response.status == 206) return;  // a range counts the bytes of the coding that it was asked of (RFC 9110 §14.2)
  if (!is_compressible(headers.get("Content-Type")) || !headers.get("Content-Encoding").empty()) return;
  add_to_list(headers, "Vary", "Accept-Encoding");
  if (!accepts_gzip(accept_encoding)) return;
  auto* text = std::get_if<std::string>(&response.body);
  if (text != nullptr && text->size() < min_compressed_bytes) return;
  headers.set("Content-Encoding", "gzip");
  if (const std::string_view etag = headers.get("ETag"); !etag.empty()) headers.set("ETag", gzip_etag(etag));
  if (text == nullptr) response.body = gzip_stream(std::move(std::get<std::unique_ptr<BodyStream>>(response.body)));
}

bool is_gzip(const Response& response) { return response.headers.get("Content-Encoding") == "gzip"; }

// RFC 9110 §15.4.5: a 304 repeats the tag that a 200 would have carried. A handler that answered it early knows the
// plain tag only; what the client holds is then the one it named.
void answer_304(Response& response, std::string_view held) {
  const std::string compressed = gzip_etag(response.headers.get("ETag"));
  if (none_match_holds(held, compressed) && held != "*") response.headers.set("ETag", compressed);
  add_to_list(response.headers, "Vary", "Accept-Encoding");
}

std::string key_shown(const Request& request, const KeyOf* key_of) {
  const bool may_show_one = key_of != nullptr && *key_of && !request.headers.get("Authorization").empty();
  return may_show_one ? (*key_of)(request) : std::string();
}

Response admitted(const Router& router, Request& request, FairUse* fair_use) {
  if (fair_use == nullptr) return router.handle(request);
  const FairUse::Verdict verdict = fair_use->ask(request);
  if (verdict.limited && !verdict.taken.allowed) return fair_use->refusal(verdict);
  Response response = router.handle(request);
  tell(verdict, response.headers);
  return response;
}

}  // namespace

Answer finish(const Request& request, Response response, const Exchange& exchange, Instant now) {
  const std::string_view held = request.headers.get("If-None-Match");
  if (response.status == 304) {
    answer_304(response, held);
  } else {
    const bool coded_before = !response.headers.get("Content-Encoding").empty();
    compress(response, request.headers.get("Accept-Encoding"));
    const bool fresh = response.status == 200 && request.method == "GET" && !held.empty() &&
                       !response.headers.get("ETag").empty() && none_match_holds(held, response.headers.get("ETag"));
    if (fresh)
      response.status = 304;
    else if (auto* text = std::get_if<std::string>(&response.body);
             text != nullptr && !coded_before && is_gzip(response))
      *text = gzip_compress(*text);
  }

  Answer answer;
  answer.status = response.status;
  auto* text = std::get_if<std::string>(&response.body);
  const bool body = has_body(response.status);
  const bool chunked = body && text == nullptr && !exchange.http_1_0;
  answer.close = !exchange.keep_alive || (body && text == nullptr && !chunked);

  std::string& head = answer.bytes;
  head.reserve(512 + (text != nullptr && body && !exchange.head ? text->size() : 0));
  head += "HTTP/1.1 " + std::to_string(response.status) + " ";
  (head += reason(response.status)) += "\r\n";
  for (const auto& [name, value] : response.headers.all()) {
    if (iequals_ascii(name, "Content-Length") || iequals_ascii(name, "Transfer-Encoding")) continue;
    if (!body && (iequals_ascii(name, "Content-Type") || iequals_ascii(name, "Content-Encoding"))) continue;
    add_header(head, name, value);
  }
  add_header(head, "Date", format_http_date(now));
  add_header(head, "X-Content-Type-Options", "nosniff");
  if (chunked)
    add_header(head, "Transfer-Encoding", "chunked");
  else if (body && text != nullptr)
    add_header(head, "Content-Length", std::to_string(text->size()));
  if (answer.close)
    add_header(head, "Connection", "close");
  else if (exchange.http_1_0)
    add_header(head, "Connection", "keep-alive");
  head += "\r\n";

  if (!body || exchange.head) return answer;
  if (text != nullptr) {
    head += *text;
  } else {
    auto& stream = std::get<std::unique_ptr<BodyStream>>(response.body);
    answer.rest = chunked ? chunked_stream(std::move(stream)) : std::move(stream);
  }
  return answer;
}

Answer answer(const Router& router, Request& request, const Exchange& exchange, const Attendants& attendants) {
  const auto begin = std::chrono::steady_clock::now();
  Response response;
  try {
    request.key = key_shown(request, attendants.key_of);
    response = admitted(router, request, attendants.fair_use);
    if (response.later && *response.later > begin) {
      Answer none;
      none.later = response.later;
      return none;
    }
    if (response.later) response = failure("no answer when its time had passed", request);
    if (!exchange.head) begin_stream(response, request);
  } catch (const std::exception& error) {
    response = failure(error.what(), request);
  }
  const Act act = exchange.head ? Act{} : std::move(response.act);  // who asks for a head alone is shown nothing
  Answer out = finish(request, std::move(response), exchange, SystemClock().now());
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  if (attendants.observe != nullptr && *attendants.observe) (*attendants.observe)({request, act, out.status, took});
  log::write(log::Level::debug, "http", "answered",
             {{"method", exchange.head ? std::string_view("HEAD") : std::string_view(request.method)},
              {"path", request.path},  // a query may hold what somebody searched for, or the code of a sign-in
              {"status", out.status},
              {"us", took.count()}});
  return out;
}

}  // namespace moisson::http
