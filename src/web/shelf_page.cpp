#include "core/json.h"
#include "core/url.h"
#include "dcat/canonical_json.h"
#include "dcat/vocabulary.h"
#include "web/dated_list.h"
#include "web/pages.h"
#include "web/typography.h"

#include <algorithm>
#include <array>

namespace moisson::web {
namespace {

using search::Field;

constexpr std::uint32_t shown_records = 10;
constexpr std::uint32_t shown_values = 12;

// What a shelf is told apart by, beside its own field.
constexpr std::array<Field, 6> divisions{Field::theme,  Field::publisher, Field::territory,
                                         Field::format, Field::source,    Field::open};

search::Query all_of(const Page& page, Field field, const std::string& key) {
  search::Query query = links::with_value({}, field, key);
  query.language = page.language();
  return query;
}

const search::Facet* facet_of(const search::Results& results, Field field) {
  for (const auto& facet : results.facets)
    if (facet.field == field) return &facet;
  return nullptr;
}

std::string label_of(const Page& page, const search::Results& results, Field field, const std::string& key) {
  if (const auto* facet = facet_of(results, field))
    for (const auto& value : facet->values)
      if (value.value == key && !value.label.empty()) return shown(value.label);
  return shown(dcat::label(search::description(field).name, key, page.language()));
}

// The shelf's values of another field, each a narrower search.
void division(const Page& page, const search::Query& whole, const search::Facet& facet, Model& model) {
  const std::string name(search::description(facet.field).name);
  Model& section = model.add("DIVISION");
  section.set("ID", name).set("LEGEND", std::string(page.words()("field." + name)));
  for (const auto& value : facet.values) {
    const std::string key = name + "." + value.value;
    section.add("VALUE")
        .set("URL", page.to_search(links::with_value(whole, facet.field, value.value)))
        .set("LABEL", shown(std::string(page.words().or_else(key, value.label.empty() ? value.value : value.label))))
        .set("COUNT", number(page.words(), value.count));
  }
}

// What the records say of their publisher: of the first that says anything.
void publisher_facts(const Page& page, const search::Results& results, const std::string& key, Model& model) {
  for (const auto& hit : results.hits) {
    const auto stored = page.context().store.record(hit.id);
    const auto record = stored ? dcat::from_json(stored->json) : Result<dcat::Record>(stored.error());
    if (!record) continue;
    for (std::size_t i = 0; i < std::min(dcat::resource(*record).publisher.size(), hit.publisher.size()); ++i) {
      const dcat::Agent& agent = dcat::resource(*record).publisher[i];
      if (hit.publisher[i].value != key || !is_web_url(agent.homepage)) continue;
      const auto url = parse_url(agent.homepage);
      model.add("HOMEPAGE").set("URL", agent.homepage).set("NAME", url ? url->host : agent.homepage);
      return;
    }
  }
}

Html collection(const Page& page, Field field, const std::string& label, const std::string& address) {
  json::Writer out;
  out.begin_object().field("@context", "https://schema.org/");
  out.field("@type", field == Field::publisher ? "Organization" : "CollectionPage").field("name", label);
  out.field(field == Field::publisher ? "mainEntityOfPage" : "url", address).field("inLanguage", page.language());
  out.end_object();
  return {out.take()};
}

}  // namespace

http::Response shelf_page(const Page& page, Field field) {
  const Words& words = page.words();
  const std::string key(http::first(page.request().captures, "key"));
  const auto snapshot = page.context().slot.current();
  if (!snapshot) return page.failed(503);
  const search::Query whole = all_of(page, field, key);
  search::Query query = whole;
  query.sort = search::Sort::modified;
  query.page_size = shown_records;
  query.facets = {divisions.begin(), divisions.end()};
  query.facet_size = shown_values;
  const auto results = snapshot->search(query);
  if (!results) return page.failed(results.error());
  if (results->total == 0) return page.failed(404);

  const links::Links& links = page.context().links;
  const std::string name(search::description(field).name);
  const std::string label = label_of(page, *results, field, key);
  const std::string count = words.plural("results.count", results->total);
  const std::string address = field == Field::publisher ? links.publisher(key) : links.theme(key);
  Model model;
  model.set("HEADING", label).set("KIND", std::string(words("field." + name))).set("COUNT", count);
  model.add("HIDDEN").set("NAME", name).set("VALUE", key);
  if (field == Field::publisher) publisher_facts(page, *results, key, model);
  const auto with = field == Field::publisher ? WithPublisher::no : WithPublisher::yes;
  for (const auto& hit : results->hits) dated_item(page, hit, with, model);
  for (const auto& facet : results->facets)
    if (facet.field != field && facet.values.size() > 1) division(page, whole, facet, model);
  search::Query newest = whole;
  newest.sort = search::Sort::modified;
  model.set("ALL_URL", page.to_search(newest)).set("ALL", words.plural("shelf.all", results->total));
  model.set("ATOM_URL", page.plain(links.search_as(newest, "atom")))
      .set("CSV_URL", page.plain(links.search_as(whole, "csv")))
      .set("JSON_URL", page.plain(links.search_as(whole, "json")));
  model.add("ALTERNATE")
      .set("MEDIA_TYPE", "application/atom+xml")
      .set("TITLE", label)
      .set("URL", page.plain(links.search_as(newest, "atom")));
  model.add("JSON_LD").html("JSON_LD_HTML", collection(page, field, label, address));
  return page.render("shelf.html", model,
                     {.title = label,
                      .summary = words.fill("shelf." + name + "_summary", {{"label", label}, {"count", count}}),
                      .canonical = address,
                      .section = Section::catalogue},
                     page.etag({results->epoch, std::to_string(results->seq), address}));
}

}  // namespace moisson::web
