// A client of bytes: what goes over the wire is what the test wrote. Blocking, with a time limit of 10 s a read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::http {

struct RawReply {
  int status = 0;      // 0: the connection ended before an answer
  std::string head;    // status line and header lines
  std::string body;    // chunks joined
  bool whole = false;  // Content-Length or the last chunk was reached

  std::string header(std::string_view name) const;  // empty if absent
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0);
  ~RawClient();
  RawClient(RawClient&&) noexcept;
  RawClient& operator=(RawClient&&) = delete;

  void send(std::string_view bytes);
  // One answer; `without_body` for HEAD. Bytes beyond it wait for the next read.
  RawReply read(bool without_body = false);
  bool ended();  // the server has closed, and nothing is left to read

 private:
  bool fill();
  int socket_ = -1;
  std::string held_;
};

// One GET on a connection of its own, with further header lines ("Accept-Encoding: gzip\r\n").
RawReply get(std::uint16_t port, std::string_view target, std::string_view headers = {});

}  // namespace moisson::http
