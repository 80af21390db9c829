#include "api/catalog_graph.h"

#include "api/source_json.h"
#include "core/url.h"
#include "rdf/record_writer.h"

#include <moisson/dcat/properties.h>

#include <utility>

namespace moisson::api {
namespace {

constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view record_class = "http://www.w3.org/ns/dcat#CatalogRecord";
constexpr std::string_view record_property = "http://www.w3.org/ns/dcat#record";
constexpr std::string_view date_time = "http://www.w3.org/2001/XMLSchema#dateTime";

std::string source_iri(const Context& context, std::string_view source) {
  return context.links.source(source) + "#catalog";
}

std::string record_document(const Context& context, std::string_view id) {
  return context.links.dataset(id) + "#record";
}

dcat::Agent publisher(const std::string& name, const std::string& homepage) {
  dcat::Agent agent;
  agent.iri = homepage + "#publisher";
  agent.name = {{name, ""}};
  agent.homepage = homepage;
  return agent;
}

}  // namespace

std::string CatalogGraph::catalog_iri(const Context& context) { return context.links.page("/catalog"); }

Result<void> CatalogGraph::give(const std::string& subject, std::string_view predicate, const rdf::TermView& object) {
  return sink_.triple(rdf::iri(subject), rdf::iri(predicate), object);
}

Result<void> CatalogGraph::catalog() {
  dcat::Catalog catalog;
  catalog.title = {{context_.title, context_.language}};
  catalog.description = {
      {context_.title + " : les jeux de données de plusieurs portails ouverts, moissonnés dans un seul catalogue",
       "fr"},
      {context_.title + ": the data sets of several open-data portals, harvested into one catalog", "en"}};
  catalog.publisher = {publisher(context_.title, context_.links.home())};
  catalog.homepage = context_.links.home();
  return rdf::RecordWriter(sink_, "c").catalog(catalog, catalog_iri(context_));
}

Result<void> CatalogGraph::source(const store::SourceStatus& status) {
  const harvest::HarvestSource& source = status.source;
  const std::string iri = source_iri(context_, source.id), ours = catalog_iri(context_);
  const std::string address = public_address(source);
  dcat::Catalog catalog;
  catalog.title = {{source.title, source.language}};
  catalog.description = {{"Les fiches moissonnées de " + source.title, "fr"},
                         {"The records harvested from " + source.title, "en"}};
  catalog.publisher = {publisher(source.title, context_.links.source(source.id))};
  catalog.homepage = context_.links.source(source.id);
  if (auto done = rdf::RecordWriter(sink_, "p").catalog(catalog, iri); !done) return done;
  if (is_iri(address))
    if (auto done = give(iri, std::string(dcat::ns::prov) + "wasDerivedFrom", rdf::iri(address)); !done) return done;
  if (auto done = give(ours, std::string(dcat::ns::dct) + "hasPart", rdf::iri(iri)); !done) return done;
  return give(ours, std::string(dcat::ns::dcat) + "catalog", rdf::iri(iri));
}

Result<void> CatalogGraph::member(const store::StoredRecord& stored, const dcat::Record& record,
                                  const std::string& iri) {
  const std::string document = record_document(context_, stored.id);
  for (const std::string& catalog : {catalog_iri(context_), source_iri(context_, stored.source_id)}) {
    if (auto done = give(catalog, rdf::membership(dcat::type_of(record)), rdf::iri(iri)); !done) return done;
    if (auto done = give(catalog, record_property, rdf::iri(document)); !done) return done;
  }
  return catalog_record(stored, iri);
}

// dct:source of a catalog record must itself be one (DCAT-AP 3.0, range of dct:source), and the portal's page is none:
// the trail is prov's.
Result<void> CatalogGraph::catalog_record(const store::StoredRecord& stored, const std::string& iri) {
  const std::string document = record_document(context_, stored.id);
  const std::string dct(dcat::ns::dct), prov(dcat::ns::prov);
  const std::string source = source_iri(context_, stored.source_id);
  const std::string changed = format_rfc3339(stored.last_changed), seen = format_rfc3339(stored.first_seen);
  const std::pair<std::string, rdf::TermView> told[] = {
      {std::string(rdf_type), rdf::iri(record_class)},
      {std::string(dcat::ns::foaf) + "primaryTopic", rdf::iri(iri)},
      {dct + "identifier", rdf::literal(stored.id)},
      {dct + "modified", rdf::literal(changed, date_time)},
      {dct + "issued", rdf::literal(seen, date_time)},
      {prov + "hadPrimarySource", rdf::iri(source)},
      {prov + "wasDerivedFrom", rdf::iri(is_iri(stored.remote_url) ? std::string_view(stored.remote_url) : source)},
  };
  for (const auto& [predicate, object] : told)
    if (auto done = give(document, predicate, object); !done) return done;
  for (const std::string& place : stored.trail)
    if (auto done = give(document, prov + "wasDerivedFrom", rdf::iri(place)); !done) return done;
  return {};
}

}  // namespace moisson::api
