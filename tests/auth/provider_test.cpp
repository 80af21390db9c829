#include "auth/provider.h"

#include "auth/desk.h"
#include "core/base64.h"
#include "core/hash.h"
#include "core/url.h"
#include "http/query_string.h"
#include "net/curl_fetcher.h"
#include "tests/auth/signer.h"
#include "tests/fetcher_options.h"
#include "tests/portal/portal.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::auth {
namespace {

using test::Signer;

// A provider that answers as its test says: the one of a browser's test is npm's oidc-provider.
class ProviderTest : public testing::Test {
 protected:
  ProviderTest() : portal_([this](const http::Request& request) { return answer(request); }) {
    issuer_ = portal_.url();
    describe("client_secret_basic");
    portal_.put("/keys", test::key_set({&rsa_}), "application/json");
    options_ = {issuer_, "moisson", "s3cret/+", "https://catalog.example/sign-in/callback",
                "https://catalog.example/signed-out"};
  }

  void describe(std::string_view method, std::string_view issuer = {}) {
    portal_.put("/.well-known/openid-configuration",
                R"({"issuer":")" + std::string(issuer.empty() ? issuer_ : issuer) + R"(","authorization_endpoint":")" +
                    issuer_ + R"(/auth?tenant=1","token_endpoint":")" + issuer_ + R"(/token","jwks_uri":")" + issuer_ +
                    R"(/keys","userinfo_endpoint":")" + issuer_ + R"(/me","end_session_endpoint":")" + issuer_ +
                    R"(/end","token_endpoint_auth_methods_supported":[")" + std::string(method) + "\"]}",
                "application/json");
  }

  http::Response answer(const http::Request& request) {
    if (request.path == "/token" && request.method == "POST") {
      token_request_ = request;
      if (id_token_.empty()) return test::answer(400, R"({"error":"invalid_grant"})", "application/json");
      return test::answer(200, R"({"token_type":"Bearer","access_token":"access","id_token":")" + id_token_ + "\"}",
                          "application/json");
    }
    if (request.path == "/me") {
      if (request.headers.get("Authorization") != "Bearer access") return test::answer(401);
      return test::answer(200, user_info_, user_info_.starts_with('{') ? "application/json" : "application/jwt");
    }
    return test::answer(404);
  }

  std::string claims(std::string_view more = R"(,"email":"ada@example.org","email_verified":true)") const {
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(shelf_.clock.now().time_since_epoch()).count();
    return R"({"iss":")" + issuer_ + R"(","aud":"moisson","sub":"s-1","nonce":")" + challenge_.nonce + R"(","iat":)" +
           std::to_string(now) + R"(,"exp":)" + std::to_string(now + 300) + std::string(more) + "}";
  }

  std::unique_ptr<Provider> provider() {
    return std::make_unique<Provider>(
        options_,
        [this] {
          net::FetcherOptions made = test::fetcher_options();
          made.robots = false;
          return std::make_unique<net::CurlFetcher>(made, gate_, std::stop_token());
        },
        shelf_.clock);
  }

  Signer rsa_ = Signer::rsa("r1");
  test::Shelf shelf_;
  Challenge challenge_{"state", "nonce", "verifier"};
  std::string issuer_, id_token_, user_info_;
  ProviderOptions options_;
  http::Request token_request_;
  net::HostGate gate_;
  test::Portal portal_;
};

http::Parameters query_of(const std::string& url) {
  return http::parse_query_string(url.substr(url.find('?') + 1)).value();
}

TEST_F(ProviderTest, SendsAPersonThereWithAChallengeWhoseAnswerItKeeps) {
  const auto url = provider()->sign_in_url(challenge_);
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_TRUE(url->starts_with(issuer_ + "/auth?tenant=1&"));
  const auto query = query_of(*url);
  EXPECT_EQ(http::first(query, "response_type"), "code");
  EXPECT_EQ(http::first(query, "scope"), "openid email");
  EXPECT_EQ(http::first(query, "state"), "state");
  EXPECT_EQ(http::first(query, "nonce"), "nonce");
  EXPECT_EQ(http::first(query, "code_challenge"), base64url(sha256("verifier")));
  EXPECT_EQ(http::first(query, "code_challenge_method"), "S256");
  EXPECT_EQ(http::first(query, "redirect_uri"), options_.redirect_uri);
}

