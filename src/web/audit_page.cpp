#include "auth/desk.h"
#include "store/audit_log.h"
#include "web/calendar.h"
#include "web/pages.h"

#include <charconv>
#include <map>

namespace moisson::web {
namespace {

constexpr std::size_t page_size = 100;

}  // namespace

http::Response audit_page(const Page& page) {
  const Words& words = page.words();
  auth::Desk& desk = *page.context().desk;
  std::int64_t before = 0;
  const std::string_view asked = http::first(page.request().query, "before");
  std::from_chars(asked.data(), asked.data() + asked.size(), before);
  const auto entries = desk.audit().page(before, page_size);
  if (!entries) return page.failed(entries.error());
  const auto accounts = desk.people().accounts();
  if (!accounts) return page.failed(accounts.error());
  std::map<std::string, std::string> mails;
  for (const auto& account : *accounts) mails[account.id] = account.mail;

  Model model;
  model.show_if(entries->empty(), "NONE");
  Model* table = entries->empty() ? nullptr : &model.add("TABLE");
  for (const store::AuditEntry& entry : *entries) {
    const auto mail = mails.find(entry.account);
    table->add("ROW")
        .set("ISO", format_rfc3339(entry.at))
        .set("WHEN", when(words, entry.at, page.now()))
        .set("WHO", mail != mails.end()     ? mail->second
                    : entry.account.empty() ? std::string(words("audit.nobody"))
                                            : std::string(words("audit.erased")))
        .set("MEANS", std::string(words.or_else("audit.means." + entry.means, entry.means)))
        .set("ACTION", std::string(words.or_else("audit.action." + entry.action, entry.action)))
        .set("OBJECT", mails.contains(entry.object) ? mails[entry.object] : entry.object)
        .set("OUTCOME", std::string(words.or_else("audit.outcome." + entry.outcome, entry.outcome)));
  }
  if (entries->size() == page_size)
    model.maybe("OLDER", page.local(page.context().links.page("/audit?before=" + std::to_string(entries->back().n))));
  return page.render("audit.html", model, {.title = std::string(words("audit.title"))});
}

}  // namespace moisson::web
