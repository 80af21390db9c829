#include "auth/gate.h"

#include "auth/cookie.h"
#include "auth/desk.h"
#include "auth/session.h"
#include "core/url.h"
#include "http/router.h"
#include "store/audit_log.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::auth {
namespace {

using http::Role;
using http::Subject;

http::Response done(const http::Request&) { return {200, {}, std::string("done")}; }

http::Route route(std::string_view method, std::string_view pattern, std::optional<Role> access, Subject subject = {},
                  std::string_view media_type = "application/json") {
  http::Route made{method, pattern, done, "", ""};
  made.access = access;
  made.subject = subject;
  made.media_type = media_type;
  return made;
}

std::vector<http::Route> table() {
  http::Route open = route("POST", "/mcp", Role::everyone);
  http::Route mixed = route("GET", "/mixed", std::nullopt);
  mixed.personal = true;
  http::Route api = route("POST", "/api/{id}", Role::operator_, {Subject::Kind::source});
  api.cross_origin = true;
  http::Route own = route("POST", "/account/erase", Role::everyone, {}, "text/html");
  own.personal = true;
  return {open,
          mixed,
          api,
          own,
          route("POST", "/unstated", std::nullopt),
          route("GET", "/page/{id}", Role::reader, {Subject::Kind::source}, "text/html"),
          route("POST", "/page/{id}", Role::operator_, {Subject::Kind::source}, "text/html"),
          route("POST", "/preview", Role::operator_, {Subject::Kind::source, "source", true}),
          route("POST", "/jobs/{id}/stop", Role::operator_, {Subject::Kind::job}),
          route("POST", "/records/{id}/withdraw", Role::operator_, {Subject::Kind::record})};
}

class GateTest : public testing::Test {
 protected:
  GateTest() {
    router_.set_gate([this](const http::Route& r, http::Request& q) { return gate_(r, q); });
    router_.set_witness([this](const auto& r, const auto& q, const auto& a) { gate_.witness(r, q, a); });
    const auto source = test::source_named("own");
    EXPECT_TRUE(shelf_.writer().put_source(source));
    account_ = shelf_.store->people().invite("a@example.org", "operator", {"own"}).value();
    EXPECT_TRUE(shelf_.store->people().take_notice(account_.id));
    token_ = issue_token(shelf_.store->people(), account_, {"ci", Role::operator_, {}, std::chrono::days(1)},
                         shelf_.clock.now())
                 .value();
    session_ = open_session(shelf_.store->people(), account_.id, shelf_.clock.now()).value();
    form_key_ = session_identity(shelf_.store->people(), session_, shelf_.clock.now())->form_key;
  }

  http::Request request(std::string method, std::string path) {
    http::Request made;
    made.method = std::move(method);
    made.target = path;
    made.path = std::move(path);
    made.address = "192.0.2.1";
    return made;
  }
  http::Request by_token(std::string method, std::string path) {
    auto made = request(std::move(method), std::move(path));
    made.headers.set("Authorization", "Bearer " + token_);
    return made;
  }
  http::Request by_session(std::string method, std::string path, std::string body = {}) {
    auto made = request(std::move(method), std::move(path));
    made.headers.set("Cookie", "moisson=" + session_);
    made.headers.set("Content-Type", "application/x-www-form-urlencoded");
    made.body = std::move(body);
    return made;
  }
  int status(http::Request made) { return router_.handle(made).status; }

