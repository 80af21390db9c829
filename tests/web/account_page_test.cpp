#include "site.h"

#include "markup.h"
#include "store/audit_log.h"
#include "store/outbox.h"
#include "store/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

using http::Role;
using testing::HasSubstr;
using testing::Not;

class AccountPage : public testing::Test {
 protected:
  AccountPage() { sign_in("ada@example.org", Role::operator_, {"aix", "<b>"}); }

  void sign_in(std::string mail, Role role, std::vector<std::string> sources, bool noticed = true) {
    const auto account = people().invite(mail, http::to_string(role), sources).value();
    EXPECT_TRUE(!noticed || people().take_notice(account.id));
    site_.identity = {http::Identity::By::session,     account.id,         mail,
                      noticed ? role : Role::everyone, std::move(sources), "the-form-key"};
  }
  store::People& people() { return site_.store().people(); }
  std::string page(std::string_view path) {
    const Answer answer = site_.get(path);
    EXPECT_EQ(answer.status, 200) << path;
    const auto read = read_markup(without_our_style(answer.body), false);
    EXPECT_EQ(read.fault, "") << path;
    EXPECT_EQ(read.danger(), "") << path;
    EXPECT_THAT(answer.body, HasSubstr("noindex")) << path;
    return answer.body;
  }
  Site site_;
};

TEST_F(AccountPage, AsksToSignInWhoIsNotKnown) {
  site_.identity = {};
  const Answer answer = site_.get("/account");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(answer.headers.get("Location"), "/sign-in?next=%2Faccount");
  EXPECT_THAT(page("/sign-in"), HasSubstr("aucun fournisseur d’identité n’est configuré"));
}

TEST_F(AccountPage, ShowsTheNoticeUntilItIsTaken) {
  sign_in("bob@example.org", Role::reader, {}, false);
  EXPECT_THAT(page("/account"), HasSubstr("Avant de commencer"));
  EXPECT_EQ(site_.post("/account/notice", "form_key=the-form-key").status, 303);
  EXPECT_TRUE(people().account(site_.identity.account)->noticed);
  EXPECT_THAT(page("/account"), Not(HasSubstr("Avant de commencer")));
}

TEST_F(AccountPage, PutsTheFormKeyIntoEveryForm) {
  people().add_source(site_.identity.account, "nice").value();
  const std::string body = page("/account");
  std::size_t forms = 0, keys = 0;
  for (auto at = body.find("method=\"post\""); at != body.npos; at = body.find("method=\"post\"", at + 1)) ++forms;
  for (auto at = body.find("value=\"the-form-key\""); at != body.npos; at = body.find("value=\"the-form-key\"", at + 1))
    ++keys;
  EXPECT_GE(forms, 4U);
  EXPECT_EQ(forms, keys);
  EXPECT_THAT(body, HasSubstr("&lt;b&gt;"));
}

TEST_F(AccountPage, TellsANewTokenOnceAndSaysWhatIsWrongWithAWish) {
  const Answer made = site_.post("/account/tokens", "name=essai&role=operator&days=30&sources=aix");
  EXPECT_EQ(made.status, 200);
  EXPECT_THAT(made.body, HasSubstr("moisson_"));
  EXPECT_THAT(page("/account"), Not(HasSubstr("moisson_")));
  EXPECT_EQ(people().tokens(site_.identity.account)->size(), 1U);
  for (const auto& [form, why] : {std::pair{"name=&role=reader&days=30", "Donnez un nom"},
                                  {"name=a&role=reader&days=0", "366 jours"},
                                  {"name=a&role=administrator&days=9", "ne peut pas plus"},
                                  {"name=a&role=nonsense&days=9", "ne peut pas plus"},
                                  {"name=a&role=reader&days=9&sources=aix,lyon", "tous ces portails"}}) {
    const Answer refused = site_.post("/account/tokens", form);
    EXPECT_EQ(refused.status, 400) << form;
    EXPECT_THAT(refused.body, HasSubstr(why)) << form;
  }
  EXPECT_EQ(people().tokens(site_.identity.account)->size(), 1U);
}

TEST_F(AccountPage, RevokesOnesOwnTokensOnly) {
  site_.post("/account/tokens", "name=essai&role=reader&days=30");
  const std::string id = people().tokens("")->front().id;
  sign_in("eve@example.org", Role::administrator, {});
  EXPECT_EQ(site_.post("/account/tokens/revoke", "id=" + id).status, 404);
  EXPECT_FALSE(people().token(id)->revoked);
  site_.identity.account = people().account_with_mail("ada@example.org")->id;
  EXPECT_EQ(site_.post("/account/tokens/revoke", "id=" + id).status, 303);
  EXPECT_TRUE(people().token(id)->revoked);
}

