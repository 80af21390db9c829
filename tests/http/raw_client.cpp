#include "raw_client.h"

#include "core/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace moisson::http {

std::string RawReply::header(std::string_view name) const {
  for (std::string_view line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && iequals_ascii(line.substr(0, colon), name))
      return std::string(trim(line.substr(colon + 1)));
  }
  return {};
}

RawClient::RawClient(std::uint16_t port, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), held_(std::move(other.held_)) {}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawClient::fill() {
  char piece[16384];
  const auto size = ::recv(socket_, piece, sizeof piece, 0);
  if (size <= 0) return false;
  held_.append(piece, static_cast<std::size_t>(size));
  return true;
}

RawReply RawClient::read(bool without_body) {
  RawReply reply;
  std::size_t end = 0;
  while ((end = held_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return reply;
  reply.head = held_.substr(0, end + 2);
  held_.erase(0, end + 4);
  reply.status = std::atoi(reply.head.c_str() + 9);
  reply.whole = true;
  if (without_body || reply.status == 304 || reply.status == 204 || reply.status == 100) return reply;

  if (reply.header("Transfer-Encoding") == "chunked") {
    while (true) {
      std::size_t line = 0;
      while ((line = held_.find("\r\n")) == std::string::npos)
        if (!fill()) return reply.whole = false, reply;
      const std::size_t size = std::strtoull(held_.c_str(), nullptr, 16);
      while (held_.size() < line + 2 + size + 2)
        if (!fill()) return reply.whole = false, reply;
      reply.body += held_.substr(line + 2, size);
      held_.erase(0, line + 2 + size + 2);
      if (size == 0) return reply;
    }
  }
  const std::string length = reply.header("Content-Length");
  const std::size_t wanted = length.empty() ? std::string::npos : std::strtoull(length.c_str(), nullptr, 10);
  while (held_.size() < wanted)
    if (!fill()) break;
  reply.whole = length.empty() || held_.size() >= wanted;
  reply.body = held_.substr(0, wanted);
  held_.erase(0, reply.body.size());
  return reply;
}

bool RawClient::ended() { return held_.empty() && !fill(); }

RawReply get(std::uint16_t port, std::string_view target, std::string_view headers) {
  RawClient client(port);
  client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n");
  return client.read();
}

}  // namespace moisson::http