  test::Shelf shelf_;
  Attempts attempts_;
  TokenCheck tokens_{shelf_.store->people(), shelf_.clock};
  Gate gate_{*shelf_.store, tokens_, attempts_, shelf_.clock, {false, [](const http::Request&, int code) {
                                                                 return http::Response{code, {}, std::string("page")};
                                                               }}};
  http::Router router_{table()};
  store::Account account_;
  std::string token_, session_, form_key_;
};

TEST_F(GateTest, LetsNobodyInWhereSomebodyIsAskedFor) {
  EXPECT_EQ(status(request("POST", "/mcp")), 200);
  EXPECT_EQ(status(request("GET", "/mixed")), 200);
  EXPECT_EQ(status(request("POST", "/api/own")), 401);
  EXPECT_EQ(status(request("POST", "/unstated")), 401);
  auto page = request("GET", "/page/own");
  page.target = "/page/own?a=b";
  const auto led = router_.handle(page);
  EXPECT_EQ(led.status, 303);
  EXPECT_EQ(led.headers.get("Location"), "/sign-in?next=" + percent_encode("/page/own?a=b"));
  auto sent = request("POST", "/page/own");
  EXPECT_EQ(router_.handle(sent).headers.get("Location"), "/sign-in?next=%2Faccount");
  auto erase = request("POST", "/account/erase");
  EXPECT_EQ(router_.handle(erase).status, 303) << "open to everyone who is known";
}

TEST_F(GateTest, LetsAnOperatorChangeTheirOwnSourcesOnly) {
  EXPECT_EQ(status(by_token("POST", "/api/own")), 200);
  EXPECT_EQ(status(by_token("POST", "/api/foreign")), 403);
  EXPECT_EQ(status(by_token("POST", "/unstated")), 403);
  auto body = by_token("POST", "/preview");
  body.body = R"({"source":"own"})";
  EXPECT_EQ(status(body), 200);
  body.body = R"({"source":"foreign"})";
  EXPECT_EQ(status(body), 403);
  body.body = R"({"url":"https://new.example"})";
  EXPECT_EQ(status(body), 200) << "about no source yet";
  body.headers.set("Content-Type", "application/x-www-form-urlencoded");
  body.body = "source=foreign";
  EXPECT_EQ(status(body), 403);
}

TEST_F(GateTest, FindsTheSourceOfAJobAndOfARecord) {
  auto& writer = shelf_.writer();
  ASSERT_TRUE(writer.put_source(test::source_named("foreign")));
  for (const std::string source : {"own", "foreign"}) {
    auto run = writer.begin(source, true);
    ASSERT_TRUE(run);
    store::Batch batch;
    batch.drafts.push_back(test::draft_of(test::source_named(source), "r", "Title"));
    ASSERT_TRUE(run->apply(batch));
    const int expected = source == "own" ? 200 : 403;
    EXPECT_EQ(status(by_token("POST", "/jobs/" + std::to_string(run->job().id) + "/stop")), expected);
    const auto changes = test::changes_of(*shelf_.store);
    const std::string address = "/records/" + changes.back().id + "/withdraw";
    EXPECT_EQ(status(by_token("POST", address)), expected);
    ASSERT_TRUE(writer.withdraw(changes.back().id));
    EXPECT_EQ(status(by_token("POST", address)), expected) << "of one that is gone, too";
  }
  EXPECT_EQ(status(by_token("POST", "/jobs/99/stop")), 404);
  EXPECT_EQ(status(by_token("POST", "/jobs/x/stop")), 404);
  EXPECT_EQ(status(by_token("POST", "/records/x/withdraw")), 404);
}

TEST_F(GateTest, AsksEveryFormOfASessionForItsKey) {
  EXPECT_EQ(status(by_session("GET", "/page/own")), 200);
  EXPECT_EQ(status(by_session("POST", "/page/own")), 403);
  EXPECT_EQ(status(by_session("POST", "/page/own", "form_key=wrong")), 403);
  EXPECT_EQ(status(by_session("POST", "/page/own", "form_key=" + form_key_)), 200);
  EXPECT_EQ(status(by_session("POST", "/account/erase")), 403);
  auto elsewhere = by_session("POST", "/page/own", "form_key=" + form_key_);
  elsewhere.headers.set("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(status(elsewhere), 403);
  auto json = by_session("POST", "/page/own", R"({"form_key":")" + form_key_ + "\"}");
  json.headers.set("Content-Type", "text/plain");
  EXPECT_EQ(status(json), 403) << "a form is a form";
}

TEST_F(GateTest, TakesNoCookieWhereOtherSitesMayRead) {
  EXPECT_EQ(status(by_session("POST", "/api/own", "form_key=" + form_key_)), 401);
}

TEST_F(GateTest, EndsASessionThatIsIdleOrTooOld) {
  shelf_.clock.turn(std::chrono::minutes(59));
  EXPECT_EQ(status(by_session("GET", "/page/own")), 200);
  shelf_.clock.turn(std::chrono::minutes(59));
  EXPECT_EQ(status(by_session("GET", "/page/own")), 200) << "used since";
  shelf_.clock.turn(std::chrono::hours(1));
  EXPECT_EQ(status(by_session("GET", "/page/own")), 303) << "idle";
  session_ = open_session(shelf_.store->people(), account_.id, shelf_.clock.now()).value();
  for (int i = 0; i < 14; ++i) {
    EXPECT_EQ(status(by_session("GET", "/page/own")), 200) << i;
    shelf_.clock.turn(std::chrono::minutes(51));
  }
  shelf_.clock.turn(std::chrono::minutes(6));
  EXPECT_EQ(status(by_session("GET", "/page/own")), 303) << "twelve hours old";
}

TEST_F(GateTest, GivesNoRoleBeforeTheNoticeIsTaken) {
  const auto fresh = shelf_.store->people().invite("b@example.org", "administrator", {}).value();
  session_ = open_session(shelf_.store->people(), fresh.id, shelf_.clock.now()).value();
  EXPECT_EQ(status(by_session("GET", "/page/own")), 403);
  EXPECT_EQ(status(by_session("GET", "/mixed")), 200);
}

TEST_F(GateTest, SlowsDownWhoTriesTokens) {
  auto wrong = by_token("POST", "/api/own");
  wrong.headers.set("Authorization", "Bearer " + mint_token().text());
  for (int i = 0; i < Attempts::burst; ++i) EXPECT_EQ(status(wrong), 401);
  EXPECT_EQ(status(wrong), 429);
  auto other = by_token("POST", "/api/own");
  other.address = "192.0.2.2";
  EXPECT_EQ(status(other), 200);
}

TEST_F(GateTest, TellsHowToShowAToken) {
  auto made = request("POST", "/api/own");
  EXPECT_EQ(router_.handle(made).headers.get("WWW-Authenticate"), "Bearer");
  made.headers.set("Authorization", "Bearer nonsense");
  EXPECT_EQ(router_.handle(made).status, 401);
  made.headers.set("Authorization", "Basic YTpi");  // a proxy's own
  EXPECT_EQ(router_.handle(made).status, 401);
  auto page = request("GET", "/page/own");
  page.headers.set("Authorization", "Bearer " + mint_token().text());
  EXPECT_EQ(router_.handle(page).status, 401) << "a program is led to no page";
}

TEST_F(GateTest, NotesWhatKnownCallersChangedOrWereRefused) {
  status(by_token("POST", "/api/own"));
  status(by_token("POST", "/api/foreign"));
  status(by_session("GET", "/page/own"));
  status(request("POST", "/api/own"));
  const auto log = shelf_.store->audit().page(0, 10).value();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].outcome, "403");
  EXPECT_EQ(log[1].account, account_.id);
  EXPECT_EQ(log[1].means, "token");
  EXPECT_EQ(log[1].action, "POST /api/{id}");
  EXPECT_EQ(log[1].object, "/api/own");
  EXPECT_EQ(log[1].outcome, "200");
}

}  // namespace
}  // namespace moisson::auth
