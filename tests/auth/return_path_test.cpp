#include "auth/return_path.h"

#include <gtest/gtest.h>

namespace moisson::auth {
namespace {

TEST(ReturnPath, IsAPathOfThisSite) {
  for (const std::string_view path : {"/account", "/sources/a?page=2#top", "/jobs/1", "/", "/%2F%2Fevil.example"})
    EXPECT_EQ(return_path(path), path);
}

TEST(ReturnPath, IsNeverAnotherSite) {
  for (const std::string_view evil :
       {"", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/",
        "evil.example", "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", " //evil.example",
        "/a\r\nSet-Cookie: b=c", "/é", "/sign-out", "/sign-in?next=/sign-in"})
    EXPECT_EQ(return_path(evil), "/account") << evil;
  EXPECT_EQ(return_path("/" + std::string(2'000, 'a')), "/account");
}

}  // namespace
}  // namespace moisson::auth
