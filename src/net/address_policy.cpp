#include "net/address_policy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace moisson::net {
namespace {

struct Class {
  std::string_view cidr;
  std::string_view name;
};

// IANA special-purpose registries of IPv4 and IPv6 (RFC 6890), with the addresses where clouds keep their credentials
// first. The first row that holds an address names it.
constexpr Class refused_classes[] = {
    {"169.254.169.254", "a cloud metadata address"},
    {"168.63.129.16", "a cloud metadata address"},
    {"100.100.100.200", "a cloud metadata address"},
    {"fd00:ec2::254", "a cloud metadata address"},
    {"0.0.0.0/8", "unspecified"},
    {"10.0.0.0/8", "private"},
    {"100.64.0.0/10", "shared (carrier-grade NAT)"},
    {"127.0.0.0/8", "loopback"},
    {"169.254.0.0/16", "link-local"},
    {"172.16.0.0/12", "private"},
    {"192.0.0.0/24", "reserved for protocols"},
    {"192.0.2.0/24", "documentation"},
    {"192.88.99.0/24", "a 6to4 relay"},
    {"192.168.0.0/16", "private"},
    {"198.18.0.0/15", "benchmarking"},
    {"198.51.100.0/24", "documentation"},
    {"203.0.113.0/24", "documentation"},
    {"224.0.0.0/4", "multicast"},
    {"240.0.0.0/4", "reserved"},
    {"::/128", "unspecified"},
    {"::1/128", "loopback"},
    {"64:ff9b:1::/48", "local NAT64"},
    {"100::/64", "discard-only"},
    {"2001:2::/48", "benchmarking"},
    {"2001:10::/28", "an overlay identifier"},
    {"2001:20::/28", "an overlay identifier"},
    {"2001:db8::/32", "documentation"},
    {"3fff::/20", "documentation"},
    {"fc00::/7", "unique-local"},
    {"fe80::/10", "link-local"},
    {"fec0::/10", "site-local"},
    {"ff00::/8", "multicast"},
};

struct Row {
  Network network;
  std::string_view name;
};

Network known_network(std::string_view cidr) { return parse_network(cidr).value(); }

const std::vector<Row>& refused_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> made;
    for (const Class& row : refused_classes) made.push_back({known_network(row.cidr), row.name});
    return made;
  }();
  return rows;
}

Address mapped(const std::uint8_t* v4) {
  Address address{};
  address[10] = address[11] = 0xff;
  std::copy_n(v4, 4, address.begin() + 12);
  return address;
}

// The IPv4 address that a tunnel or translator will really reach.
std::optional<Address> embedded(const Address& address) {
  static const Network nat64 = known_network("64:ff9b::/96");     // RFC 6052
  static const Network six_to_four = known_network("2002::/16");  // RFC 3056
  static const Network teredo = known_network("2001::/32");       // RFC 4380 §4: the client's address, inverted
  if (nat64.contains(address)) return mapped(address.data() + 12);
  if (six_to_four.contains(address)) return mapped(address.data() + 2);
  if (teredo.contains(address)) {
    std::uint8_t client[4];
    for (int i = 0; i < 4; ++i) client[i] = static_cast<std::uint8_t>(~address[12 + i]);
    return mapped(client);
  }
  return std::nullopt;
}

Error discreet_refusal() {
  return {ErrorCode::refused, "blocked by policy: the address is not one of the public internet", "", "",
          "address_blocked"};
}

Error told_refusal(std::string_view name) {
  return {ErrorCode::refused, "blocked by policy: the address is " + std::string(name), "",
          "allow_networks in [harvest] can permit it for sources of the configuration file", "address_blocked"};
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
  const std::string z(text);
  std::uint8_t v4[4];
  if (::inet_pton(AF_INET, z.c_str(), v4) == 1) return mapped(v4);
  Address address;
  if (::inet_pton(AF_INET6, z.c_str(), address.data()) == 1) return address;
  return Error{ErrorCode::invalid_input, "not an IP address: " + z.substr(0, 60), "", ""};
}

bool Network::contains(const Address& other) const {
  const int whole = bits / 8;
  if (!std::equal(address.begin(), address.begin() + whole, other.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || ((address[whole] ^ other[whole]) >> (8 - rest)) == 0;
}

Result<Network> parse_network(std::string_view cidr) {
  const auto slash = cidr.find('/');
  auto address = parse_address(cidr.substr(0, slash));
  if (!address) return address.error();
  const bool v4 = cidr.substr(0, slash).find(':') == std::string_view::npos;
  const int width = v4 ? 32 : 128;
  int bits = width;
  if (slash != std::string_view::npos) {
    const auto digits = cidr.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || bits < 0 || bits > width) {
      return Error{ErrorCode::invalid_input, "the prefix length is not a number from 0 to " + std::to_string(width), "",
                   "write it as 10.0.0.0/8 or fd00::/8"};
    }
  }
  return Network{*address, bits + (v4 ? 96 : 0)};
}

Result<void> AddressPolicy::check(const Address& address) const {
  for (const Network& network : allowed) {
    if (network.contains(address)) return {};
  }
  if (nothing_else)
    return Error{ErrorCode::refused, "public portals are not asked while user_agent names the example contact", "",
                 "put your own contact into [harvest] user_agent"};
  const auto refusal = [this](std::string_view name) { return discreet ? discreet_refusal() : told_refusal(name); };
  for (const Row& row : refused_rows()) {
    if (row.network.contains(address)) return refusal(row.name);
  }
  if (const auto inner = embedded(address)) {
    for (const Row& row : refused_rows()) {
      if (row.network.contains(*inner)) return refusal("a tunnel to one that is " + std::string(row.name));
    }
    return {};
  }
  // Whatever is neither IPv4 nor global unicast (RFC 4291 §2.4) has no public portal behind it.
  static const Network ipv4 = known_network("0.0.0.0/0");
  static const Network global = known_network("2000::/3");
  if (!ipv4.contains(address) && !global.contains(address)) return refusal("not global unicast");
  return {};
}

}  // namespace moisson::net
