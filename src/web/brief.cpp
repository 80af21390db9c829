#include "web/brief.h"

#include "core/url.h"
#include "dcat/vocabulary.h"
#include "web/calendar.h"
#include "web/mail.h"
#include "web/typography.h"

namespace moisson::web {
namespace {

using search::Field;

// The rows of "En bref": each a plain value, a link, a mail address or a date.
class Rows {
 public:
  Rows(const Sheet& sheet, Model& model) : sheet_(sheet), model_(model) {}

  void bare(std::string_view key, std::string value) {
    if (!value.empty()) row(key).add("BARE").set("VALUE", std::move(value));
  }
  void linked(std::string_view key, std::string value, std::string url) {
    row(key).add("LINKED").set("VALUE", std::move(value)).set("URL", std::move(url));
  }
  void mail(std::string_view key, std::string value, std::string address) {
    row(key).add("MAIL").set("VALUE", std::move(value)).set("ADDRESS", std::move(address));
  }
  void moment(std::string_view key, const Moment& moment) {
    row(key)
        .add("DATED")
        .set("ISO", format_moment(moment))
        .set("VALUE", when(sheet_.words(), moment, sheet_.page.now()));
  }
  void address(std::string_view key, const std::vector<dcat::Iri>& addresses) {
    for (const auto& address : addresses)
      if (const auto url = parse_url(address.value); url && is_web_url(address.value))
        return linked(key, url->host, address.value);
  }

 private:
  Model& row(std::string_view key) { return model_.add("BRIEF").set("LABEL", std::string(sheet_.words()(key))); }

  const Sheet& sheet_;
  Model& model_;
};

// The publisher's own words; the vocabulary's where there is its term alone.
std::string access_words(const Sheet& sheet, const dcat::Concept& rights) {
  std::string own = sheet.value(rights.label);
  const dcat::Term* known = own.empty() ? dcat::access_rights(rights) : nullptr;
  if (known == nullptr) return own;
  return std::string(sheet.words().language() == "fr" ? known->label_fr : known->label_en);
}

void contact(const Sheet& sheet, Rows& rows) {
  for (const auto& contact : sheet.common().contact_point) {
    const std::string name = shown(sheet.value(contact.name));
    const Words& words = sheet.words();
    const std::string write =
        name.empty() ? std::string(words("dataset.write")) : words.fill("dataset.write_to", {{"name", name}});
    if (is_mail_address(contact.email))
      rows.mail("dataset.contact", write, contact.email);
    else if (is_web_url(contact.url))
      rows.linked("dataset.contact", write, contact.url);
    else
      rows.bare("dataset.contact", name);
    rows.bare("dataset.telephone", contact.telephone);
  }
}

}  // namespace

void brief(const Sheet& sheet, Model& model) {
  const Words& words = sheet.words();
  const dcat::Resource& common = sheet.common();
  Rows rows(sheet, model);
  const auto& licences = sheet.card[Field::licence];
  if (licences.empty())
    rows.bare("dataset.licence", std::string(words("word.not_stated_f")));
  else
    rows.linked("dataset.licence", shown(sheet.label(Field::licence, licences.front())),
                sheet.search_for(Field::licence, licences.front().value));
  if (common.access_rights) rows.bare("dataset.access", access_words(sheet, *common.access_rights));
  if (common.modified) rows.moment("dataset.data_modified", *common.modified);
  if (common.issued) rows.moment("dataset.record_issued", *common.issued);
  rows.moment("dataset.seen", {sheet.stored.last_seen, Precision::second});
  if (sheet.card.type != dcat::ResourceType::service) {
    const auto& frequencies = sheet.card[Field::frequency];
    rows.bare("dataset.frequency", frequencies.empty() ? std::string(words("word.not_stated_f"))
                                                       : sheet.label(Field::frequency, frequencies.front()));
  }
  std::string languages;
  for (const auto& value : sheet.card[Field::language])
    (languages += languages.empty() ? "" : ", ") += sheet.label(Field::language, value);
  rows.bare("dataset.language", languages);
  rows.bare("dataset.version", common.version);
  if (sheet.stored.popularity.value_or(0) > 0) rows.bare("dataset.views", number(words, *sheet.stored.popularity));
  rows.address("dataset.landing_page", common.landing_page);
  rows.address("dataset.documentation", common.documentation);
  rows.address("dataset.conforms_to", common.conforms_to);
  if (!common.publisher.empty() && !common.creator.empty())
    rows.bare("dataset.creator", shown(sheet.value(common.creator.front().name)));
  contact(sheet, rows);
}

}  // namespace moisson::web
