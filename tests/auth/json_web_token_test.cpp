#include "auth/json_web_token.h"

#include "tests/auth/signer.h"

#include <gtest/gtest.h>

namespace moisson::auth {
namespace {

using test::key_set;
using test::Signer;

const Signer& rsa() {
  static const Signer made = Signer::rsa("r1");
  return made;
}
const Signer& ec() {
  static const Signer made = Signer::es256("e1");
  return made;
}
std::vector<JsonWebKey> keys() { return read_key_set(key_set({&rsa(), &ec()})).value(); }

constexpr std::string_view claims = R"({"sub":"s"})";

std::string reason(const Result<json::Document>& opened) { return opened ? "taken" : opened.error().message; }

TEST(JsonWebToken, TakesWhatTheProviderSignedWithEitherKindOfKey) {
  for (const Signer* signer : {&rsa(), &ec()}) {
    const auto opened = open_token(signer->sign(claims), keys());
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->root()["sub"].text(), "s");
  }
}

TEST(JsonWebToken, RefusesForgeries) {
  const Signer stranger = Signer::rsa("r1");
  std::string changed = rsa().sign(claims);
  changed[changed.find('.') + 3] ^= 1;
  std::string cut = ec().sign(claims);
  cut.resize(cut.size() - 6);  // to whole groups: 60 bytes of 64
  const std::pair<std::string, std::string> forgeries[] = {
      {test::unsigned_token(claims), "a token that is not signed with RS256 or ES256"},
      {test::hs256(rsa().pem(), R"({"alg":"HS256","kid":"r1"})", claims),
       "a token that is not signed with RS256 or ES256"},
      {test::hs256(rsa().pem(), R"({"alg":"RS256","kid":"r1"})", claims),
       "a token whose signature is not the provider's"},
      {stranger.sign(claims), "a token whose signature is not the provider's"},
      {changed, "a token whose signature is not the provider's"},
      {cut, "a token whose signature is not the provider's"},
      // The algorithm of the other kind of key: the key decides, not the token.
      {rsa().sign(R"({"alg":"ES256","kid":"r1"})", claims),
       "a token signed with a key that the provider does not publish"},
      {rsa().sign(R"({"alg":"RS256","kid":"e1"})", claims),
       "a token signed with a key that the provider does not publish"},
      {rsa().sign(R"({"alg":"RS256","kid":"r9"})", claims),
       "a token signed with a key that the provider does not publish"},
      {rsa().sign(R"({"alg":"RS256","kid":"r1","crit":["exp"]})", claims), "a token that asks for an extension"},
      {rsa().sign("[]", claims), "a token whose header is not JSON"},
      {rsa().sign("[1]"), "a token whose claims are not JSON"},
      {"a.b", "not a signed token"},
      {"", "not a signed token"},
      {"a.b.c.d.e", "not a signed token"},
      {"é.b.c", "a token that is not base64url"},
      {std::string(max_token_bytes + 1, 'a'), "a token of more than 64 KiB"},
  };
  for (const auto& [token, why] : forgeries) EXPECT_EQ(reason(open_token(token, keys())), why) << token.substr(0, 60);
}

TEST(JsonWebToken, SaysWhenTheKeysAreToBeReadAgain) {
  const Signer next = Signer::es256("e2");
  EXPECT_EQ(open_token(next.sign(claims), keys()).error().code, ErrorCode::not_found);
  EXPECT_EQ(open_token(Signer::rsa("r1").sign(claims), keys()).error().code, ErrorCode::refused);
}

TEST(JsonWebKey, LeavesOutKeysThatAreTooWeakOrForSomethingElse) {
  const Signer weak = Signer::rsa("weak", 1024);
  const std::string set =
      R"({"keys":[{"kty":"oct","k":"AAAA"},{"kty":"EC","crv":"P-384","x":"AA","y":"AA"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},)"
      R"({"kty":"RSA","use":"enc","n":"AA","e":"AQAB"},{"kty":"RSA","alg":"RS512","n":"AA","e":"AQAB"},7,{}, )" +
      weak.jwk() + "," + rsa().jwk() + "]}";
  const auto read = read_key_set(set);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().id, "r1");
  EXPECT_EQ(read_key_set("{}").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(read_key_set("<html>").error().code, ErrorCode::invalid_input);
}

TEST(JsonWebKey, LeavesOutAPointThatIsNotOnTheCurve) {
  const std::string x(43, 'A');
  EXPECT_TRUE(read_key_set(R"({"keys":[{"kty":"EC","crv":"P-256","x":")" + x + R"(","y":")" + x + "\"}]}")->empty());
}

// 2024-05-01T12:34:56Z
constexpr std::int64_t now_s = 1'714'566'896;

struct Case {
  std::string_view change;  // "": as it should be; else members that replace those of the same name
  std::string_view claim;   // that is named; "": taken
};

std::string claims_with(std::string_view change) {
  const std::string whole =
      R"("iss":"https://id.example","aud":"moisson","exp":1714567196,"iat":1714566896,"nonce":"n","sub":"s")";
  return "{" + std::string(change) + (change.empty() ? "" : ",") + whole + "}";  // the first member of a name counts
}

TEST(IdToken, IsMeantForUsAndNow) {
  const Case cases[] = {
      {"", ""},
      {R"("aud":["moisson"])", ""},
      {R"("aud":["other","moisson"],"azp":"moisson")", ""},
      {R"("azp":"moisson")", ""},
      {R"("exp":1714566860)", ""},                // within the skew of a minute
      {R"("iss":"https://id.example/")", "iss"},  // another issuer, by one letter
      {R"("iss":null)", "iss"},
      {R"("aud":"other")", "aud"},
      {R"("aud":[])", "aud"},
      {R"("aud":["other"])", "aud"},
      {R"("aud":["other","moisson"])", "azp"},
      {R"("azp":"other")", "azp"},
      {R"("exp":1714566836)", "exp"},
      {R"("exp":"1714567196")", "exp"},
      {R"("exp":1e300)", "exp"},
      {R"("iat":1714566957)", "iat"},
      {R"("iat":null)", "iat"},
      {R"("nbf":1714566957)", "nbf"},
      {R"("nbf":"soon")", "nbf"},
      {R"("nonce":"m")", "nonce"},
      {R"("nonce":null)", "nonce"},
      {R"("sub":"")", "sub"},
      {R"("sub":7)", "sub"},
  };
  const Expected expected{"https://id.example", "moisson", "n", Instant(std::chrono::seconds(now_s))};
  for (const Case& c : cases) {
    const auto document = json::Document::parse(claims_with(c.change));
    ASSERT_TRUE(document) << c.change;
    const auto checked = check_id_token(document->root(), expected);
    EXPECT_EQ(checked ? "" : checked.error().where, c.claim) << c.change;
    EXPECT_TRUE(checked || checked.error().code == ErrorCode::refused) << c.change;
  }
}

}  // namespace
}  // namespace moisson::auth
