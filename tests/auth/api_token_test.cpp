#include "auth/api_token.h"
#include "auth/secret.h"
#include "auth/token_check.h"

#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::auth {
namespace {

using http::Role;

TEST(ApiToken, ReadsBackWhatItWrote) {
  const ApiToken token = mint_token();
  EXPECT_EQ(bearer_token("Bearer " + token.text()), token);
  EXPECT_EQ(bearer_token("bearer  " + token.text() + " "), token);
  EXPECT_NE(mint_token().secret, token.secret);
}

TEST(ApiToken, IsNothingElse) {
  const std::string text = mint_token().text();
  for (const std::string& other : {std::string(), std::string("Bearer "), "Basic " + text, text, "Bearer " + text + "x",
                                   "Bearer " + text.substr(1), "Bearer x" + text.substr(1),
                                   std::string("Bearer ") + std::string(text.size(), '_')})
    EXPECT_EQ(bearer_token(other), std::nullopt) << other;
}

TEST(Secret, IsKeptAsAnArgon2idHash) {
  const std::string hash = hash_secret("secret");
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_EQ(hash.find("secret"), std::string::npos);
  EXPECT_TRUE(matches_hash("secret", hash));
  EXPECT_FALSE(matches_hash("Secret", hash));
  EXPECT_FALSE(matches_hash("secret", "no hash"));
}

TEST(Token, MayWhatItsAccountMayAndNoMore) {
  struct Case {
    std::string_view account_role;
    std::vector<std::string> account_sources;
    std::string_view token_role;
    std::vector<std::string> token_sources;
    Role role;
    std::vector<std::string> sources;
  };
  const Case cases[] = {
      {"operator", {"a", "b"}, "operator", {}, Role::operator_, {"a", "b"}},
      {"operator", {"a", "b"}, "reader", {"a"}, Role::reader, {"a"}},
      {"operator", {"a"}, "operator", {"a", "c"}, Role::operator_, {"a"}},
      {"reader", {"a"}, "operator", {"a"}, Role::reader, {"a"}},  // the account's role was lowered since
      {"everyone", {"a"}, "operator", {"a"}, Role::everyone, {}},
      {"operator", {"*"}, "operator", {"c"}, Role::operator_, {"c"}},
      {"administrator", {}, "administrator", {}, Role::administrator, {"*"}},
      {"administrator", {}, "operator", {}, Role::operator_, {"*"}},
      {"administrator", {}, "administrator", {"a"}, Role::operator_, {"a"}},  // for one source, it is no
                                                                              // administrator's
      {"reader", {"a"}, "nonsense", {}, Role::everyone, {"a"}},
  };
  for (const Case& c : cases) {
    store::Account account;
    account.role = c.account_role;
    account.sources = c.account_sources;
    store::Token token;
    token.role = c.token_role;
    token.sources = c.token_sources;
    const auto identity = identity_of(token, account);
    EXPECT_EQ(identity.role, c.role) << c.account_role << " " << c.token_role;
    EXPECT_EQ(identity.sources, c.sources) << c.account_role << " " << c.token_role;
    EXPECT_EQ(identity.by, http::Identity::By::token);
  }
}

class TokenCheckTest : public testing::Test {
 protected:
  TokenCheckTest() : account_(shelf_.store->people().invite("a@example.org", "operator", {"a"}).value()) {}

  ApiToken put(std::chrono::hours lifetime) {
    const ApiToken minted = mint_token();
    store::Token token;
    token.id = minted.id;
    token.account = account_.id;
    token.name = "ci";
    token.role = "operator";
    token.hash = hash_secret(minted.secret);
    token.created = shelf_.clock.now();
    token.expires = token.created + lifetime;
    EXPECT_TRUE(shelf_.store->people().add_token(token));
    return minted;
  }

  test::Shelf shelf_;
  store::Account account_;
  TokenCheck check_{shelf_.store->people(), shelf_.clock};
};

TEST_F(TokenCheckTest, KnowsWhoShowsATokenAndWhenItWasUsed) {
  const ApiToken token = put(std::chrono::hours(1));
  for (int times = 0; times < 2; ++times) {  // hashed, then known again
    const auto identity = check_.check(token);
    ASSERT_TRUE(identity) << identity.error().message;
    EXPECT_EQ(identity->name, "ci (a@example.org)");
    EXPECT_TRUE(identity->may(Role::operator_, "a"));
  }
  EXPECT_EQ(shelf_.store->people().token(token.id)->last_used, shelf_.clock.now());
}

TEST_F(TokenCheckTest, RefusesInTheSameWordsWhatIsWrongUnknownExpiredRevokedOrErased) {
  const ApiToken token = put(std::chrono::hours(1));
  ASSERT_TRUE(check_.check(token));
  const auto refusal = [&](const ApiToken& shown) {
    const auto checked = check_.check(shown);
    return checked ? Error{} : checked.error();
  };
  const Error words = refusal({mint_token().id, token.secret});
  EXPECT_EQ(words.code, ErrorCode::refused);
  EXPECT_EQ(refusal({token.id, mint_token().secret}), words);
  shelf_.clock.turn(std::chrono::hours(1));
  EXPECT_EQ(refusal(token), words) << "expired";

  const ApiToken second = put(std::chrono::hours(9));
  ASSERT_TRUE(check_.check(second));
  ASSERT_TRUE(shelf_.store->people().revoke_token(second.id));
  EXPECT_EQ(refusal(second), words) << "revoked, though it was known";

  const ApiToken third = put(std::chrono::hours(9));
  ASSERT_TRUE(check_.check(third));
  ASSERT_TRUE(shelf_.store->people().erase(account_.id));
  EXPECT_EQ(refusal(third), words) << "erased with its account";
}

}  // namespace
}  // namespace moisson::auth
