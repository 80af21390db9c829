#include "net/address_policy.h"

#include <gtest/gtest.h>

#include <set>

namespace moisson::net {
namespace {

struct Row {
  const char* address;
  const char* refused_as;  // empty: allowed
};

class RefusedAddress : public testing::TestWithParam<Row> {};

TEST_P(RefusedAddress, IsNamedByItsClass) {
  const auto address = parse_address(GetParam().address);
  ASSERT_TRUE(address) << GetParam().address;
  const auto checked = AddressPolicy{}.check(*address);
  if (*GetParam().refused_as == '\0') {
    EXPECT_TRUE(checked) << GetParam().address << ": " << checked.error().message;
    return;
  }
  ASSERT_FALSE(checked) << GetParam().address;
  EXPECT_EQ(checked.error().code, ErrorCode::refused);
  EXPECT_NE(checked.error().message.find(GetParam().refused_as), std::string::npos) << checked.error().message;
  EXPECT_EQ(checked.error().message.find(GetParam().address), std::string::npos)
      << "a refusal must not name the address";
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedAddress,
    testing::Values(
        Row{"93.184.216.34", ""}, Row{"185.75.143.24", ""}, Row{"2001:41d0:1::1", ""},
        Row{"2a00:1450:4007:80e::200e", ""}, Row{"0.0.0.0", "unspecified"}, Row{"0.1.2.3", "unspecified"},
        Row{"10.1.2.3", "private"}, Row{"100.63.255.255", ""}, Row{"100.64.0.1", "shared"},
        Row{"100.127.255.255", "shared"}, Row{"100.128.0.0", ""}, Row{"127.0.0.1", "loopback"},
        Row{"127.255.255.254", "loopback"}, Row{"169.254.169.254", "metadata"}, Row{"169.254.1.1", "link-local"},
        Row{"172.15.255.255", ""}, Row{"172.16.0.1", "private"}, Row{"172.31.255.255", "private"},
        Row{"172.32.0.0", ""}, Row{"192.0.2.1", "documentation"}, Row{"192.168.1.1", "private"},
        Row{"198.18.0.1", "benchmarking"}, Row{"198.19.255.255", "benchmarking"}, Row{"203.0.113.9", "documentation"},
        Row{"224.0.0.1", "multicast"}, Row{"255.255.255.255", "reserved"}, Row{"::", "unspecified"},
        Row{"::1", "loopback"}, Row{"::127.0.0.1", "not global unicast"}, Row{"::ffff:127.0.0.1", "loopback"},
        Row{"::ffff:10.0.0.1", "private"}, Row{"::ffff:93.184.216.34", ""},
        Row{"::ffff:0:127.0.0.1", "not global unicast"}, Row{"64:ff9b::7f00:1", "loopback"},
        Row{"64:ff9b::a9fe:a9fe", "metadata"}, Row{"64:ff9b::5db8:d822", ""}, Row{"64:ff9b:1::1", "NAT64"},
        Row{"2002:7f00:1::", "loopback"}, Row{"2002:c0a8:101::1", "private"}, Row{"2002:5db8:d822::1", ""},
        Row{"2001:0:4136:e378:8000:63bf:80ff:fffe", "loopback"},  // 127.0.0.1 inverted
        Row{"2001:db8::1", "documentation"}, Row{"fc00::1", "unique-local"}, Row{"fd12:3456::1", "unique-local"},
        Row{"fd00:ec2::254", "metadata"}, Row{"fe80::1", "link-local"}, Row{"febf::1", "link-local"},
        Row{"fec0::1", "site-local"}, Row{"ff02::1", "multicast"}, Row{"4000::1", "not global unicast"}));

TEST(AddressPolicy, LetsAnExceptionPassAndNothingBesideIt) {
  const AddressPolicy policy{
      {parse_network("127.0.0.1").value(), parse_network("fd00::/8").value(), parse_network("10.1.0.0/17").value()}};
  EXPECT_TRUE(policy.check(parse_address("127.0.0.1").value()));
  EXPECT_TRUE(policy.check(parse_address("::ffff:127.0.0.1").value()));
  EXPECT_FALSE(policy.check(parse_address("127.0.0.2").value()));
  EXPECT_TRUE(policy.check(parse_address("fd00::5").value()));
  EXPECT_FALSE(policy.check(parse_address("fc00::5").value()));
  EXPECT_TRUE(policy.check(parse_address("10.1.127.255").value()));
  EXPECT_FALSE(policy.check(parse_address("10.1.128.0").value()));
  EXPECT_FALSE(policy.check(parse_address("64:ff9b::7f00:1").value())) << "an exception is for the address as written";
}

TEST(AddressPolicy, ADiscreetRefusalIsTheSameWhateverIsInside) {
  AddressPolicy policy;
  policy.discreet = true;
  std::set<std::string> told;
  for (const char* address : {"127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fe80::1",
                              "fd00:ec2::254", "64:ff9b::7f00:1", "2002:c0a8:101::1", "4000::1"})
    told.insert(to_string(policy.check(parse_address(address).value()).error()));
  EXPECT_EQ(told, std::set<std::string>{"blocked by policy: the address is not one of the public internet"});
  EXPECT_TRUE(policy.check(parse_address("93.184.216.34").value()));
}

TEST(Network, ReadsCidrs) {
  EXPECT_EQ(parse_network("10.0.0.0/8").value().bits, 104);
  EXPECT_EQ(parse_network("fd00::/8").value().bits, 8);
  EXPECT_EQ(parse_network("127.0.0.1").value().bits, 128);
  for (const char* wrong :
       {"", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1", "localhost", "0x7f.1"}) {
    EXPECT_FALSE(parse_network(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace moisson::net
