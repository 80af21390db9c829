#include "app/tasks/tasks.h"
#include "core/text.h"
#include "store/audit_log.h"
#include "store/people.h"

#include <fmt/core.h>

namespace moisson::app::tasks {
namespace {

std::string text(json::View view) { return std::string(view.string().value_or("")); }

Result<void> list(Instance& instance, const Emit& emit) {
  const auto accounts = instance.store().people().accounts();
  if (!accounts) return accounts.error();
  json::Writer out;
  out.begin_object().field("event", "result").key("result").begin_object().key("users").begin_array();
  for (const auto& account : *accounts) {
    out.begin_object().field("mail", account.mail).field("role", account.role).key("sources").begin_array();
    for (const auto& source : account.sources) out.string(source);
    out.end_array().key("last_sign_in");
    account.last_seen ? out.string(format_rfc3339(*account.last_seen)) : out.null();
    out.end_object();
  }
  out.end_array().end_object().end_object();
  emit(out.text());
  return {};
}

}  // namespace

Result<void> user(Instance& instance, json::View task, const Emit& emit) {
  const auto verb = text(task["verb"]), mail = text(task["mail"]), role = text(task["role"]);
  if (verb == "list") return list(instance, emit);
  auto& people = instance.store().people();
  // Whoever may write the data directory may do this: the audit log says that it was done here.
  const auto note = [&](std::string_view account, std::string_view action) {
    return instance.store().audit().append({0, {}, "", "command", std::string(action), std::string(account), "done"});
  };
  if (verb == "add") {
    if (mail.find('@') == std::string::npos) return Error{ErrorCode::invalid_input, "not a mail address", "mail", ""};
    const auto account = people.invite(mail, role, strings(task["sources"]));
    if (!account) return account.error();
    if (const auto noted = note(account->id, "account_made"); !noted) return noted.error();
    emit(message_event(fmt::format("{} may sign in as {}", account->mail, account->role)));
    return {};
  }
  const auto account = people.account_with_mail(mail);
  if (!account) return at("mail", account.error());
  const bool erased = verb == "remove";
  const auto changed =
      erased ? people.erase(account->id) : people.set_role(account->id, role, strings(task["sources"]));
  if (!changed) return changed.error();
  if (const auto noted = note(account->id, erased ? "account_erased" : "role_changed"); !noted) return noted.error();
  emit(message_event(erased ? fmt::format("{} is erased", account->mail)
                            : fmt::format("{} is {} now", account->mail, role)));
  return {};
}

}  // namespace moisson::app::tasks
