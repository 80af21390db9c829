#include "web/account_page.h"

#include "auth/desk.h"
#include "auth/secret.h"
#include "core/url.h"
#include "http/query_string.h"
#include "notify/event.h"
#include "store/outbox.h"
#include "web/calendar.h"
#include "web/form.h"

#include <algorithm>
#include <charconv>

namespace moisson::web {
namespace {

using http::Role;

constexpr std::string_view account_path = "/account";

std::string role_word(const Words& words, std::string_view role) {
  return std::string(words("role." + std::string(role)));
}

void list_tokens(const Page& page, const std::vector<store::Token>& tokens, Model& model) {
  const Words& words = page.words();
  Model* table = tokens.empty() ? nullptr : &model.add("TOKENS");
  for (const store::Token& token : tokens) {
    const bool active = !token.revoked && token.expires > page.now();
    Model& row = table->add("ROW");
    row.set("NAME", token.name)
        .set("ID", token.id)
        .set("ROLE", role_word(words, token.role))
        .maybe("SOURCES", joined(token.sources))
        .set("EXPIRES", day(words, token.expires))
        .set("LAST_USED", token.last_used ? ago(words, *token.last_used, page.now()) : std::string(words("word.never")))
        .set("STATE", std::string(words(token.revoked ? "token.revoked"
                                        : active      ? "token.active"
                                                      : "token.expired")))
        .show_if(active, "REVOKE");
  }
}

void list_sources(const Page& page, const store::Account& account, Model& model) {
  const bool all = account.role == http::to_string(Role::administrator) ||
                   (account.sources.size() == 1 && account.sources.front() == http::every_source);
  model.show_if(all, "ALL_SOURCES").show_if(!all && account.sources.empty(), "NO_SOURCES");
  if (all) return;
  for (const std::string& source : account.sources)
    model.add("SOURCE").set("ID", source).set("URL", page.local(page.context().links.source(source)));
}

Result<void> list_events(const Page& page, std::string_view account, Model& model) {
  store::Outbox* outbox = page.context().outbox;
  if (!page.context().mails || page.request().identity.role == Role::everyone) return {};
  const auto watched = outbox->watched(account);
  if (!watched) return watched.error();
  Model& form = model.add("WATCH");
  for (const std::string_view event : notify::events()) {
    Model& item = form.add("EVENT");
    item.set("VALUE", std::string(event)).set("LABEL", std::string(page.words()("watch." + std::string(event))));
    item.show_if(std::find(watched->begin(), watched->end(), event) != watched->end(), "CHECKED");
  }
  return {};
}

Result<void> list_webhooks(const Page& page, std::string_view account, const std::string& new_secret, Model& model) {
  if (page.request().identity.role == Role::everyone) return {};
  const auto hooks = page.context().outbox->webhooks(account);
  if (!hooks) return hooks.error();
  const Words& words = page.words();
  Model& section = model.add("HOOKS");
  section.maybe("NEW_SECRET", new_secret);
  for (const store::Webhook& hook : *hooks)
    section.add("HOOK")
        .set("ID", hook.id)
        .set("URL", hook.url)
        .set("LAST", words.fill("webhook.last", {{"when", hook.last_sent ? ago(words, *hook.last_sent, page.now())
                                                                         : std::string(words("word.never"))}}))
        .maybe("HOOK_TROUBLE", hook.trouble);
  return {};
}

struct Outcome {
  std::string new_token;
  std::string trouble;
  std::string new_secret;
};

http::Response account(const Page& page, const Outcome& outcome, int status = 200) {
  const auto& identity = page.request().identity;
  const Words& words = page.words();
  const links::Links& links = page.context().links;
  store::People& people = page.context().desk->people();
  const auto account = people.account(identity.account);
  if (!account) return page.failed(account.error());
  const auto tokens = people.tokens(account->id);
  if (!tokens) return page.failed(tokens.error());

  Model model;
  model.set("MAIL", account->mail)
      .set("ROLE", role_word(words, account->role))
      .set("SINCE", day(words, account->created))
      .set("SIGN_OUT_PATH", page.local(links.page("/sign-out")))
      .set("TOKENS_PATH", page.local(links.page("/account/tokens")))
      .set("REVOKE_PATH", page.local(links.page("/account/tokens/revoke")))
      .set("ERASE_PATH", page.local(links.page("/account/erase")))
      .set("HOOK_PATH", page.local(links.page("/account/webhooks")))
      .set("UNHOOK_PATH", page.local(links.page("/account/webhooks/remove")))
      .set("WATCH_PATH", page.local(links.page("/account/watch")))
      .set("NOTICE_PATH", page.local(links.page("/account/notice")))
      .maybe("NEW_TOKEN", outcome.new_token)
      .maybe("TROUBLE", outcome.trouble);
  if (!account->noticed) return page.render("notice.html", model, {.title = std::string(words("notice.title"))});

  list_sources(page, *account, model);
  list_tokens(page, *tokens, model);
  if (const auto events = list_events(page, account->id, model); !events) return page.failed(events.error());
  if (const auto hooks = list_webhooks(page, account->id, outcome.new_secret, model); !hooks)
    return page.failed(hooks.error());
  if (identity.role >= Role::administrator)
    model.add("AUDIT")
        .set("AUDIT_URL", page.local(links.page("/audit")))
        .set("PEOPLE_URL", page.local(links.page("/people")));
  if (identity.role > Role::everyone) {
    Model& form = model.add("MAY_TOKEN");
    for (const Role role : {Role::reader, Role::operator_, Role::administrator})
      if (role <= identity.role)
        form.add("ROLE_CHOICE")
            .set("VALUE", std::string(http::to_string(role)))
            .set("LABEL", role_word(words, http::to_string(role)));
  }
  return page.render("account.html", model, {.title = std::string(words("account.title"))}, {}, status);
}

}  // namespace

http::Response account_page(const Page& page) {
  if (!page.request().identity.is_known()) return see(page, "/sign-in?next=%2Faccount");
  return account(page, {});
}

http::Response take_notice(const Page& page) {
  const auto taken = page.context().desk->people().take_notice(page.request().identity.account);
  if (!taken) return page.failed(taken.error());
  return see(page, account_path);
}

http::Response make_token(const Page& page) {
  store::People& people = page.context().desk->people();
  const auto account_of = people.account(page.request().identity.account);
  if (!account_of) return page.failed(account_of.error());
  auth::TokenWish wish;
  wish.name = field(page, "name");
  wish.role = http::role(field(page, "role")).value_or(Role::everyone);
  wish.sources = listed(field(page, "sources"));
  const std::string days = field(page, "days");
  int count = 0;
  std::from_chars(days.data(), days.data() + days.size(), count);
  wish.lifetime = std::chrono::days(count);
  const auto made = auth::issue_token(people, *account_of, wish, page.now());
  if (made) return account(page, {*made, "", ""});
  const Words& words = page.words();
  return account(page, {"", std::string(words.or_else("token.wrong." + made.error().where, made.error().message)), ""},
                 400);
}

http::Response revoke_token(const Page& page) {
  store::People& people = page.context().desk->people();
  const auto token = people.token(field(page, "id"));
  if (!token || token->account != page.request().identity.account) return page.failed(404);
  const auto revoked = people.revoke_token(token->id);
  if (!revoked) return page.failed(revoked.error());
  return see(page, account_path);
}

http::Response add_webhook(const Page& page) {
  const std::string url = field(page, "url");
  if (page.request().identity.role == Role::everyone) return page.failed(403);
  if (!is_web_url(url) || !parse_url(url)->userinfo.empty())
    return account(page, {"", std::string(page.words()("webhook.wrong_url")), ""}, 400);
  const std::string secret = auth::random_secret();
  const auto added = page.context().outbox->add_webhook(page.request().identity.account, url, secret);
  if (added) return account(page, {"", "", secret});
  if (added.error().code != ErrorCode::conflict) return page.failed(added.error());
  return account(page, {"", std::string(page.words()("webhook.too_many")), ""}, 400);
}

http::Response remove_webhook(const Page& page) {
  const auto removed = page.context().outbox->remove_webhook(page.request().identity.account, field(page, "id"));
  if (!removed) return page.failed(removed.error());
  return see(page, account_path);
}

http::Response watch_events(const Page& page) {
  store::Outbox* outbox = page.context().outbox;
  std::vector<std::string> events;
  const auto form = http::parse_query_string(page.request().body);
  if (!form) return page.failed(form.error());
  for (const auto& [name, value] : *form)
    if (name == "event" && notify::is_event(value)) events.push_back(value);
  if (const auto kept = outbox->watch(page.request().identity.account, events); !kept) return page.failed(kept.error());
  return see(page, account_path);
}

http::Response erase_account(const Page& page) {
  if (field(page, "sure") != "yes")
    return account(page, {"", std::string(page.words()("account.erase_unsure")), ""}, 400);
  auth::Desk& desk = *page.context().desk;
  if (const auto erased = desk.people().erase(page.request().identity.account); !erased)
    return page.failed(erased.error());
  return sign_out(page);
}

}  // namespace moisson::web
