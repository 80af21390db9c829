#include "api/results_json.h"

namespace moisson::api {
namespace {

using search::Facet;
using search::Hit;

void write_strings(json::Writer& out, std::string_view name, const std::vector<std::string>& values) {
  out.key(name).begin_array();
  for (const std::string& value : values) out.string(value);
  out.end_array();
}

void write_moment(json::Writer& out, std::string_view name, const std::optional<Moment>& moment) {
  out.key(name);
  moment ? out.string(format_moment(*moment)) : out.null();
}

std::string joined(const std::vector<search::Span>& spans) {
  std::string text;
  for (const search::Span& span : spans) text += span.text;
  return text;
}

void write_hit(json::Writer& out, const Hit& hit, bool explain, const links::Links& links) {
  out.begin_object().field("id", hit.id).field("type", dcat::to_string(hit.type));
  out.field("title", hit.title.value).field("description", hit.description.value).field("snippet", joined(hit.snippet));
  out.key("publisher");
  if (hit.publisher.empty())
    out.null();
  else
    out.begin_object().field("id", hit.publisher.front().value).field("name", hit.publisher.front().label).end_object();
  out.key("source").begin_object().field("id", hit.source.value).field("title", hit.source.label);
  out.field("remote_id", hit.remote_id).end_object();
  out.key("also_in").begin_array();
  for (const search::Copy& copy : hit.also_in) {
    out.begin_object().field("id", copy.id).field("url", links.dataset(copy.id));
    out.key("source")
        .begin_object()
        .field("id", copy.source.value)
        .field("title", copy.source.label)
        .end_object()
        .end_object();
  }
  out.end_array();
  write_moment(out, "modified", hit.modified);
  write_moment(out, "issued", hit.issued);
  out.field("last_changed", format_rfc3339(hit.last_changed));
  write_strings(out, "formats", hit.formats);
  out.key("licence");
  hit.licence ? out.string(hit.licence->value) : out.null();
  out.field("open", hit.open).key("themes").begin_array();
  for (const search::Labelled& theme : hit.themes) out.string(theme.value);
  out.end_array();
  write_strings(out, "keywords", hit.keywords);
  out.field("language", hit.language).field("url", links.dataset(hit.id)).field("landing_page", hit.landing_page);
  out.key("popularity");
  hit.popularity ? out.unsigned_integer(*hit.popularity) : out.null();
  out.key("score").number(hit.score);
  write_strings(out, "found_in", hit.found_in);
  if (explain && !hit.explanation.empty()) out.key("explanation").raw(hit.explanation);
  out.end_object();
}

void write_facet(json::Writer& out, const Facet& facet) {
  out.key(search::description(facet.field).name).begin_array();
  for (const search::FacetValue& value : facet.values)
    out.begin_object()
        .field("value", value.value)
        .field("label", value.label)
        .key("count")
        .unsigned_integer(value.count)
        .key("selected")
        .boolean(value.selected)
        .end_object();
  out.end_array();
}

}  // namespace

void write(json::Writer& out, const search::Query& query, const search::Results& results, const links::Links& links) {
  out.begin_object().key("total").unsigned_integer(results.total);
  out.key("page").unsigned_integer(query.page).key("page_size").unsigned_integer(query.page_size).key("next_cursor");
  results.next_cursor ? out.string(std::to_string(*results.next_cursor)) : out.null();
  out.field("did_you_mean", results.did_you_mean).key("corrected").boolean(results.corrected);
  out.field("words_matched", search::to_string(results.words_matched));
  write_strings(out, "also_searched", results.also_searched);
  out.key("results").begin_array();
  for (const Hit& hit : results.hits) write_hit(out, hit, query.explain, links);
  out.end_array().key("facets").begin_object();
  for (const Facet& facet : results.facets) write_facet(out, facet);
  out.end_object().end_object();
}

}  // namespace moisson::api
