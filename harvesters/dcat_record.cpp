#include "harvesters/dcat_record.h"

#include "core/url.h"
#include "harvesters/dcat_records.h"
#include "rdf/mapping_tally.h"
#include "rdf/reader.h"
#include "rdf/record_reader.h"

namespace moisson::harvesters {

Result<harvest::HarvestedRecord> map_dcat(const rdf::RecordReader& page, const rdf::CanonicalTriples& canonical,
                                          rdf::TermId subject, dcat::MappingReport* mapping) {
  const rdf::Graph own = page.graph().excerpt(canonical.triples);
  const rdf::RecordReader reader(own, page);
  std::optional<dcat::ResourceType> type = reader.type(subject);
  if (!type) {  // it had no type on its page either, only the catalog's link
    const rdf::TermId endpoint = own.find_iri("http://www.w3.org/ns/dcat#endpointURL");
    type = own.about(subject, endpoint).empty() ? dcat::ResourceType::dataset : dcat::ResourceType::service;
  }
  std::vector<bool> used;
  rdf::Described described = reader.record(subject, *type, mapping != nullptr ? &used : nullptr);
  const dcat::Resource& resource = dcat::resource(described.record);
  if (resource.title.empty()) {
    return Error{ErrorCode::invalid_input, "the record has no title", rdf::subject_text(own, subject),
                 "give it dct:title", "title_missing"};
  }
  harvest::HarvestedRecord out;
  out.remote_id = remote_id(described.record);
  out.trail = trail(own, subject, mapping != nullptr ? &used : nullptr);
  out.origin.urls = origins(own, subject);
  if (mapping != nullptr) {
    mapping->begin_record(out.remote_id);
    rdf::tally(own, subject, used, *mapping);
  }
  if (!resource.landing_page.empty())
    out.remote_url = resource.landing_page.front().value;
  else if (is_web_url(resource.iri))
    out.remote_url = resource.iri;
  out.record = std::move(described.record);
  out.findings = std::move(described.findings);
  return out;
}

Result<harvest::HarvestedRecord> map_dcat(const harvest::RawSource& raw, dcat::MappingReport* mapping) {
  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  if (auto read = rdf::read(raw.bytes, rdf::Syntax::ntriples, raw.page_url, loader); !read) return read.error();
  if (!loader.broken().empty()) return loader.broken().front().error;
  graph.index();
  const std::string_view pointer = raw.pointer;
  const rdf::TermId subject = pointer.starts_with("_:") ? loader.blank_node(pointer.substr(2))
                              : pointer.size() > 2      ? graph.find_iri(pointer.substr(1, pointer.size() - 2))
                                                        : rdf::no_term;
  if (subject == rdf::no_term) {
    return Error{ErrorCode::corrupt, "the stored triples say nothing of their subject", raw.pointer, ""};
  }
  const rdf::RecordReader reader(graph);
  auto record = map_dcat(reader, rdf::canonical_triples(graph, graph.triples()), subject, mapping);
  if (record) record->raw = raw;
  return record;
}

}  // namespace moisson::harvesters