TEST_F(AccountPage, ErasesOnlyWhoIsSure) {
  EXPECT_EQ(site_.post("/account/erase", "").status, 400);
  EXPECT_TRUE(people().account(site_.identity.account));
  const Answer erased = site_.post("/account/erase", "sure=yes");
  EXPECT_EQ(erased.status, 303);
  EXPECT_THAT(std::string(erased.headers.get("Set-Cookie")), HasSubstr("Max-Age=0"));
  EXPECT_FALSE(people().account(site_.identity.account));
}

TEST_F(AccountPage, KeepsWhatIsWishedToBeToldOf) {
  EXPECT_EQ(site_.post("/account/watch", "event=held&event=failed&event=nonsense").status, 303);
  EXPECT_EQ(*site_.store().outbox().watched(site_.identity.account), (std::vector<std::string>{"failed", "held"}));
  EXPECT_THAT(page("/account"), HasSubstr("value=\"held\" checked=\"checked\""));
}

TEST_F(AccountPage, LetsAnAdministratorInviteChangeAndEraseOthers) {
  sign_in("root@example.org", Role::administrator, {});
  EXPECT_EQ(site_.post("/people", "mail=Bob@example.org&role=operator&sources=aix,+nice").status, 303);
  auto bob = people().account_with_mail("bob@example.org").value();
  EXPECT_EQ(bob.sources, (std::vector<std::string>{"aix", "nice"}));
  EXPECT_EQ(site_.post("/people", "mail=bob@example.org&role=reader").status, 400);
  EXPECT_EQ(site_.post("/people", "mail=nobody&role=reader").status, 400);
  EXPECT_EQ(site_.post("/people", "mail=eve@example.org&role=everyone").status, 400);
  EXPECT_EQ(site_.post("/people/role", "account=" + bob.id + "&role=reader&sources=aix").status, 303);
  EXPECT_EQ(people().account(bob.id)->role, "reader");
  const std::string body = page("/people");
  EXPECT_THAT(body, HasSubstr("value=\"reader\" selected=\"selected\""));
  EXPECT_EQ(site_.post("/people/role", "account=" + site_.identity.account + "&role=reader").status, 400) << "oneself";
  EXPECT_EQ(site_.post("/people/erase", "account=" + bob.id).status, 303);
  EXPECT_FALSE(people().account(bob.id));
  EXPECT_EQ(site_.post("/people/erase", "account=" + bob.id).status, 404);
}

TEST_F(AccountPage, TellsTheSecretOfAWebhookOnceAndTakesWebAddressesOnly) {
  for (const char* wrong : {"", "ftp://a.example/", "https://a:b@c.example/", "javascript:alert(1)"})
    EXPECT_EQ(site_.post("/account/webhooks", std::string("url=") + wrong).status, 400) << wrong;
  const Answer added = site_.post("/account/webhooks", "url=https://hook.example/a");
  EXPECT_EQ(added.status, 200);
  EXPECT_THAT(added.body, HasSubstr("secret des signatures"));
  const std::string body = page("/account");
  EXPECT_THAT(body, HasSubstr("https://hook.example/a"));
  EXPECT_THAT(body, Not(HasSubstr("secret des signatures. Copiez")));
  const auto& outbox = site_.store().outbox();
  const std::string id = outbox.webhooks(site_.identity.account)->front().id;
  EXPECT_EQ(site_.post("/account/webhooks/remove", "id=" + id).status, 303);
  EXPECT_TRUE(outbox.webhooks(site_.identity.account)->empty());
}

TEST_F(AccountPage, ShowsTheAuditLogWithNamesOfThoseWhoAreStillThere) {
  auto& audit = site_.store().audit();
  const std::string gone = people().invite("gone@example.org", "reader", {})->id;
  ASSERT_TRUE(people().erase(gone));
  ASSERT_TRUE(audit.append({0, {}, site_.identity.account, "session", "sign_in", "", "done"}));
  ASSERT_TRUE(audit.append({0, {}, gone, "token", "POST /api/<x>", "/api/1", "200"}));
  ASSERT_TRUE(audit.append({0, {}, "", "command", "token_made", site_.identity.account, "done"}));
  const std::string body = page("/audit");
  for (const char* told :
       {"ada@example.org", "compte effacé", "connexion", "POST /api/&lt;x&gt;", "ligne de commande", "jeton créé"})
    EXPECT_THAT(body, HasSubstr(told));
  EXPECT_THAT(body, Not(HasSubstr("gone@example.org")));
}

TEST_F(AccountPage, ShowsThatSomebodyIsSignedInOnTheirOwnPagesOnly) {
  EXPECT_THAT(page("/account"), HasSubstr("ada@example.org"));
  EXPECT_THAT(site_.get("/about").body, Not(HasSubstr("ada@example.org")));
  EXPECT_EQ(site_.get("/about").headers.get("Cache-Control"), "no-cache");
  EXPECT_EQ(site_.get("/account").headers.get("Cache-Control"), "private, no-store");
}

}  // namespace
}  // namespace moisson::web::test
