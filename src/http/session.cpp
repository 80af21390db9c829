#include "http/session.h"

#include "core/log.h"
#include "http/problem.h"
#include "http/target.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include <exception>
#include <utility>

namespace moisson::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using tcp = asio::ip::tcp;

constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes = 4 * 1024 * 1024;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

// RFC 9112 §3.2: exactly one Host in HTTP/1.1.
bool has_host(const beast_http::request<beast_http::string_body>& message) {
  return message.version() < 11 || message.count(beast_http::field::host) == 1;
}

// RFC 9112 §6.1: what we cannot unframe must not be taken for the next request.
bool has_known_framing(const beast_http::request<beast_http::string_body>& message) {
  const auto codings = message.count(beast_http::field::transfer_encoding);
  return codings == 0 || (codings == 1 && message.version() >= 11 &&
                          boost::beast::iequals(message[beast_http::field::transfer_encoding], "chunked"));
}

Request request_of(const beast_http::request<beast_http::string_body>& message, Target target) {
  Request request;
  const std::string_view method = view(message.method_string());
  request.method = method == "HEAD" ? std::string_view("GET") : method;
  request.target = view(message.target());
  request.path = std::move(target.path);
  request.query = std::move(target.query);
  for (const auto& field : message) request.headers.add(view(field.name_string()), std::string(view(field.value())));
  request.body = message.body();
  return request;
}

}  // namespace

Session::Session(Hub& hub, tcp::socket socket) : hub_(hub), socket_(std::move(socket)), timer_(hub.io) {
  error_code error;
  const auto peer = socket_.remote_endpoint(error);
  if (!error) address_ = peer.address().to_string();
  socket_.set_option(tcp::no_delay(true), error);
  hub_.sessions.insert(this);
  ++hub_.open;
}

Session::~Session() {
  hub_.sessions.erase(this);
  hub_.waiting.erase(this);
  --hub_.open;
  if (hub_.session_gone) hub_.session_gone();
}

void Session::start() { await_request(); }

void Session::drain() {
  if (state_ == State::waiting) return ask_again();
  if (state_ == State::idle || state_ == State::lingering) close();
}

void Session::abort() { close(); }

void Session::await_request() {
  if (hub_.stopping) return close();
  parser_.reset();
  // RFC 9112 §2.2: an empty line before a request is ignored.
  const auto held = view({static_cast<const char*>(buffer_.data().data()), buffer_.size()});
  buffer_.consume(std::min(held.find_first_not_of("\r\n"), held.size()));
  if (buffer_.size() > 0) return read_header();
  if (hub_.crowded) return close();
  state_ = State::idle;
  arm(hub_.options.idle);
  await_more();
}

void Session::await_more() {
  socket_.async_read_some(buffer_.prepare(4096), [self = shared_from_this()](error_code error, std::size_t size) {
    if (error || self->state_ == State::closed) return self->close();
    self->buffer_.commit(size);
    self->await_request();
  });
}

void Session::read_header() {
  state_ = State::reading;
  arm(hub_.options.request);
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(hub_.options.header_bytes));
  parser_->body_limit(hub_.options.body_bytes);
  beast_http::async_read_header(socket_, buffer_, *parser_,
                                [self = shared_from_this()](error_code error, std::size_t) { self->on_header(error); });
}

void Session::on_header(error_code error) {
  if (error || timed_out_ || state_ == State::closed) return on_read_error(error);
  const auto& message = parser_->get();
  if (message.target().size() > max_target_bytes) return refuse(414, "the request target is longer than 8 KiB");
  if (!has_host(message)) return refuse(400, "an HTTP/1.1 request names exactly one Host");
  if (!has_known_framing(message)) return refuse(501, "the only transfer coding taken is chunked");
  if (parser_->is_done()) return dispatch();
  const auto expectation = message[beast_http::field::expect];
  if (expectation.empty() || message.version() < 11) return read_body();
  if (!boost::beast::iequals(expectation, "100-continue"))
    return refuse(417, "the only expectation met is 100-continue");
  static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(socket_, asio::buffer(go_on), [self = shared_from_this()](error_code failed, std::size_t) {
    if (failed || self->timed_out_ || self->state_ == State::closed) return self->on_read_error(failed);
    self->read_body();
  });
}

