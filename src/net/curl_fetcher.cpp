#include "net/curl_fetcher.h"

#include "core/media_type.h"
#include "core/text.h"
#include "core/url.h"
#include "net/retry.h"
#include "net/robots.h"
#include "net/transfer.h"

#include <algorithm>
#include <map>
#include <random>

namespace moisson::net {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr int max_redirects = 5;
constexpr std::size_t max_disallowed = 20;
constexpr std::size_t max_moved = 20;
constexpr std::size_t max_known_hosts = 200;
constexpr std::chrono::hours robots_age{24};
constexpr milliseconds robots_timeout{15'000};
constexpr int refusals_before_slowing = 3;
constexpr milliseconds slow_delay{1'000};

struct Known {
  Robots robots;
  Steady::time_point read;
};

// RFC 9110 §15, those that portals send.
std::string_view reason(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 407:
      return "Proxy Authentication Required";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 414:
      return "URI Too Long";
    case 429:
      return "Too Many Requests";
    case 451:
      return "Unavailable For Legal Reasons";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "";
  }
}

ErrorCode code_of(int status) {
  switch (status) {
    case 401:
    case 403:
    case 407:
    case 451:
      return ErrorCode::refused;
    case 404:
    case 410:
      return ErrorCode::not_found;
    case 408:
    case 425:
    case 429:
      return ErrorCode::unreachable;
    default:
      return status >= 500 ? ErrorCode::unreachable : ErrorCode::invalid_input;
  }
}

std::string_view cause_of(int status) {
  switch (code_of(status)) {
    case ErrorCode::refused:
      return "access_forbidden";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::unreachable:
      return status == 429 ? "too_many_requests" : "server_error";
    default:
      return "portal_error";
  }
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Credentials stay with the host they were meant for; an upgrade to https keeps them.
bool same_party(const Url& from, const Url& to) {
  if (from.host != to.host) return false;
  if (from.scheme == to.scheme) return from.effective_port() == to.effective_port();
  return from.scheme == "http" && to.scheme == "https" && from.effective_port() == 80 && to.effective_port() == 443;
}

std::string gate_key(const Url& url) { return url.host + ":" + std::to_string(url.effective_port()); }

std::string target_of(const Url& url) {
  std::string target = url.path.empty() ? "/" : url.path;
  if (url.has_query) target += "?" + url.query;
  return target;
}

std::string shown(Url url) {
  url.userinfo.clear();
  url.fragment.clear();
  return url.text();
}

// The server's own words about a refusal, where they are meant to be read by a program.
std::string words_of(const HopAnswer& answer) {
  const auto type = parse_media_type(answer.content_type).type;
  if (type != "text/plain" && type.find("json") == std::string::npos) return {};
  const auto words = shorten(clean_utf8(answer.excerpt), 200);
  return words.empty() ? std::string{} : "the server said: " + words;
}

std::string seconds_text(milliseconds time) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

bool is_transient(HopEnd end) { return end == HopEnd::timed_out || end == HopEnd::cut || end == HopEnd::unreachable; }

}  // namespace

struct CurlFetcher::Body {
  // One attempt: its last hop, and where that was.
  struct Outcome {
    HopAnswer hop;
    Url url;
  };

  Body(FetcherOptions with, HostGate& shared, std::stop_token stopper)
      : options(std::move(with)),
        gate(shared),
        stop(std::move(stopper)),
        transfer(options.policy, options.user_agent, stop) {}

  Outcome attempt(const FetchRequest& request, const Url& start, bool compressed, const BodySink& sink);
  HopAnswer hop(const FetchRequest& request, const Url& url, bool with_headers, bool compressed, const BodySink& sink);
  // Reads a host's robots.txt where it is not known; sets its pace. An error: the address policy or a stop.
  Result<const Robots*> robots_of(const Url& url);
  Result<void> may_ask(const Url& url);
  void note_move(Moved move);

  FetcherOptions options;
  HostGate& gate;
  std::stop_token stop;
  Transfer transfer;
  std::map<std::string, Known> known;  // by origin
  std::vector<std::string> disallowed;
  std::vector<Moved> moved;
  std::minstd_rand random{std::random_device{}()};
};

CurlFetcher::CurlFetcher(FetcherOptions options, HostGate& gate, std::stop_token stop)
    : body_(std::make_unique<Body>(std::move(options), gate, std::move(stop))) {}

CurlFetcher::~CurlFetcher() = default;

std::vector<std::string> CurlFetcher::disallowed() const { return body_->disallowed; }

std::vector<net::Fetcher::Moved> CurlFetcher::moved() const { return body_->moved; }

Result<const Robots*> CurlFetcher::Body::robots_of(const Url& url) {
  const std::string origin = url.origin();
  const auto found = known.find(origin);
  if (found != known.end() && Steady::now() - found->second.read < robots_age) return &found->second.robots;

  std::string text;
  const BodySink keep = [&](std::string_view piece, bool begin) -> Result<void> {
    if (begin) text.clear();
    text.append(piece);
    return {};
  };
  FetchRequest request(origin + "/robots.txt");
  request.accept = "text/plain";
  request.max_bytes = robots_max_bytes;
  request.timeout = robots_timeout;
  Url at = url;
  at.path = "/robots.txt";
  at.query.clear();
  at.has_query = false;
  HopAnswer answer;
  for (int redirects = 0; redirects <= max_redirects; ++redirects) {
    answer = hop(request, at, false, true, keep);
    if (answer.end == HopEnd::blocked || answer.end == HopEnd::stopped) return answer.error;
    auto next = parse_url(answer.location);
    if (answer.end != HopEnd::answered || !is_redirect(answer.status) || !next) break;
    at = std::move(*next);
  }
  // What there was of it counts. An unreachable robots.txt would forbid everything to a crawler (RFC 9309 §2.3.1.4); a portal that its operator
  // registered is asked all the same.
  if (answer.status / 100 != 2) text.clear();
  if (known.size() >= max_known_hosts) known.clear();
  Known& entry = known[origin];
  entry = {parse_robots(text), Steady::now()};
  if (const auto delay = entry.robots.delay(); delay > gate.delay(gate_key(url))) gate.set_delay(gate_key(url), delay);
  return &entry.robots;
}

Result<void> CurlFetcher::Body::may_ask(const Url& url) {
  if (!options.robots) return {};
  auto robots = robots_of(url);
  if (!robots) return robots.error();
  switch (verdict(**robots, target_of(url))) {
    case RobotsVerdict::allowed:
      return {};
    case RobotsVerdict::disallowed_for_us:
      return Error{ErrorCode::refused, "robots.txt disallows this address to " + std::string(robots_token), "",
                   "ask the portal's operator to allow it", "robots_refused"};
    case RobotsVerdict::disallowed_for_everybody:
      break;
  }
  if (disallowed.size() < max_disallowed) disallowed.push_back(shown(url));
  return {};
}

void CurlFetcher::Body::note_move(Moved move) {
  if (move.from != move.to && moved.size() < max_moved && std::find(moved.begin(), moved.end(), move) == moved.end())
    moved.push_back(std::move(move));
}

HopAnswer CurlFetcher::Body::hop(const FetchRequest& request, const Url& url, bool with_headers, bool compressed,
                                 const BodySink& sink) {
  HopRequest made;
  made.url = url.text();
  made.headers.push_back("Accept: " + (request.accept.empty() ? std::string("*/*") : request.accept));
  if (!request.validators.etag.empty()) made.headers.push_back("If-None-Match: " + request.validators.etag);
  if (!request.validators.last_modified.empty()) {
    made.headers.push_back("If-Modified-Since: " + request.validators.last_modified);
  }
  if (with_headers) {
    for (const auto& [name, value] : request.headers) made.headers.push_back(name + ": " + value);
  }
  if (request.post) {
    made.headers.push_back("Content-Type: " + request.post->content_type);
    made.headers.push_back("Expect:");  // no 100-continue: it costs a second where a server does not know it
    made.post = &*request.post;
  }
  made.max_bytes = request.max_bytes;
  made.timeout = std::max(request.timeout, options.timeout);
  made.stall = options.timeout;
  made.compressed = compressed;

  const auto pass = gate.enter(gate_key(url), stop);
  if (!pass) {
    HopAnswer stopped;
    stopped.end = HopEnd::stopped;
    stopped.error = {ErrorCode::cancelled, "stopped", "", ""};
    return stopped;
  }
  return transfer.send(made, sink);
}

CurlFetcher::Body::Outcome CurlFetcher::Body::attempt(const FetchRequest& request, const Url& start, bool compressed,
                                                      const BodySink& sink) {
  Outcome outcome{{}, start};
  const auto ended = [&](HopEnd end, Error error) {
    outcome.hop = {};
    outcome.hop.end = end;
    outcome.hop.error = std::move(error);
    return outcome;
  };
  bool with_headers = true;
  for (int redirects = 0;; ++redirects) {
    if (auto allowed = may_ask(outcome.url); !allowed) {
      return ended(allowed.error().code == ErrorCode::cancelled ? HopEnd::stopped : HopEnd::blocked, allowed.error());
    }
    outcome.hop = hop(request, outcome.url, with_headers, compressed, sink);
    if (outcome.hop.end != HopEnd::answered || !is_redirect(outcome.hop.status)) return outcome;
    if (request.post) {
      return ended(HopEnd::not_http, {ErrorCode::invalid_input, "a redirect of a POST, which is not followed", "", ""});
    }
    if (redirects == max_redirects) {
      return ended(HopEnd::not_http, {ErrorCode::invalid_input, "more than 5 redirects", "", "", "redirect_wrong"});
    }
    auto next = parse_url(outcome.hop.location);
    if (!next || !is_web_url(outcome.hop.location)) {
      return ended(HopEnd::not_http, {ErrorCode::invalid_input, "a redirect to something that is not http or https", "",
                                      "", "redirect_wrong"});
    }
    if (outcome.hop.status == 301 || outcome.hop.status == 308) note_move({shown(outcome.url), shown(*next)});
    with_headers = with_headers && same_party(outcome.url, *next);
    next->userinfo.clear();
    outcome.url = std::move(*next);
  }
}

Result<FetchAnswer> CurlFetcher::fetch(const FetchRequest& request, const BodySink& sink) {
  auto start = parse_url(request.url);
  if (!start || !is_web_url(request.url)) {
    return Error{ErrorCode::invalid_input, "not an http or https address",
                 std::string(cut(clean_utf8(request.url), 200)), ""};
  }
  if (!start->userinfo.empty()) {
    return Error{ErrorCode::invalid_input, "an address must not hold a user name or password", shown(*start),
                 "give the key in a file of its own (api_key_file)"};
  }
  const bool conditional = !request.validators.etag.empty() || !request.validators.last_modified.empty();
  bool compressed = true;
  int refusals = 0;
  for (int number = 1;; ++number) {
    Body::Outcome outcome = body_->attempt(request, *start, compressed, sink);
    if (outcome.hop.end == HopEnd::bad_encoding && compressed) {
      // Some servers label a plain body gzip: once more, asking for no coding.
      compressed = false;
      outcome = body_->attempt(request, *start, compressed, sink);
    }
    HopAnswer& hop = outcome.hop;
    const Url& url = outcome.url;
    const std::string after = number > 1 ? " after " + std::to_string(number) + " attempts" : "";
    const bool answered = hop.end == HopEnd::answered;
    if (answered && hop.challenge) {
      return Error{ErrorCode::refused, "a challenge page for browsers (" + std::to_string(hop.status) + ")", shown(url),
                   "ask the portal's operator to let this user agent through", "challenge_page"};
    }
    if (answered && (hop.status / 100 == 2 || (hop.status == 304 && conditional))) {
      FetchAnswer answer;
      answer.status = hop.status;
      answer.final_url = shown(url);
      answer.content_type = std::move(hop.content_type);
      answer.validators = std::move(hop.validators);
      answer.bytes = hop.status == 304 ? 0 : hop.bytes;
      answer.attempts = number;
      return answer;
    }

    Attempt tried;
    tried.status = answered ? hop.status : 0;
    tried.transient = is_transient(hop.end);
    tried.retry_after = hop.retry_after;
    tried.number = number;
    tried.attempts = request.attempts;
    refusals = tried.status == 429 ? refusals + 1 : 0;
    if (refusals >= refusals_before_slowing) {
      const auto key = gate_key(url);
      body_->gate.set_delay(key, std::max(slow_delay, 2 * body_->gate.delay(key)));
    }
    const double jitter = std::generate_canonical<double, 24>(body_->random);
    if (const auto wait = wait_before_next(tried, jitter, body_->options.max_wait)) {
      if (!body_->options.waiter(*wait, body_->stop)) return Error{ErrorCode::cancelled, "stopped", shown(url), ""};
      continue;
    }
    if (!answered) {
      Error error = std::move(hop.error);
      error.message += after;
      error.where = shown(url);
      return error;
    }
    std::string message = std::to_string(hop.status);
    if (const auto words = reason(hop.status); !words.empty()) message.append(" ").append(words);
    message += after;
    if (tried.retry_after && asks_to_retry(tried) && *tried.retry_after > body_->options.max_wait) {
      message += ", to be asked again in " + seconds_text(*tried.retry_after);
    }
    return Error{code_of(hop.status), std::move(message), shown(url), words_of(hop), std::string(cause_of(hop.status))};
  }
}

}  // namespace moisson::net
