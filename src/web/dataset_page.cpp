#include "core/text.h"
#include "core/url.h"
#include "index/card.h"
#include "web/brief.h"
#include "web/citation.h"
#include "web/copies.h"
#include "web/correction.h"
#include "web/coverage.h"
#include "web/description.h"
#include "web/file_table.h"
#include "web/neighbours.h"
#include "web/pages.h"
#include "web/provenance.h"
#include "web/quality.h"
#include "web/relation.h"
#include "web/schema_org.h"
#include "web/sheet.h"
#include "web/typography.h"

#include <algorithm>

namespace moisson::web {
namespace {

using search::Field;

constexpr std::size_t shown_keywords = 30;
constexpr std::size_t shown_relations = 20;

void heading(const Sheet& sheet, Model& model) {
  model.set("HEADING", sheet.title())
      .set("KIND", std::string(sheet.words()("type." + std::string(to_string(sheet.card.type)))));
  if (const LangString* title = sheet.text(sheet.common().title))
    model.maybe("TITLE_LANG", sheet.lang_attribute(*title));
  const auto& publishers = sheet.card[Field::publisher];
  if (!publishers.empty())
    model.add("PUBLISHER")
        .set("NAME", sheet.publisher())
        .set("URL", sheet.page.local(sheet.links().publisher(publishers.front().value)));
  const auto& themes = sheet.card[Field::theme];
  if (!themes.empty())
    model.add("TRAIL_THEME")
        .set("LABEL", sheet.label(Field::theme, themes.front()))
        .set("URL", sheet.page.local(sheet.links().theme(themes.front().value)));
  const LangString* text = sheet.text(sheet.common().description);
  const Html description = text == nullptr ? Html{} : describe(text->value);
  if (description.markup.empty()) {
    model.show("NO_DESCRIPTION");
    return;
  }
  model.add("DESCRIPTION").html("DESCRIPTION_HTML", description).maybe("TEXT_LANG", sheet.lang_attribute(*text));
}

// Its series, the versions before it, the services that give its files: what it names by address.
void relations(const Sheet& sheet, Model& model) {
  const auto* dataset = std::get_if<dcat::Dataset>(&sheet.record);
  if (dataset == nullptr) return;
  std::vector<dcat::Iri> services;
  for (const auto& file : dataset->distribution)
    for (const auto& service : file.access_service)
      if (std::find(services.begin(), services.end(), service) == services.end()) services.push_back(service);
  Model section;
  const auto rows = [&](std::string_view key, const std::vector<dcat::Iri>& names) {
    for (auto& other : related(sheet, names, shown_relations))
      section.add("RELATED")
          .set("LABEL", std::string(sheet.words()(key)))
          .set("URL", std::move(other.url))
          .set("NAME", std::move(other.title))
          .maybe("TEXT_LANG", std::move(other.language));
  };
  rows("dataset.series", dataset->in_series);
  rows("dataset.version_of", dataset->is_version_of);
  rows("dataset.served_by", services);
  if (!section.sections().empty()) model.add("RELATIONS") = std::move(section);
}

void service(const Sheet& sheet, Model& model) {
  const auto* service = std::get_if<dcat::DataService>(&sheet.record);
  if (service == nullptr) return;
  Model section;
  const auto rows = [&](std::string_view key, const std::vector<dcat::Iri>& addresses) {
    for (const auto& address : addresses)
      if (is_web_url(address.value))
        section.add("ENDPOINT")
            .set("LABEL", std::string(sheet.words()(key)))
            .set("URL", address.value)
            .set("NAME", address.value);
  };
  rows("dataset.endpoint", service->endpoint_url);
  rows("dataset.endpoint_description", service->endpoint_description);
  for (auto& other : related(sheet, service->serves_dataset, shown_relations))
    section.add("ENDPOINT")
        .set("LABEL", std::string(sheet.words()("dataset.serves")))
        .set("URL", std::move(other.url))
        .set("NAME", std::move(other.title));
  const auto fact = [&](std::string_view key, const LangString* text) {
    if (text == nullptr || trim(text->value).empty()) return;
    section.add("CONDITION")
        .set("LABEL", std::string(sheet.words()(key)))
        .set("VALUE", shown(text->value))
        .maybe("TEXT_LANG", sheet.lang_attribute(*text));
  };
  fact("dataset.service_conditions", sheet.text(service->rights));
  if (service->status) fact("dataset.service_status", sheet.text(service->status->label));
  if (!section.sections().empty()) model.add("SERVICE") = std::move(section);
}

void quality(const Sheet& sheet, Model& model) {
  const auto criteria = quality_of(sheet.record, sheet.card);
  const auto met = std::count_if(criteria.begin(), criteria.end(), [](const auto& criterion) { return criterion.met; });
  model.set("QUALITY",
            sheet.words().fill("quality.score", {{"n", std::to_string(met)}, {"of", std::to_string(criteria.size())}}));
  for (const auto& criterion : criteria) {
    const std::string key = "quality." + std::string(criterion.name) + (criterion.met ? ".ok" : ".bad");
    model.add("CRITERION").set("MARK", criterion.met ? "ok" : "bad").set("TEXT", std::string(sheet.words()(key)));
  }
}

void keywords(const Sheet& sheet, Model& model) {
  const auto& common = sheet.common().keyword;
  if (common.empty()) return;
  Model& list = model.add("KEYWORDS");
  for (std::size_t i = 0; i < std::min(common.size(), shown_keywords); ++i) {
    Model& item = list.add("KEYWORD");
    item.set("TEXT", shown(common[i].value)).set("URL", sheet.search_for(Field::keyword, index::slug(common[i].value)));
    item.maybe("TEXT_LANG", sheet.lang_attribute(common[i]));
  }
}

}  // namespace

http::Response dataset_page(const Page& page) {
  const auto read = sheet_of(page);
  if (!read) return page.failed(read.error());
  const Sheet& sheet = *read;

  Model model;
  heading(sheet, model);
  file_table(sheet, model);
  service(sheet, model);
  relations(sheet, model);
  coverage(sheet, model);
  provenance(sheet, model);
  std::string beside = copies(sheet, model);
  cite(sheet, model);
  correction(sheet, model);
  beside += neighbours(sheet, model);
  brief(sheet, model);
  quality(sheet, model);
  keywords(sheet, model);
  const std::string address = sheet.links().dataset(sheet.stored.id);
  model.add("JSON_LD").html("JSON_LD_HTML", schema_org(sheet.record, address, page.words().language()));
  const LangString* description = best(sheet.card.description, page.words().language(), sheet.language);
  // Outside hash and seq, yet shown: when it was last seen, how often it is looked at, and what stands beside it.
  const std::string tag =
      page.etag({page.context().store.epoch(), std::to_string(sheet.stored.seq), format_rfc3339(sheet.stored.last_seen),
                 std::to_string(sheet.stored.popularity.value_or(0)), sheet.source.source.title, beside});
  return did(http::Act::view(sheet.stored.id),
             page.render("dataset.html", model,
                         {.title = sheet.title(),
                          .summary = description == nullptr ? std::string() : shorten(description->value, 200),
                          .canonical = address,
                          .section = Section::catalogue},
                         tag));
}

}  // namespace moisson::web
