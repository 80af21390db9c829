// HTTP messages as values: a handler maps a Request to a Response and knows no socket. RFC 9110.
#pragma once

#include <moisson/core/result.h>
#include <moisson/http/identity.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace moisson::http {

// Names compare without case; order and repetition are kept.
class Headers {
 public:
  void set(std::string_view name, std::string value);  // replaces
  void add(std::string_view name, std::string value);
  std::string_view get(std::string_view name) const;  // first value; empty if absent
  const std::vector<std::pair<std::string, std::string>>& all() const { return rows_; }

 private:
  std::vector<std::pair<std::string, std::string>> rows_;
};

// Decoded query or form parameters, UTF-8, in order.
using Parameters = std::vector<std::pair<std::string, std::string>>;
std::string_view first(const Parameters& parameters, std::string_view name);  // empty if absent

struct Request {
  std::string method;   // GET, HEAD (handlers see GET), POST, …
  std::string target;   // as received, at most 8 KiB
  std::string path;     // decoded, starts with '/', no dot segments
  Parameters query;     // at most 200
  Parameters captures;  // of the route's pattern: {id}
  Headers headers;
  std::string body;        // at most 1 MiB
  std::string address;     // of the client (src/http/client_address.h)
  std::string key = {};    // the id of the key that it shows and that is proven, no secret; empty: none
  Identity identity = {};  // nobody, unless the route's answer may depend on who asks (asks_who)
  // When it had arrived; the clock's epoch: nothing is to be waited for.
  std::chrono::steady_clock::time_point received{};
};

// A body made piece by piece on the workers, one piece at a time but not always on the same thread; dropped early, on any
// thread, if the client goes away.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // Replaces `piece` by the next bytes (about 64 KiB); false: the end. An Error cuts the connection, so that a
  // truncated body is never taken for a whole one.
  virtual Result<bool> next(std::string& piece) = 0;
};

// What an answer did, for those who count what a site is used for; it is not sent.
struct Act {
  enum class Kind : std::uint8_t { other, search, view, download };
  Kind kind = Kind::other;
  // The words of a search; else the id of the record that was shown, or whose file was followed.
  std::string subject;
  std::uint64_t found = 0;  // of a search: results in all

  static Act search(std::string words, std::uint64_t found) { return {Kind::search, std::move(words), found}; }
  static Act view(std::string record) { return {Kind::view, std::move(record), 0}; }
  static Act download(std::string record) { return {Kind::download, std::move(record), 0}; }
};

struct Response {
  int status = 200;
  Headers headers;
  std::variant<std::string, std::unique_ptr<BodyStream>> body;
  Act act = {};

  // Set: there is no answer yet, and all else in here is void. The handler is called again with the same request at the
  // next Server::wake(), and at this time at the latest; from then on it must answer. No thread waits meanwhile. Only
  // for GET.
  std::optional<std::chrono::steady_clock::time_point> later = std::nullopt;
};

// The answer, with what it did.
inline Response did(Act act, Response response) {
  response.act = std::move(act);
  return response;
}

using Handler = std::function<Response(const Request&)>;

// One line of the route table; the OpenAPI description is made from it.
struct RouteParameter {
  std::string_view name;
  std::string_view in;  // "query" or "path"
  std::string_view documentation;
  std::string_view type = "string";  // JSON Schema type
  bool repeated = false;
};

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/api/v1/datasets/{id}"; a capture matches one segment, up to the next literal
  Handler handler;
  std::string_view summary;  // one line, English
  std::string_view tag;      // group in the documentation; empty: left out of it
  std::string_view media_type = "application/json";
  std::vector<RouteParameter> parameters = {};
  int max_age_s = 0;          // Cache-Control; 0: no-cache (revalidate)
  bool cross_origin = false;  // pages of any other site may read it (CORS); what it answers never depends on cookies
  std::optional<Role> access = std::nullopt;  // the least role; unset: least_role() decides
  Subject subject = {};                       // whose source it is about, if the role is asked for one
  bool personal = false;                      // open to everyone, but those who are known may see more
  int success = 200;                          // the status of an answer that gives what was asked for
};

// GET: everyone. A method that may change something and does not say who may: an administrator.
Role least_role(const Route& route);

// Whether the answer may depend on who asks. All others are the same for everyone, and caches may keep them.
inline bool asks_who(const Route& route) { return route.personal || least_role(route) != Role::everyone; }

}  // namespace moisson::http
