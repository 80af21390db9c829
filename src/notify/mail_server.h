// MailServer: the SMTP server (RFC 5321) that takes our mail, by libcurl. It is the operator's own choice and stands in
// the configuration, so no address policy is asked. Thread-safe: each message has a connection of its own.
#pragma once

#include <moisson/core/result.h>

#include <chrono>
#include <string>
#include <string_view>

namespace moisson::notify {

struct MailServer {
  std::string url;                   // "smtp://host:25" (TLS where the server offers it) or "smtps://host:465"
  std::string user;                  // empty: no authentication
  std::string password;              // never logged
  std::chrono::seconds timeout{10};  // of one message: a stop of the program waits for it

  // Hands over one message. refused: the server says no for good (5xx), or asks for another password. unreachable,
  // timeout: to be tried again. Blocks.
  Result<void> send(std::string_view sender, std::string_view recipient, std::string_view wire_text) const;
};

}  // namespace moisson::notify
