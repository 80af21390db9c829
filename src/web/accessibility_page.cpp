#include "core/text.h"
#include "core/url.h"
#include "web/calendar.h"
#include "web/embedded.h"
#include "web/mail.h"
#include "web/pages.h"
#include "web/rgaa.h"
#include "web/typography.h"

#include <moisson/core/time.h>

namespace moisson::web {
namespace {

constexpr int themes = 13;

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return "rgaa.met";
    case Verdict::not_met:
      return "rgaa.not_met";
    case Verdict::not_applicable:
      break;
  }
  return "rgaa.not_applicable";
}

std::string_view verdict_mark(Verdict verdict) {
  return verdict == Verdict::met ? "ok" : verdict == Verdict::not_met ? "bad" : "";
}

void criterion(const Words& words, const RgaaCriterion& row, Model& model) {
  std::string methods;
  for (std::string_view method : row.methods)
    (methods += methods.empty() ? "" : ", ") += words("rgaa.method." + std::string(method));
  model.set("NUMBER", std::string(row.number))
      .set("CRITERION", std::string(row.title))
      .set("VERDICT", std::string(words(verdict_word(row.verdict))))
      .set("MARK", std::string(verdict_mark(row.verdict)))
      .set("METHODS", methods)
      .maybe("NOTE", std::string(row.note));
}

void summary(const Words& words, const Rgaa& table, Model& model) {
  for (int theme = 1; theme <= themes; ++theme)
    model.add("THEME")
        .set("NAME", std::string(words("rgaa.theme." + std::to_string(theme))))
        .set("MET", number(words, table.count(Verdict::met, theme)))
        .set("NOT_MET", number(words, table.count(Verdict::not_met, theme)))
        .set("NOT_APPLICABLE", number(words, table.count(Verdict::not_applicable, theme)));
}

}  // namespace

std::string_view conformity_key() {
  static const Result<Rgaa> table = read_rgaa(embedded("rgaa.tsv"), {});
  if (!table || table->percent_met() < 50) return "rgaa.state.none";
  return table->count(Verdict::not_met) == 0 ? "rgaa.state.full" : "rgaa.state.partial";
}

http::Response accessibility_page(const Page& page) {
  const Words& words = page.words();
  const auto table = read_rgaa(embedded("rgaa.tsv"), page.language());
  if (!table) return page.failed(table.error());
  const auto assessed = parse_moment(table->date);
  Model model;
  model.set("STATE", std::string(words(conformity_key())))
      .set("DATE", assessed ? date(words, *assessed) : std::string(table->date))
      .set("RATE", words.fill("rgaa.percent", {{"n", std::to_string(table->percent_met())}}))
      .set("MET", number(words, table->count(Verdict::met)))
      .set("APPLICABLE", number(words, table->count(Verdict::met) + table->count(Verdict::not_met)))
      .set("NOT_APPLICABLE", number(words, table->count(Verdict::not_applicable)));
  summary(words, *table, model);
  for (const auto& row : table->criteria) {
    if (row.verdict == Verdict::not_met) criterion(words, row, model.add("FAULT"));
    criterion(words, row, model.add("CRITERIA"));
  }
  const std::string& contact = page.context().contact;
  if (is_mail_address(contact))
    model.add("CONTACT_MAIL").set("ADDRESS", contact);
  else if (is_web_url(contact))
    model.add("CONTACT_PAGE").set("URL", contact);
  else
    model.show("NO_CONTACT");
  return page.render("accessibility.html", model,
                     {.title = std::string(words("access.title")),
                      .summary = std::string(words("access.lead")),
                      .canonical = page.context().links.page("/accessibility")},
                     page.etag({"accessibility", contact}));
}

}  // namespace moisson::web
