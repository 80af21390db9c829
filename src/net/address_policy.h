// AddressPolicy: which network addresses a fetch may connect to. Asked with the resolved address when the socket opens,
// so that neither a redirect nor a DNS answer that changes can slip past. Pure; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::net {

// IPv4 as IPv4-mapped (::ffff:a.b.c.d).
using Address = std::array<std::uint8_t, 16>;
Result<Address> parse_address(std::string_view text);  // "127.0.0.1", "::1"

struct Network {
  Address address{};
  int bits = 0;  // of 128
  bool contains(const Address& address) const;
  bool operator==(const Network&) const = default;
};
Result<Network> parse_network(std::string_view cidr);  // "10.0.0.0/8", "fd00::/8", "127.0.0.1"

struct AddressPolicy {
  std::vector<Network> allowed;  // exceptions from the refusals below
  bool nothing_else = false;     // refuse public addresses too: nobody has said yet who asks them
  // A refusal tells nothing of what is inside: its reader is not the operator of this machine.
  bool discreet = false;

  // Refused unless allowed: loopback, private, shared (100.64/10), link-local, multicast, documentation, benchmarking,
  // unspecified, unique-local, IPv4-mapped and NAT64 (64:ff9b::/96), 6to4 and Teredo forms of these, and metadata addresses.
  // Result of a refusal: refused, naming the class of address, not the address; if discreet, not the class either.
  Result<void> check(const Address& address) const;
};

}  // namespace moisson::net
