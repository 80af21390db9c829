#include "auth/gate.h"

#include "auth/cookie.h"
#include "auth/secret.h"
#include "auth/session.h"
#include "core/json.h"
#include "core/log.h"
#include "core/text.h"
#include "core/url.h"
#include "http/problem.h"
#include "http/query_string.h"
#include "store/audit_log.h"

#include <charconv>

namespace moisson::auth {
namespace {

using http::Identity;
using Kind = http::Subject::Kind;

bool may_change(const http::Request& request) { return request.method != "GET"; }

bool is_form(const http::Request& request) {
  return request.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded");
}

// A field of the form, or a member of the JSON object.
std::string in_body(const http::Request& request, std::string_view name) {
  if (is_form(request)) {
    const auto fields = http::parse_query_string(request.body);
    return fields ? std::string(http::first(*fields, name)) : std::string();
  }
  const auto document = json::Document::parse(request.body);
  return document ? document->root()[name].text() : std::string();
}

// Another site's page can send a form here with our cookies, but cannot know the key (OWASP: synchronizer token); a
// browser that says so itself (Fetch Metadata) is believed.
bool is_forged(const http::Request& request) {
  if (request.headers.get("Sec-Fetch-Site") == "cross-site") return true;
  const std::string key = is_form(request) ? in_body(request, http::form_key_field) : std::string();
  return request.identity.form_key.empty() || !equal_secrets(key, request.identity.form_key);
}

// A program, whoever the route is for: it is not led to a page.
bool shows_token(const http::Request& request) {
  return iequals_ascii(request.headers.get("Authorization").substr(0, 7), "Bearer ");
}

std::string_view word_of(Identity::By by) { return by == Identity::By::token ? "token" : "session"; }

}  // namespace

Gate::Gate(store::Store& store, TokenCheck& tokens, Attempts& attempts, const Clock& clock, GateOptions options)
    : store_(store), tokens_(tokens), attempts_(attempts), clock_(clock), options_(std::move(options)) {}

http::Response Gate::refuse(const http::Route& route, const http::Request& request, int status,
                            std::string_view detail) const {
  if (route.media_type != "text/html" || shows_token(request)) {
    auto response = http::problem(status, detail);
    if (status == 401) response.headers.set("WWW-Authenticate", "Bearer");  // RFC 6750 §3
    return response;
  }
  if (status != 401) return options_.page(request, status);
  http::Response response;
  response.status = 303;
  // A form that was sent after the session's end is not sent again: its page is.
  response.headers.set("Location",
                       "/sign-in?next=" + percent_encode(may_change(request) ? "/account" : request.target));
  return response;
}

std::optional<http::Response> Gate::identify(const http::Route& route, http::Request& request) {
  if (const auto token = bearer_token(request.headers.get("Authorization"))) {
    const Instant now = clock_.now();
    if (!attempts_.has(request.address, now))
      return refuse(route, request, 429, "too many wrong tokens: wait a minute");
    auto identity = tokens_.check(*token);
    if (!identity) {
      if (identity.error().code != ErrorCode::refused) return http::problem(identity.error());
      attempts_.take(request.address, now);
      return refuse(route, request, 401, identity.error().message);
    }
    request.identity = std::move(*identity);
    return std::nullopt;
  }
  if (shows_token(request)) return refuse(route, request, 401, "this is no token of ours");
  if (route.cross_origin) return std::nullopt;
  auto identity = session_identity(store_.people(), value_of(request, Cookie::session, options_.secure), clock_.now());
  if (!identity) return http::problem(identity.error());
  request.identity = std::move(*identity);
  return std::nullopt;
}

Result<std::string> Gate::subject_of(const http::Route& route, const http::Request& request) const {
  const http::Subject& subject = route.subject;
  if (subject.kind == Kind::nothing) return std::string();
  const std::string id =
      subject.in_body ? in_body(request, subject.name) : std::string(http::first(request.captures, subject.name));
  if (id.empty() || subject.kind == Kind::source) return id;
  if (subject.kind == Kind::record) {
    const auto record = store_.standing(id);
    if (!record) return record.error();
    return record->source_id;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return Error{ErrorCode::not_found, "no such job", "", ""};
  const auto job = store_.job(number);
  if (!job) return job.error();
  return job->source_id;
}

std::optional<http::Response> Gate::operator()(const http::Route& route, http::Request& request) {
  if (!http::asks_who(route)) return std::nullopt;
  if (auto refusal = identify(route, request)) return refusal;
  const Identity& identity = request.identity;
  const http::Role least = http::least_role(route);
  if (!identity.is_known() && (may_change(request) || least != http::Role::everyone))
    return refuse(route, request, 401, "sign in, or show a token");
  if (may_change(request) && identity.by == Identity::By::session && is_forged(request))
    return refuse(route, request, 403, "this form is not of this session: load its page again");
  if (!identity.may(least))
    return refuse(route, request, 403, "this needs the role " + std::string(http::to_string(least)));
  if (least == http::Role::everyone) return std::nullopt;
  const auto source = subject_of(route, request);
  if (!source) {
    return refuse(route, request, http::status_of(source.error().code), source.error().message);
  }
  if (!identity.may(least, *source)) return refuse(route, request, 403, "you do not look after this source");
  return std::nullopt;
}

void Gate::witness(const http::Route& route, const http::Request& request, const http::Response& response) {
  const Identity& identity = request.identity;
  if (!may_change(request) || !identity.is_known()) return;
  const auto noted = store_.audit().append({0,
                                            {},
                                            identity.account,
                                            std::string(word_of(identity.by)),
                                            std::string(route.method) + " " + std::string(route.pattern),
                                            request.path,
                                            std::to_string(response.status)});
  if (!noted) log::error("auth", "the audit log takes no entry", {{"cause", noted.error().message}});
}

}  // namespace moisson::auth
