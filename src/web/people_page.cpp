#include "web/people_page.h"

#include "auth/desk.h"
#include "web/calendar.h"
#include "web/form.h"

namespace moisson::web {
namespace {

using http::Role;

constexpr std::string_view people_path = "/people";

void offer_roles(const Words& words, std::string_view chosen, Model& model) {
  for (const Role role : {Role::reader, Role::operator_, Role::administrator}) {
    const std::string word(http::to_string(role));
    Model& choice = model.add("CHOICE");
    choice.set("VALUE", word).set("LABEL", std::string(words("role." + word))).show_if(word == chosen, "CHOSEN");
  }
}

http::Response people(const Page& page, std::string_view trouble_key = {}) {
  const Words& words = page.words();
  const links::Links& links = page.context().links;
  const auto accounts = page.context().desk->people().accounts();
  if (!accounts) return page.failed(accounts.error());
  Model model;
  model.set("INVITE_PATH", page.local(links.page(people_path)))
      .set("ROLE_PATH", page.local(links.page("/people/role")))
      .set("ERASE_PATH", page.local(links.page("/people/erase")));
  if (!trouble_key.empty()) model.maybe("TROUBLE", std::string(words(trouble_key)));
  offer_roles(words, {}, model);
  for (const store::Account& account : *accounts) {
    Model& row = model.add("ROW");
    row.set("MAIL", account.mail)
        .set("LAST_SEEN",
             account.last_seen ? ago(words, *account.last_seen, page.now()) : std::string(words("word.never")));
    // Nobody lowers or erases themselves here by a slip: their own account's page has the erasure.
    if (account.id == page.request().identity.account) {
      row.add("SELF").set("ROLE", std::string(words("role." + account.role)));
      continue;
    }
    Model& other = row.add("OTHER");
    other.set("ID", account.id).set("SOURCES", joined(account.sources));
    offer_roles(words, account.role, other);
  }
  return page.render("people.html", model, {.title = std::string(words("people.title"))}, {},
                     trouble_key.empty() ? 200 : 400);
}

bool is_role(std::string_view word) { return http::role(word).value_or(Role::everyone) != Role::everyone; }

}  // namespace

http::Response people_page(const Page& page) { return people(page); }

http::Response invite_person(const Page& page) {
  const std::string mail = field(page, "mail"), role = field(page, "role");
  if (mail.find('@') == mail.npos || mail.size() > 254 || !is_role(role)) return people(page, "people.wrong_mail");
  const auto invited = page.context().desk->people().invite(mail, role, listed(field(page, "sources")));
  if (invited) return see(page, people_path);
  return invited.error().code == ErrorCode::conflict ? people(page, "people.known") : page.failed(invited.error());
}

http::Response change_person(const Page& page) {
  const std::string account = field(page, "account"), role = field(page, "role");
  if (!is_role(role) || account == page.request().identity.account) return page.failed(400);
  const auto changed = page.context().desk->people().set_role(account, role, listed(field(page, "sources")));
  return changed ? see(page, people_path) : page.failed(changed.error());
}

http::Response erase_person(const Page& page) {
  const std::string account = field(page, "account");
  if (account == page.request().identity.account) return page.failed(400);
  const auto erased = page.context().desk->people().erase(account);
  return erased ? see(page, people_path) : page.failed(erased.error());
}

}  // namespace moisson::web
