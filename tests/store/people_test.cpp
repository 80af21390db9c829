#include "store/people.h"

#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::store {
namespace {

using test::Shelf;

using std::chrono::hours;
using Sources = std::vector<std::string>;

class PeopleTest : public testing::Test {
 protected:
  People& people() { return shelf_.store->people(); }
  Account invited(std::string_view mail = "Ada@Example.org", std::string_view role = "operator",
                  const Sources& sources = {"b", "a"}) {
    return people().invite(mail, role, sources).value();
  }
  Shelf shelf_;
};

TEST_F(PeopleTest, KnowsWhoWasInvitedByMailUntilTheirFirstSignIn) {
  const auto account = invited();
  EXPECT_EQ(account.mail, "ada@example.org");
  EXPECT_EQ(account.sources, (Sources{"a", "b"}));
  EXPECT_EQ(people().account_with_mail("ADA@example.org")->id, account.id);
  EXPECT_EQ(people().account_of("", "").error().code, ErrorCode::not_found);
  EXPECT_EQ(people().invite("ada@example.org", "reader", {}).error().code, ErrorCode::conflict);

  ASSERT_TRUE(people().signed_in(account.id, "https://id.example", "sub-1", "ada@new.example"));
  const auto found = people().account_of("https://id.example", "sub-1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, account.id);
  EXPECT_EQ(found->mail, "ada@new.example");
  EXPECT_EQ(found->last_seen, shelf_.clock.now());
}

TEST_F(PeopleTest, GivesNobodyTheMailAddressOfAnother) {
  const auto first = invited("a@example.org");
  const auto second = invited("b@example.org");
  EXPECT_EQ(people().signed_in(second.id, "https://id.example", "s", "A@example.org").error().code,
            ErrorCode::conflict);
  EXPECT_EQ(people().account(second.id)->mail, "b@example.org");
}

TEST_F(PeopleTest, EndsTheSessionsOfWhoseRoleChanges) {
  const auto account = invited();
  ASSERT_TRUE(people().open_session("h", account.id, "key"));
  EXPECT_EQ(people().session("h")->account.role, "operator");
  EXPECT_EQ(people().session("h")->form_key, "key");
  ASSERT_TRUE(people().set_role(account.id, "reader", {"c"}));
  EXPECT_EQ(people().session("h").error().code, ErrorCode::not_found);
  EXPECT_EQ(people().account(account.id)->sources, (Sources{"c"}));
}

TEST_F(PeopleTest, ForgetsSessionsThatAreTooOldOrIdle) {
  const auto account = invited();
  ASSERT_TRUE(people().open_session("old", account.id, "key"));
  shelf_.clock.turn(hours(3));
  ASSERT_TRUE(people().open_session("idle", account.id, "key"));
  shelf_.clock.turn(hours(3));
  ASSERT_TRUE(people().touch_session("old"));
  ASSERT_TRUE(people().open_session("new", account.id, "key"));
  const auto now = shelf_.clock.now();
  ASSERT_TRUE(people().forget_sessions(now - hours(4), now - hours(1)));
  EXPECT_FALSE(people().session("old"));
  EXPECT_FALSE(people().session("idle"));
  EXPECT_TRUE(people().session("new"));
}

TEST_F(PeopleTest, KeepsATokenUntilItsPersonIsErased) {
  const auto account = invited();
  Token token;
  token.id = "t1";
  token.account = account.id;
  token.name = "ci";
  token.hash = "argon";
  token.role = "reader";
  token.sources = {"a", "b"};
  token.created = shelf_.clock.now();
  token.expires = token.created + hours(24);
  ASSERT_TRUE(people().add_token(token));
  ASSERT_TRUE(people().token_used("t1"));
  ASSERT_TRUE(people().revoke_token("t1"));
  const auto read = people().token("t1");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->sources, token.sources);
  EXPECT_EQ(read->expires, token.expires);
  EXPECT_EQ(read->revoked, shelf_.clock.now());
  EXPECT_EQ(people().tokens(account.id)->size(), 1U);
  EXPECT_EQ(people().revoke_token("t2").error().code, ErrorCode::not_found);

  ASSERT_TRUE(people().open_session("h", account.id, "key"));
  ASSERT_TRUE(people().erase(account.id));
  EXPECT_EQ(people().token("t1").error().code, ErrorCode::not_found);
  EXPECT_EQ(people().session("h").error().code, ErrorCode::not_found);
  EXPECT_EQ(people().account(account.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(people().accounts()->empty());
  EXPECT_EQ(people().erase(account.id).error().code, ErrorCode::not_found);
}

TEST_F(PeopleTest, AddsASourceToThoseThatAnAccountLooksAfter) {
  const auto account = invited();
  ASSERT_TRUE(people().add_source(account.id, "c"));
  ASSERT_TRUE(people().add_source(account.id, "c"));
  EXPECT_EQ(people().account(account.id)->sources, (Sources{"a", "b", "c"}));
  EXPECT_EQ(people().add_source("nobody", "c").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace moisson::store
