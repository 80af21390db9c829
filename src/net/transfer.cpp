#include "net/transfer.h"

#include "core/deleter.h"
#include "core/text.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <mutex>

namespace moisson::net {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t excerpt_bytes = 2048;
constexpr std::uint64_t error_page_bytes = 64 * 1024;  // more of a page that nobody wants is not read
constexpr milliseconds longest_connect{15'000};
constexpr long stall_bytes_per_second = 16;

using Easy = std::unique_ptr<CURL, Deleter<curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Deleter<curl_multi_cleanup>>;
using HeaderList = std::unique_ptr<curl_slist, Deleter<curl_slist_free_all>>;

void initialise_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// What the callbacks of one hop share.
struct Hop {
  CURL* handle;
  const AddressPolicy& policy;
  const BodySink& sink;
  std::uint64_t max_bytes;
  HopAnswer answer;
  std::size_t header_bytes = 0;
  bool began = false;
  std::optional<Error> failure;  // why a callback ended the transfer
  HopEnd failure_end = HopEnd::sink_failed;
  bool enough = false;  // an error page that we stopped reading
  std::optional<Error> blocked;

  bool succeeded() const { return answer.status >= 200 && answer.status < 300; }

  bool is_bomb() const {
    if (answer.bytes <= bomb_bytes) return false;
    curl_off_t sent = 0;  // before it was unpacked
    return curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &sent) == CURLE_OK && sent > 0 &&
           answer.bytes / static_cast<std::uint64_t>(sent) > max_unpack_ratio;
  }

  bool fail(HopEnd end, Error error) {
    failure_end = end;
    failure = std::move(error);
    return false;
  }

  bool give(std::string_view piece) {
    const bool begin = !began;
    began = true;
    auto taken = sink(piece, begin);
    return taken.has_value() || fail(HopEnd::sink_failed, taken.error());
  }
};

std::optional<Address> address_of(const curl_sockaddr& peer) {
  Address address{};
  if (peer.family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &peer.addr, sizeof v4);
    address[10] = address[11] = 0xff;
    std::memcpy(address.data() + 12, &v4.sin_addr, 4);
    return address;
  }
  if (peer.family == AF_INET6 && peer.addrlen >= sizeof(sockaddr_in6)) {
    // curl_sockaddr ends in a plain sockaddr, but curl keeps room for any family behind it.
    std::memcpy(address.data(), reinterpret_cast<const char*>(&peer.addr) + offsetof(sockaddr_in6, sin6_addr), 16);
    return address;
  }
  return std::nullopt;
}

