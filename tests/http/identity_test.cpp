#include <moisson/http/identity.h>

#include <gtest/gtest.h>

namespace moisson::http {
namespace {

TEST(Identity, MayWhatItsRoleReachesAndOnlyForItsSources) {
  struct Case {
    Role role;
    std::vector<std::string> sources;
    Role least;
    std::string source;
    bool may;
  };
  const Case cases[] = {
      {Role::everyone, {}, Role::everyone, "a", true},
      {Role::everyone, {"a"}, Role::reader, "a", false},
      {Role::reader, {"a"}, Role::reader, "a", true},
      {Role::reader, {"a"}, Role::reader, "b", false},
      {Role::reader, {"a"}, Role::operator_, "a", false},
      {Role::operator_, {"a", "c"}, Role::reader, "c", true},
      {Role::operator_, {"a", "c"}, Role::operator_, "b", false},
      {Role::operator_, {}, Role::operator_, "", true},
      {Role::operator_, {"*"}, Role::operator_, "b", true},
      {Role::operator_, {"*"}, Role::administrator, "b", false},
      {Role::administrator, {}, Role::administrator, "b", true},
      {Role::administrator, {}, Role::operator_, "", true},
  };
  for (const Case& c : cases) {
    Identity identity;
    identity.by = Identity::By::token;
    identity.role = c.role;
    identity.sources = c.sources;
    EXPECT_EQ(identity.may(c.least, c.source), c.may)
        << to_string(c.role) << " asks for " << to_string(c.least) << " of '" << c.source << "'";
  }
}

TEST(Identity, NamesEachRoleByOneWord) {
  for (Role each : {Role::everyone, Role::reader, Role::operator_, Role::administrator})
    EXPECT_EQ(role(to_string(each)), each);
  EXPECT_EQ(role("root"), std::nullopt);
  EXPECT_EQ(role(""), std::nullopt);
}

}  // namespace
}  // namespace moisson::http