void Session::read_body() {
  beast_http::async_read(socket_, buffer_, *parser_,
                         [self = shared_from_this()](error_code error, std::size_t) { self->on_body(error); });
}

void Session::on_body(error_code error) {
  if (error || timed_out_ || state_ == State::closed) return on_read_error(error);
  dispatch();
}

void Session::on_read_error(error_code error) {
  if (state_ == State::closed) return;
  if (timed_out_) return refuse(408, "the request did not arrive in time");
  if (error == beast_http::error::end_of_stream || error == beast_http::error::partial_message) return close();
  if (error == beast_http::error::body_limit) return refuse(413, "the body is larger than this server takes");
  if (error == beast_http::error::header_limit) {
    const auto held = view({static_cast<const char*>(buffer_.data().data()), buffer_.size()});
    if (held.substr(0, max_target_bytes).find('\n') == std::string_view::npos && parser_->get().target().empty())
      return refuse(414, "the request target is longer than 8 KiB");
    return refuse(431, "the header is larger than this server takes");
  }
  static const auto& malformed = beast_http::make_error_code(beast_http::error::bad_method).category();
  if (error.category() == malformed) return refuse(400, "not an HTTP request: " + error.message());
  close();
}

void Session::dispatch() {
  disarm();
  ++hub_.requests;
  const auto& message = parser_->get();
  auto target = parse_target(view(message.target()));
  if (!target) return refuse(400, target.error().message);
  Exchange exchange;
  exchange.head = message.method() == beast_http::verb::head;
  exchange.http_1_0 = message.version() < 11;
  exchange.keep_alive = message.keep_alive();
  Request request = request_of(message, std::move(*target));
  request.address = client_address(address_, request.headers, hub_.options.trusts);
  request.received = std::chrono::steady_clock::now();
  ask(std::move(request), exchange, hub_.options.fair_use);
}

// `fair_use`: who decides whether the client has to wait; none where it was let in before.
void Session::ask(Request request, Exchange exchange, FairUse* fair_use) {
  state_ = State::answering;
  asio::post(hub_.workers, [self = shared_from_this(), request = std::move(request), exchange, fair_use]() mutable {
    exchange.keep_alive = exchange.keep_alive && !self->hub_.stopping;
    const auto& options = self->hub_.options;
    const std::uint64_t wakes = self->hub_.wakes;  // before the handler looks
    Answer answer = http::answer(self->hub_.router, request, exchange, {&options.key_of, fair_use, &options.observe});
    auto& io = self->hub_.io;
    asio::post(io, [self = std::move(self), answer = std::move(answer), request = std::move(request), exchange,
                    wakes]() mutable {
      auto& session = *self;
      if (answer.later) return session.wait(std::move(request), exchange, *answer.later, wakes);
      session.send(std::move(answer));
    });
  });
}

// No answer yet. What was woken meanwhile, and a server that stops or has as many waiting as it takes, asks at once.
void Session::wait(Request request, const Exchange& exchange, std::chrono::steady_clock::time_point until,
                   std::uint64_t wakes) {
  if (state_ == State::closed) return;
  const bool patient = !hub_.stopping && hub_.waiting.size() < hub_.options.max_connections / 2;
  if (!patient) request.received = {};
  if (!patient || hub_.wakes != wakes) return ask(std::move(request), exchange, nullptr);
  state_ = State::waiting;
  waiting_.emplace(Waiting{std::move(request), exchange});
  hub_.waiting.insert(this);
  watch_for_end();
  timer_.expires_at(until);
  timer_.async_wait([self = shared_from_this(), mine = ++armed_](error_code error) {
    if (!error && mine == self->armed_) self->ask_again();
  });
}

// A client that hangs up is not waited for. What it sends ahead is left for after the answer.
void Session::watch_for_end() {
  socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code error) {
    if (error || self->state_ != State::waiting) return;
    error_code failed;
    if (self->socket_.available(failed) == 0 || failed) self->close();
  });
}