curl_socket_t on_open_socket(void* data, curlsocktype purpose, curl_sockaddr* peer) {
  auto& hop = *static_cast<Hop*>(data);
  const auto address = purpose == CURLSOCKTYPE_IPCXN ? address_of(*peer) : std::nullopt;
  if (!address) {
    hop.blocked = Error{ErrorCode::refused, "blocked by policy: neither IPv4 nor IPv6", "", "", "address_blocked"};
    return CURL_SOCKET_BAD;
  }
  if (auto allowed = hop.policy.check(*address); !allowed) {
    hop.blocked = allowed.error();
    return CURL_SOCKET_BAD;
  }
  return ::socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

int status_of_line(std::string_view line) {
  const auto blank = line.find(' ');
  int status = 0;
  if (blank != std::string_view::npos) std::from_chars(line.data() + blank + 1, line.data() + line.size(), status);
  return status;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* context) {
  auto& hop = *static_cast<Hop*>(context);
  const std::string_view line(data, size);
  hop.header_bytes += size;
  if (hop.header_bytes > max_header_bytes) {
    hop.fail(HopEnd::too_large, {ErrorCode::too_large, "the headers of the answer exceed 64 KiB", "", ""});
    return 0;
  }
  if (line.starts_with("HTTP/")) {  // also after a 1xx
    hop.answer = HopAnswer{};
    hop.answer.status = status_of_line(line);
    return size;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  const auto name = line.substr(0, colon);
  const std::string value(trim(line.substr(colon + 1)));
  if (iequals_ascii(name, "etag")) hop.answer.validators.etag = value;
  if (iequals_ascii(name, "last-modified")) hop.answer.validators.last_modified = value;
  if (iequals_ascii(name, "content-type")) hop.answer.content_type = value;
  if (iequals_ascii(name, "retry-after")) hop.answer.retry_after = milliseconds{0};
  if (iequals_ascii(name, "cf-mitigated")) hop.answer.challenge = iequals_ascii(value, "challenge");
  return size;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* context) {
  auto& hop = *static_cast<Hop*>(context);
  hop.answer.bytes += size;
  if (!hop.succeeded()) {
    std::string& excerpt = hop.answer.excerpt;
    excerpt.append(data, std::min(size, excerpt_bytes - excerpt.size()));
    hop.enough = hop.answer.bytes > error_page_bytes;
    return hop.enough ? 0 : size;
  }
  if (hop.answer.bytes > hop.max_bytes) {
    hop.fail(HopEnd::too_large, {ErrorCode::too_large, "the body exceeds " + std::to_string(hop.max_bytes) + " bytes",
                                 "", "", "page_too_large"});
    return 0;
  }
  if (hop.is_bomb()) {
    hop.fail(HopEnd::too_large,
             {ErrorCode::too_large,
              "the body unpacks to more than " + std::to_string(max_unpack_ratio) + " times what was sent", "",
              "a compressed body of blanks or of one thing repeated is not read"});
    return 0;
  }
  return hop.give({data, size}) ? size : 0;
}

struct Meaning {
  CURLcode code;
  HopEnd end;
  ErrorCode error;
};

constexpr Meaning meanings[] = {
    {CURLE_UNSUPPORTED_PROTOCOL, HopEnd::not_http, ErrorCode::invalid_input},
    {CURLE_URL_MALFORMAT, HopEnd::not_http, ErrorCode::invalid_input},
    {CURLE_WEIRD_SERVER_REPLY, HopEnd::not_http, ErrorCode::invalid_input},
    {CURLE_LOGIN_DENIED, HopEnd::not_http, ErrorCode::invalid_input},
    {CURLE_COULDNT_RESOLVE_HOST, HopEnd::unreachable, ErrorCode::unreachable},
    {CURLE_COULDNT_CONNECT, HopEnd::unreachable, ErrorCode::unreachable},
    {CURLE_OPERATION_TIMEDOUT, HopEnd::timed_out, ErrorCode::timeout},
    {CURLE_FILESIZE_EXCEEDED, HopEnd::too_large, ErrorCode::too_large},
    {CURLE_BAD_CONTENT_ENCODING, HopEnd::bad_encoding, ErrorCode::invalid_input},
    {CURLE_SSL_CONNECT_ERROR, HopEnd::untrusted, ErrorCode::unreachable},
    {CURLE_PEER_FAILED_VERIFICATION, HopEnd::untrusted, ErrorCode::unreachable},
    {CURLE_SSL_CACERT_BADFILE, HopEnd::untrusted, ErrorCode::unreachable},
};

// Whatever else ends a transfer is a connection that was cut.
Meaning meaning_of(CURLcode code) {
  for (const Meaning& row : meanings) {
    if (row.code == code) return row;
  }
  return {code, HopEnd::cut, ErrorCode::unreachable};
}

}  // namespace

struct Transfer::Body {
  const AddressPolicy& policy;
  std::string user_agent;
  std::stop_token stop;
  Multi multi{curl_multi_init()};
  Easy easy{curl_easy_init()};

  void prepare(const HopRequest& request, Hop& hop, const curl_slist* headers, char* error_text) const;
  CURLcode run() const;
};

void Transfer::Body::prepare(const HopRequest& request, Hop& hop, const curl_slist* headers, char* error_text) const {
  CURL* const handle = easy.get();
  curl_easy_reset(handle);  // keeps the connections
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error_text);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(handle, CURLOPT_HTTP09_ALLOWED, 0L);
  // A proxy of the environment would make the address check see the proxy instead of the portal.
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, user_agent.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, request.compressed ? "" : "identity");
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(request.timeout, longest_connect).count()));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, stall_bytes_per_second);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME,
                   static_cast<long>(std::chrono::ceil<std::chrono::seconds>(request.stall).count()));
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.max_bytes));
  if (request.post != nullptr) {
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.post->body.data());  // not copied
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.post->body.size()));
  }
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &hop);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &hop);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &hop);
}

