#include "http/client_address.h"

#include <gtest/gtest.h>

namespace moisson::http {
namespace {

bool trusts(std::string_view address) { return address == "127.0.0.1" || address.starts_with("10."); }

TEST(ClientAddress, IsReadFromTheEndOfWhatTrustedProxiesForward) {
  struct Case {
    std::string_view peer, forwarded, client;
  };
  const Case cases[] = {
      {"192.0.2.7", "198.51.100.1", "192.0.2.7"},                  // a stranger claims to forward
      {"127.0.0.1", "198.51.100.1", "198.51.100.1"},               // the proxy of this machine
      {"127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"},  // what the client wrote itself stands before
      {"127.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"},     // a chain of proxies
      {"127.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3"},              // from inside
      {"127.0.0.1", "198.51.100.1:4711", "198.51.100.1"},          // with a port
      {"127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"},          // as RFC 3986 writes it
      {"127.0.0.1", "2001:DB8:0::1", "2001:db8::1"},               //
      {"127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"},        //
      {"127.0.0.1", "unknown", "127.0.0.1"},                       // RFC 7239's word is no address
      {"127.0.0.1", "198.51.100.1, <script>", "127.0.0.1"},        // nor is this
      {"127.0.0.1", "", "127.0.0.1"},                              //
  };
  for (const Case& c : cases) {
    Headers headers;
    headers.set("X-Forwarded-For", std::string(c.forwarded));
    EXPECT_EQ(client_address(c.peer, headers, trusts), c.client) << c.forwarded;
  }
}

TEST(ClientAddress, JoinsSeveralFieldsInTheirOrder) {
  Headers headers;
  headers.add("x-forwarded-for", "203.0.113.9");
  headers.add("X-Forwarded-For", "198.51.100.1");
  EXPECT_EQ(client_address("127.0.0.1", headers, trusts), "198.51.100.1");
}

TEST(ClientAddress, IsThePeersWhereNobodyIsTrusted) {
  Headers headers;
  headers.set("X-Forwarded-For", "198.51.100.1");
  EXPECT_EQ(client_address("127.0.0.1", headers, {}), "127.0.0.1");
}

}  // namespace
}  // namespace moisson::http