void Session::ask_again() {
  if (state_ != State::waiting) return;
  hub_.waiting.erase(this);
  disarm();
  error_code ignored;
  socket_.cancel(ignored);  // the watch for its end
  Waiting waited = std::move(*waiting_);
  waiting_.reset();
  if (hub_.stopping) waited.request.received = {};
  ask(std::move(waited.request), waited.exchange, nullptr);
}

void Session::refuse(int status, std::string_view detail) {
  Exchange exchange;
  exchange.keep_alive = false;  // where the next request would begin is not known
  exchange.head = parser_ && parser_->is_header_done() && parser_->get().method() == beast_http::verb::head;
  send(finish(Request{}, problem(status, detail), exchange, SystemClock().now()));
}

void Session::send(Answer answer) {
  if (state_ == State::closed) return;
  state_ = State::answering;
  if (answer.status >= 500)
    ++hub_.errors_5xx;
  else if (answer.status >= 400)
    ++hub_.errors_4xx;
  answer_ = std::move(answer);
  written_ = 0;
  write();
}

void Session::write() {
  arm(hub_.options.write);
  const auto rest = asio::buffer(answer_.bytes) + written_;
  socket_.async_write_some(rest, [self = shared_from_this()](error_code error, std::size_t size) {
    if (error || self->timed_out_ || self->state_ == State::closed) return self->close();
    self->hub_.bytes_out += size;
    self->written_ += size;
    if (self->written_ < self->answer_.bytes.size()) return self->write();
    self->on_written();
  });
}

void Session::on_written() {
  disarm();
  if (answer_.rest) return next_piece();
  if (answer_.close || hub_.stopping) return linger();
  answer_ = {};
  await_request();
}

// The next piece is made while nothing waits to be written: a slow client holds one piece, and no worker.
void Session::next_piece() {
  asio::post(hub_.workers, [self = shared_from_this(), rest = std::move(answer_.rest)]() mutable {
    std::string piece;
    Result<bool> more = false;
    try {
      more = rest->next(piece);
    } catch (const std::exception& error) {
      more = Error{ErrorCode::internal, error.what(), "", ""};
    }
    if (!more || !*more) {
      rest.reset();
      piece.clear();
    }
    auto& io = self->hub_.io;
    // `more` is moved: boost's result<bool> made of a result<bool>& takes it for a value (has_value() becomes the
    // value).
    asio::post(io, [self = std::move(self), rest = std::move(rest), more = std::move(more),
                    piece = std::move(piece)]() mutable {
      auto& session = *self;
      session.answer_.rest = std::move(rest);
      session.on_piece(std::move(more), std::move(piece));
    });
  });
}

void Session::on_piece(Result<bool> more, std::string piece) {
  if (state_ == State::closed) return answer_.rest.reset();
  if (!more) {
    log::error("http", "a body was cut short", {{"cause", to_string(more.error())}});
    return close();
  }
  answer_.bytes = std::move(piece);
  written_ = 0;
  if (answer_.bytes.empty()) return on_written();
  write();
}

// Closing with unread bytes resets the connection and may destroy the answer before it is read (RFC 9112 §9.6): our
// side ends first, and what still arrives is thrown away for a while.
void Session::linger() {
  if (hub_.stopping) return close();
  state_ = State::lingering;
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  arm(linger_time);
  discard();
}

void Session::discard() {
  socket_.async_read_some(asio::buffer(scratch_), [self = shared_from_this()](error_code error, std::size_t size) {
    self->discarded_ += size;
    if (error || self->state_ == State::closed || self->discarded_ > linger_bytes) return self->close();
    self->discard();
  });
}

void Session::close() {
  if (state_ == State::closed) return;
  state_ = State::closed;
  hub_.waiting.erase(this);
  waiting_.reset();
  disarm();
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  answer_.rest.reset();
}

void Session::arm(std::chrono::steady_clock::duration time) {
  timed_out_ = false;
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), mine = ++armed_](error_code error) {
    if (error || mine != self->armed_) return;
    self->timed_out_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void Session::disarm() {
  ++armed_;
  timed_out_ = false;
  timer_.cancel();
}

}  // namespace moisson::http