// curl_easy_perform, but a stop request wakes it.
CURLcode Transfer::Body::run() const {
  const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi.get()); });
  if (curl_multi_add_handle(multi.get(), easy.get()) != CURLM_OK) return CURLE_FAILED_INIT;
  CURLcode result = CURLE_ABORTED_BY_CALLBACK;
  int running = 1;
  while (running != 0 && !stop.stop_requested()) {
    if (curl_multi_perform(multi.get(), &running) != CURLM_OK) break;
    if (running != 0 && curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr) != CURLM_OK) break;
  }
  int left = 0;
  if (const CURLMsg* message = curl_multi_info_read(multi.get(), &left); running == 0 && message != nullptr) {
    result = message->data.result;
  }
  curl_multi_remove_handle(multi.get(), easy.get());
  return result;
}

Transfer::Transfer(const AddressPolicy& policy, std::string user_agent, std::stop_token stop) {
  initialise_once();
  body_ = std::make_unique<Body>(Body{policy, std::move(user_agent), std::move(stop)});
}

Transfer::~Transfer() = default;

HopAnswer Transfer::send(const HopRequest& request, const BodySink& sink) {
  Hop hop{body_->easy.get(), body_->policy, sink, request.max_bytes, {}, 0, false, {}, HopEnd::sink_failed, false, {}};
  char error_text[CURL_ERROR_SIZE] = "";
  HeaderList headers;
  for (const std::string& line : request.headers) headers.reset(curl_slist_append(headers.release(), line.c_str()));
  body_->prepare(request, hop, headers.get(), error_text);
  const CURLcode code = body_->run();

  HopAnswer answer = std::move(hop.answer);
  const auto ended = [&](HopEnd end, Error error) {
    answer.end = end;
    answer.error = std::move(error);
    return answer;
  };
  if (body_->stop.stop_requested()) return ended(HopEnd::stopped, {ErrorCode::cancelled, "stopped", "", ""});
  if (hop.failure) return ended(hop.failure_end, *hop.failure);
  if (code != CURLE_OK && !hop.enough) {
    if (hop.blocked && answer.status == 0) return ended(HopEnd::blocked, *hop.blocked);
    const Meaning meaning = meaning_of(code);
    const std::string words = error_text[0] != '\0' ? error_text : curl_easy_strerror(code);
    return ended(meaning.end, {meaning.error, clean_utf8(words), "", "",
                               meaning.end == HopEnd::untrusted ? "certificate_untrusted" : ""});
  }
  if (hop.succeeded() && !hop.began && !hop.give({})) return ended(hop.failure_end, *hop.failure);
  char* location = nullptr;
  if (curl_easy_getinfo(body_->easy.get(), CURLINFO_REDIRECT_URL, &location) == CURLE_OK && location != nullptr) {
    answer.location = location;
  }
  curl_off_t seconds = 0;
  if (answer.retry_after && curl_easy_getinfo(body_->easy.get(), CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK) {
    answer.retry_after = std::chrono::seconds(std::clamp<curl_off_t>(seconds, 0, 86'400));
  }
  return answer;
}

}  // namespace moisson::net
