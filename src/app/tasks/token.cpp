#include "app/tasks/tasks.h"
#include "auth/desk.h"
#include "store/audit_log.h"
#include "store/people.h"

#include <map>

namespace moisson::app::tasks {
namespace {

std::string text(json::View view) { return std::string(view.string().value_or("")); }

std::string_view state_of(const store::Token& token, Instant now) {
  return token.revoked ? "revoked" : token.expires <= now ? "expired" : "active";
}

Result<void> list(Instance& instance, const Emit& emit) {
  const auto tokens = instance.store().people().tokens("");
  const auto accounts = instance.store().people().accounts();
  if (!tokens) return tokens.error();
  if (!accounts) return accounts.error();
  std::map<std::string, std::string> mails;
  for (const auto& account : *accounts) mails[account.id] = account.mail;
  json::Writer out;
  out.begin_object().field("event", "result").key("result").begin_object().key("tokens").begin_array();
  for (const auto& token : *tokens) {
    out.begin_object()
        .field("id", token.id)
        .field("name", token.name)
        .field("mail", mails[token.account])
        .field("role", token.role);
    out.key("sources").begin_array();
    for (const auto& source : token.sources) out.string(source);
    out.end_array().field("expires", format_rfc3339(token.expires)).key("last_used");
    token.last_used ? out.string(format_rfc3339(*token.last_used)) : out.null();
    out.field("state", state_of(token, instance.clock().now())).end_object();
  }
  out.end_array().end_object().end_object();
  emit(out.text());
  return {};
}

}  // namespace

Result<void> token(Instance& instance, json::View task, const Emit& emit) {
  const auto verb = text(task["verb"]);
  if (verb == "list") return list(instance, emit);
  auto& people = instance.store().people();
  const auto note = [&](std::string_view object, std::string_view action) {
    return instance.store().audit().append({0, {}, "", "command", std::string(action), std::string(object), "done"});
  };
  if (verb == "revoke") {
    if (const auto revoked = people.revoke_token(text(task["id"])); !revoked) return at("id", revoked.error());
    if (const auto noted = note(text(task["id"]), "token_revoked"); !noted) return noted.error();
    emit(message_event("the token is revoked"));
    return {};
  }
  const auto account = people.account_with_mail(text(task["mail"]));
  if (!account) return at("mail", account.error());
  auth::TokenWish wish;
  wish.name = text(task["name"]);
  wish.role = http::role(text(task["role"])).value_or(http::Role::reader);
  wish.sources = strings(task["sources"]);
  wish.lifetime = std::chrono::days(task["days"].integer().value_or(wish.lifetime.count()));
  const auto made = auth::issue_token(people, *account, wish, instance.clock().now());
  if (!made) return made.error();
  if (const auto noted = note(account->id, "token_made"); !noted) return noted.error();
  emit(message_event(*made));
  return {};
}

}  // namespace moisson::app::tasks