TEST_F(ProviderTest, KnowsWhoComesBack) {
  id_token_ = rsa_.sign(claims());
  const auto person = provider()->exchange("the code", challenge_);
  ASSERT_TRUE(person) << person.error().message;
  EXPECT_EQ(person->subject, "s-1");
  EXPECT_EQ(person->mail, "ada@example.org");
  const auto form = http::parse_query_string(token_request_.body).value();
  EXPECT_EQ(http::first(form, "code"), "the code");
  EXPECT_EQ(http::first(form, "code_verifier"), "verifier");
  EXPECT_EQ(http::first(form, "client_secret"), "");
  // RFC 6749 §2.3.1: "moisson:s3cret%2F%2B".
  EXPECT_EQ(token_request_.headers.get("Authorization"), "Basic bW9pc3NvbjpzM2NyZXQlMkYlMkI=");
}

TEST_F(ProviderTest, ShowsItsSecretInTheFormWhereTheProviderWantsThat) {
  describe("client_secret_post");
  id_token_ = rsa_.sign(claims());
  ASSERT_TRUE(provider()->exchange("code", challenge_));
  EXPECT_EQ(token_request_.headers.get("Authorization"), "");
  EXPECT_EQ(http::first(http::parse_query_string(token_request_.body).value(), "client_secret"), "s3cret/+");
}

TEST_F(ProviderTest, AsksForTheMailAddressWhereTheTokenDoesNotTellIt) {
  id_token_ = rsa_.sign(claims(""));
  user_info_ = R"({"sub":"s-1","email":"ada@example.org"})";
  EXPECT_EQ(provider()->exchange("code", challenge_)->mail, "ada@example.org");
  user_info_ = rsa_.sign(R"({"iss":")" + issuer_ + R"(","sub":"s-1","email":"signed@example.org"})");
  EXPECT_EQ(provider()->exchange("code", challenge_)->mail, "signed@example.org") << "as ProConnect answers";
  user_info_ = R"({"sub":"s-2","email":"ada@example.org"})";
  EXPECT_EQ(provider()->exchange("code", challenge_).error().where, "sub");
  user_info_ = R"({"sub":"s-1","email":"ada@example.org","email_verified":false})";
  EXPECT_EQ(provider()->exchange("code", challenge_).error().where, "email_verified");
  user_info_ = R"({"sub":"s-1"})";
  EXPECT_EQ(provider()->exchange("code", challenge_).error().where, "email");
  user_info_ = Signer::rsa("r1").sign(R"({"sub":"s-1","email":"ada@example.org"})");
  EXPECT_EQ(provider()->exchange("code", challenge_).error().code, ErrorCode::refused);
}

