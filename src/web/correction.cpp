#include "web/correction.h"

#include "core/text.h"
#include "core/url.h"
#include "web/mail.h"
#include "web/typography.h"

#include <optional>

namespace moisson::web {
namespace {

// Who takes reports, in the order in which they can mend the record.
struct Recipient {
  std::string name;
  std::string address;  // mail, or else a page
  bool by_mail = false;
};

std::optional<Recipient> recipient(const Sheet& sheet) {
  const dcat::Resource& common = sheet.common();
  for (const auto& contact : common.contact_point)
    if (is_mail_address(contact.email)) return Recipient{shown(sheet.value(contact.name)), contact.email, true};
  for (const auto* agents : {&common.publisher, &common.creator})
    for (const auto& agent : *agents)
      if (is_mail_address(agent.email)) return Recipient{shown(sheet.value(agent.name)), agent.email, true};
  for (const auto& contact : common.contact_point)
    if (is_web_url(contact.url)) return Recipient{shown(sheet.value(contact.name)), contact.url, false};
  if (is_web_url(sheet.stored.remote_url)) return Recipient{{}, sheet.stored.remote_url, false};
  for (const auto& page : common.landing_page)
    if (is_web_url(page.value)) return Recipient{{}, page.value, false};
  return std::nullopt;
}

}  // namespace

void correction(const Sheet& sheet, Model& model) {
  const Words& words = sheet.words();
  const std::string address = sheet.links().dataset(sheet.stored.id);
  Model& section = model.add("CORRECTION");
  section.set("RECORD_URL", address);
  const auto to = recipient(sheet);
  if (!to) {
    section.show("NOBODY");
    return;
  }
  if (!to->by_mail) {
    section.add("BY_PAGE").set("URL", to->address);
    return;
  }
  const std::string title = shorten(sheet.title(), 120);
  section.add("BY_MAIL")
      .set("ADDRESS", to->address)
      .set("TEXT", to->name.empty() ? std::string(words("dataset.write"))
                                    : words.fill("dataset.write_to", {{"name", to->name}}))
      .set("SUBJECT", percent_encode(words.fill("correct.subject", {{"title", title}})))
      .set("BODY",
           percent_encode(words.fill(
               "correct.body",
               {{"title", title}, {"url", address}, {"id", cut(sheet.stored.remote_id, 200)}, {"line", "\r\n"}})));
}

}  // namespace moisson::web
