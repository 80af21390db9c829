// PostOffice: an SMTP server (RFC 5321) of a test's own on port 0, that keeps what it is given, or refuses it.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace moisson::test {

struct Letter {
  std::string from, to;  // of the envelope
  std::string text;      // as it came, dots unstuffed
};

class PostOffice {
 public:
  PostOffice();
  ~PostOffice();

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  void answer_recipients_with(std::string reply);  // "550 no such person"; empty: they are taken
  std::vector<Letter> letters() const;

 private:
  void serve(int client);

  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::string refusal_;
  std::vector<Letter> letters_;
  std::jthread thread_;
};

}  // namespace moisson::test
