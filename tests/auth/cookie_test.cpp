#include "auth/cookie.h"

#include <gtest/gtest.h>

namespace moisson::auth {
namespace {

using std::chrono::seconds;

TEST(Cookie, IsOfThisHostAloneAndOutOfReachOfScripts) {
  EXPECT_EQ(set_cookie(Cookie::session, "s", seconds(60), true),
            "__Host-moisson=s; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(set_cookie(Cookie::session, "s", seconds(60), false),
            "moisson=s; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  EXPECT_EQ(set_cookie(Cookie::hint, "h", seconds(60), true),
            "__Secure-moisson-hint=h; Path=/sign-out; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
}

TEST(Cookie, IsFoundAmongOthersByItsWholeName) {
  http::Request request;
  request.headers.add("Cookie", "a=1; moisson-sign-in=two;moisson=three");
  request.headers.add("cookie", "b=4; __Host-moisson=five");
  EXPECT_EQ(value_of(request, Cookie::session, false), "three");
  EXPECT_EQ(value_of(request, Cookie::sign_in, false), "two");
  EXPECT_EQ(value_of(request, Cookie::session, true), "five");
  EXPECT_EQ(value_of(request, Cookie::hint, false), "");
}

}  // namespace
}  // namespace moisson::auth
