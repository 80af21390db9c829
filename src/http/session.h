// Session: one connection, one request at a time; what the client sends ahead waits in the buffer (RFC 9112 §9.3.2).
// Everything here runs on the io thread, but for the tasks that it gives to the workers. It keeps itself alive while
// an operation is under way.
#pragma once

#include "http/answer.h"
#include "http/hub.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::http {

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Hub& hub, boost::asio::ip::tcp::socket socket);
  ~Session();

  void start();
  void drain();      // ends now if idle, else after the answer under way
  void abort();      // ends now
  void ask_again();  // puts a request that waits to its handler again; nothing for any other
  bool is_idle() const { return state_ == State::idle; }

 private:
  enum class State { idle, reading, answering, waiting, lingering, closed };
  using error_code = boost::system::error_code;

  void await_request();
  void await_more();
  void read_header();
  void on_header(error_code error);
  void read_body();
  void on_body(error_code error);
  void on_read_error(error_code error);
  void dispatch();
  void ask(Request request, Exchange exchange, FairUse* fair_use);
  void wait(Request request, const Exchange& exchange, std::chrono::steady_clock::time_point until,
            std::uint64_t wakes);
  void watch_for_end();
  void refuse(int status, std::string_view detail);
  void send(Answer answer);
  void write();
  void on_written();
  void next_piece();
  void on_piece(Result<bool> more, std::string piece);
  void linger();
  void discard();
  void close();

  struct Waiting {
    Request request;
    Exchange exchange;
  };

  void arm(std::chrono::steady_clock::duration time);  // cancels the socket's operation when it has passed
  void disarm();

  Hub& hub_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer timer_;
  std::uint64_t armed_ = 0;  // a late timer handler is told from the one that counts
  bool timed_out_ = false;
  State state_ = State::idle;
  std::string address_;

  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  std::optional<Waiting> waiting_;  // in that state
  Answer answer_;
  std::size_t written_ = 0;  // of answer_.bytes
  std::size_t discarded_ = 0;
  std::array<char, 4096> scratch_{};
};

}  // namespace moisson::http