TEST_F(ProviderTest, RefusesATokenThatIsNotForThisSignIn) {
  const auto fails = [&](const std::string& token, std::string_view why) {
    id_token_ = token;
    const auto person = provider()->exchange("code", challenge_);
    ASSERT_FALSE(person) << why;
    EXPECT_EQ(person.error().code, ErrorCode::refused) << why;
  };
  fails(rsa_.sign(R"({"iss":"https://other.example",)" + claims().substr(1)), "another issuer");
  fails(rsa_.sign(R"({"aud":"other",)" + claims().substr(1)), "another audience");
  fails(rsa_.sign(R"({"exp":1,)" + claims().substr(1)), "expired");
  fails(rsa_.sign(R"({"nonce":"replayed",)" + claims().substr(1)), "another nonce");
  fails(test::unsigned_token(claims()), "alg none");
  fails(test::hs256(rsa_.pem(), R"({"alg":"HS256","kid":"r1"})", claims()), "the public key as an HMAC key");
  fails(Signer::rsa("r1").sign(claims()), "another key of that name");
  id_token_.clear();
  const auto person = provider()->exchange("used code", challenge_);
  EXPECT_EQ(person.error().code, ErrorCode::invalid_input) << person.error().message;
  EXPECT_EQ(person.error().message.find("s3cret"), std::string::npos);
}

TEST_F(ProviderTest, ReadsTheKeysAnewWhenTheProviderTakesOthersButNotForEveryForgery) {
  const auto one = provider();
  id_token_ = rsa_.sign(claims());
  ASSERT_TRUE(one->exchange("code", challenge_));
  const auto key_readings = [&] {
    const auto asked = portal_.asked();
    return std::count(asked.begin(), asked.end(), "/keys");
  };
  EXPECT_EQ(key_readings(), 1);

  const Signer next = Signer::es256("e2");
  portal_.put("/keys", test::key_set({&next, &rsa_}), "application/json");
  id_token_ = next.sign(claims());
  EXPECT_FALSE(one->exchange("code", challenge_)) << "read less than a minute ago";
  EXPECT_EQ(key_readings(), 1);
  shelf_.clock.turn(std::chrono::minutes(1));
  id_token_ = next.sign(claims());
  EXPECT_TRUE(one->exchange("code", challenge_));
  EXPECT_EQ(key_readings(), 2);
  id_token_ = Signer::es256("e9").sign(claims());
  EXPECT_FALSE(one->exchange("code", challenge_));
  EXPECT_EQ(key_readings(), 2);
}

TEST_F(ProviderTest, BelievesNoDescriptionOfAnotherIssuer) {
  describe("client_secret_basic", "https://other.example");
  EXPECT_EQ(provider()->sign_in_url(challenge_).error().where, "issuer");
}

TEST_F(ProviderTest, IsNotAskedAgainAtOnceWhenItDoesNotAnswer) {
  const auto one = provider();
  portal_.remove("/.well-known/openid-configuration");
  EXPECT_FALSE(one->sign_in_url(challenge_));
  describe("client_secret_basic");
  EXPECT_FALSE(one->sign_in_url(challenge_)) << "half a minute has not passed";
  shelf_.clock.turn(std::chrono::seconds(30));
  EXPECT_TRUE(one->sign_in_url(challenge_));
}

TEST_F(ProviderTest, EndsTheSessionThereToo) {
  const auto query = query_of(provider()->sign_out_url("token"));
  EXPECT_EQ(http::first(query, "id_token_hint"), "token");
  EXPECT_EQ(http::first(query, "client_id"), "moisson");
  EXPECT_EQ(http::first(query, "post_logout_redirect_uri"), options_.signed_out_uri);
}

// The desk over this provider: from the button to the session.
class DeskTest : public ProviderTest {
 protected:
  Desk desk(bool newcomers = false) {
    return Desk(shelf_.store->people(), shelf_.store->audit(), attempts_, provider(), shelf_.clock, {false, newcomers});
  }
  static std::string cookie_in(const Step& step, std::string_view name) {
    for (const std::string& cookie : step.cookies)
      if (cookie.starts_with(std::string(name) + "=")) return cookie.substr(0, cookie.find(';'));
    return {};
  }
  // Goes to the provider and comes back with a token of these claims.
  Result<Step> through(Desk& desk, std::string next = "/jobs/1",
                       std::string_view more = R"(,"email":"ada@example.org")") {
    http::Request start;
    start.query = {{"next", std::move(next)}};
    auto begun = desk.begin(start);
    if (!begun) return begun;
    const auto query = query_of(begun->location);
    challenge_.nonce = http::first(query, "nonce");
    id_token_ = rsa_.sign(claims(more));
    back_ = {};
    back_.query = {{"code", "code"}, {"state", std::string(http::first(query, "state"))}};
    back_.headers.set("Cookie", cookie_in(*begun, "moisson-sign-in"));
    return desk.finish(back_);
  }
  store::People& people() { return shelf_.store->people(); }

  Attempts attempts_;
  http::Request back_;
};

TEST_F(DeskTest, LetsInWhoWasInvitedAndKeepsTheirIdAndMailAddressOnly) {
  const auto invited = people().invite("Ada@example.org", "operator", {"a"}).value();
  Desk desk = this->desk();
  auto step = through(desk, "/jobs/1", R"(,"email":"ada@example.org","given_name":"Ada","siret":"1234")");
  ASSERT_TRUE(step) << step.error().message;
  EXPECT_EQ(step->location, "/account") << "the notice comes first";
  const auto account = people().account(invited.id).value();
  EXPECT_EQ(account.subject, "s-1");
  EXPECT_EQ(account.issuer, issuer_);
  ASSERT_TRUE(people().take_notice(invited.id));
  step = through(desk);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->location, "/jobs/1");
  EXPECT_EQ(shelf_.store->audit().page(0, 1)->front().action, "sign_in");
}

TEST_F(DeskTest, RefusesAStateThatIsReplayedForgedOrOfAnotherBrowser) {
  ASSERT_TRUE(people().invite("ada@example.org", "operator", {"a"}));
  Desk desk = this->desk();
  ASSERT_TRUE(through(desk));
  EXPECT_EQ(desk.finish(back_).error().where, "state") << "replayed";
  http::Request forged = back_;
  forged.query = {{"code", "code"}, {"state", "made up"}};
  EXPECT_EQ(desk.finish(forged).error().where, "state");
  http::Request start;
  const auto begun = desk.begin(start).value();
  http::Request stolen;
  stolen.query = {{"code", "code"}, {"state", std::string(http::first(query_of(begun.location), "state"))}};
  EXPECT_EQ(desk.finish(stolen).error().where, "state") << "without the browser's cookie";
}

TEST_F(DeskTest, LeadsToNoOtherSite) {
  const auto invited = people().invite("ada@example.org", "operator", {"a"}).value();
  ASSERT_TRUE(people().take_notice(invited.id));
  Desk desk = this->desk();
  EXPECT_EQ(through(desk, "//evil.example/")->location, "/account");
  EXPECT_EQ(through(desk, "https://evil.example/")->location, "/account");
}

TEST_F(DeskTest, TakesANewSessionAtEachSignIn) {
  ASSERT_TRUE(people().invite("ada@example.org", "operator", {"a"}));
  Desk desk = this->desk();
  const auto first = cookie_in(*through(desk), "moisson");
  const auto second = cookie_in(*through(desk), "moisson");
  EXPECT_NE(first, second);
  http::Request out;
  out.headers.set("Cookie", second);
  const auto step = desk.sign_out(out);
  ASSERT_TRUE(step);
  EXPECT_TRUE(step->location.starts_with(issuer_ + "/end?"));
  EXPECT_EQ(people().session(sha256_hex(second.substr(8))).error().code, ErrorCode::not_found);
}

TEST_F(DeskTest, LetsInNobodyElseUnlessNewcomersMayRegisterPortals) {
  Desk strict = desk();
  EXPECT_EQ(through(strict).error().code, ErrorCode::refused);
  EXPECT_TRUE(people().accounts()->empty()) << "nothing is kept of who was refused";
  Desk open = desk(true);
  ASSERT_TRUE(through(open));
  EXPECT_EQ(people().accounts()->front().role, "operator");
  EXPECT_TRUE(people().accounts()->front().sources.empty());
}

TEST_F(DeskTest, GivesNoAccountToAnotherPersonWithItsMailAddress) {
  const auto invited = people().invite("ada@example.org", "administrator", {}).value();
  ASSERT_TRUE(people().signed_in(invited.id, issuer_, "somebody", "ada@example.org"));
  Desk desk = this->desk(true);
  EXPECT_EQ(through(desk).error().where, "email");
}

TEST_F(DeskTest, TellsWhatTheProviderSaysAndSlowsDownWhoTriesTooOften) {
  Desk desk = this->desk();
  const auto begun = desk.begin({}).value();
  http::Request back;
  back.headers.set("Cookie", cookie_in(begun, "moisson-sign-in"));
  back.query = {{"error", "access_denied"}, {"state", std::string(http::first(query_of(begun.location), "state"))}};
  EXPECT_EQ(desk.finish(back).error().message, "the provider said: access_denied");
  int allowed = 0;
  while (allowed < 100 && desk.begin({})) ++allowed;
  EXPECT_EQ(allowed, Attempts::burst - 2);
}

}  // namespace
}  // namespace moisson::auth
