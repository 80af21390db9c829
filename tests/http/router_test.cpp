#include "http/router.h"

#include "http/pattern.h"

#include <gtest/gtest.h>

namespace moisson::http {
namespace {

Handler named(std::string name) {
  return [name](const Request& request) {
    Response response;
    std::string text = name;
    for (const auto& [key, value] : request.captures) text += " " + key + "=" + value;
    response.body = text;
    return response;
  };
}

Route open_post(std::string_view pattern, std::string name) {
  Route route{"POST", pattern, named(std::move(name)), "", ""};
  route.access = Role::everyone;
  return route;
}

std::string answer_to(const Router& router, std::string method, std::string path) {
  Request request;
  request.method = std::move(method);
  request.path = std::move(path);
  auto response = router.handle(request);
  return response.status == 200 ? std::get<std::string>(response.body) : std::to_string(response.status);
}

TEST(Router, PrefersThePatternThatSaysMore) {
  const Router router({{"GET", "/datasets/{id}", named("page"), "", ""},
                       {"GET", "/datasets/{id}.ttl", named("turtle"), "", ""},
                       {"GET", "/datasets/{id}/raw", named("raw"), "", ""},
                       open_post("/datasets/{id}", "post"),
                       {"GET", "/datasets/new", named("new"), "", ""}});
  EXPECT_EQ(answer_to(router, "GET", "/datasets/a"), "page id=a");
  EXPECT_EQ(answer_to(router, "GET", "/datasets/a.ttl"), "turtle id=a");
  EXPECT_EQ(answer_to(router, "GET", "/datasets/a/raw"), "raw id=a");
  EXPECT_EQ(answer_to(router, "GET", "/datasets/new"), "new");
  EXPECT_EQ(answer_to(router, "POST", "/datasets/new"), "post id=new");
  EXPECT_EQ(answer_to(router, "GET", "/datasets/"), "404");
  EXPECT_EQ(answer_to(router, "GET", "/datasets/a/b"), "404");
  EXPECT_EQ(answer_to(router, "PUT", "/datasets/a"), "405");
}

TEST(Router, NamesTheAllowedMethods) {
  const Router router({{"GET", "/a", named(""), "", ""}, {"POST", "/a", named(""), "", ""}});
  Request request;
  request.method = "PUT";
  request.path = "/a";
  EXPECT_EQ(router.handle(request).headers.get("Allow"), "GET, HEAD, POST");
}

TEST(Router, GivesPeopleTheirOwnPageOfErrors) {
  Router router({});
  router.set_fallback([](const Request&, int status) {
    Response response;
    response.status = status;
    response.body = std::string("page");
    return response;
  });
  Request request;
  request.path = "/x";
  EXPECT_EQ(std::get<std::string>(router.handle(request).body), "page");
}

TEST(Router, SetsTheCacheControlOfTheRoute) {
  Route cached{"GET", "/a", named(""), "", ""};
  cached.max_age_s = 60;
  const Router router({cached});
  Request request;
  request.method = "GET";
  request.path = "/a";
  EXPECT_EQ(router.handle(request).headers.get("Cache-Control"), "public, max-age=60");
}

TEST(Router, LetsOnlyAnAdministratorCallWhatMayChangeSomethingAndDoesNotSayWhoMay) {
  Router router({{"POST", "/unstated", named("changed"), "", ""},
                 open_post("/open", "asked"),
                 {"GET", "/read", named("read"), "", ""}});
  EXPECT_EQ(answer_to(router, "POST", "/unstated"), "401");
  EXPECT_EQ(answer_to(router, "POST", "/open"), "asked");
  EXPECT_EQ(answer_to(router, "GET", "/read"), "read");
  EXPECT_EQ(least_role(router.routes()[0]), Role::administrator);
}

TEST(Router, AsksTheGateBeforeTheHandlerAndKeepsWhatAKnownCallerSeesOutOfCaches) {
  Route mixed{"GET", "/mixed/{id}", named("mixed"), "", ""};
  mixed.personal = true;
  mixed.max_age_s = 60;
  Router router({mixed, {"GET", "/same", named("same"), "", ""}});
  bool known = false;
  router.set_gate([&](const Route& route, Request& request) -> std::optional<Response> {
    if (first(request.captures, "id") == "closed") return Response{403, {}, std::string("closed")};
    if (known && asks_who(route)) request.identity.by = Identity::By::session;
    return std::nullopt;
  });
  const auto ask = [&](std::string path) {
    Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.headers.set("If-None-Match", "\"a\"");
    auto response = router.handle(request);
    response.headers.set("Asked", std::string(request.headers.get("If-None-Match")));
    return response;
  };
  EXPECT_EQ(ask("/mixed/closed").status, 403);
  EXPECT_EQ(ask("/mixed/1").headers.get("Cache-Control"), "public, max-age=60");
  EXPECT_EQ(ask("/mixed/1").headers.get("Vary"), "Cookie, Authorization");
  EXPECT_EQ(ask("/same").headers.get("Vary"), "");
  known = true;
  EXPECT_EQ(ask("/mixed/1").headers.get("Cache-Control"), "private, no-store");
  EXPECT_EQ(ask("/mixed/1").headers.get("Asked"), "") << "a page kept from before the sign-in is not fresh";
  EXPECT_EQ(ask("/same").headers.get("Cache-Control"), "no-cache");
  EXPECT_EQ(ask("/same").headers.get("Asked"), "\"a\"");
}

TEST(Pattern, TakesTheLastPlaceWhereACaptureMayEnd) {
  Parameters captures;
  ASSERT_TRUE(matches("/{name}.{ext}", "/a.b.c", captures));
  EXPECT_EQ(first(captures, "name"), "a.b");
  EXPECT_EQ(first(captures, "ext"), "c");
  captures.clear();
  EXPECT_FALSE(matches("/{name}.{ext}", "/a.", captures));
  EXPECT_TRUE(captures.empty());
}

TEST(Router, LetsPagesOfOtherSitesReadWhereTheRouteSaysSo) {
  http::Route open{"GET", "/open", named("open"), "", ""};
  open.cross_origin = true;
  const Router router({open, {"POST", "/open", named("posted"), "", ""}, {"GET", "/closed", named("closed"), "", ""}});
  const auto ask = [&](std::string method, std::string path) {
    Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    return router.handle(request);
  };
  EXPECT_EQ(ask("GET", "/open").headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(ask("GET", "/closed").headers.get("Access-Control-Allow-Origin"), "");
  const auto preflight = ask("OPTIONS", "/open");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(preflight.headers.get("Access-Control-Allow-Methods"), "GET, HEAD, POST");
  EXPECT_EQ(ask("OPTIONS", "/closed").headers.get("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(ask("OPTIONS", "/closed").headers.get("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(ask("OPTIONS", "/nothing").status, 404);
}

}  // namespace
}  // namespace moisson::http
