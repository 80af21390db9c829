// Pseudonyms: telling clients apart without keeping who they are. A number stands for a client's network, made with a
// secret that is drawn at random and lives in memory alone: without it nobody, we included, finds the address again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::http {

// What counts as one client: an IPv4 address, or the /64 that an IPv6 provider gives a household (RFC 6177 §2).
// Anything else stands for itself.
std::string network_of(std::string_view address);

class Pseudonyms {
 public:
  Pseudonyms();  // draws the secret from the operating system

  // The same for all addresses of a network. Thread-safe.
  std::uint64_t of(std::string_view address) const;

 private:
  std::string secret_;
};

}  // namespace moisson::http
