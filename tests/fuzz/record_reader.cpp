// Any triples as a catalog: paging, records, their raw source and their canonical JSON.
#include "rdf/record_reader.h"

#include "dcat/canonical_json.h"
#include "fuzz.h"
#include "harvesters/dcat_record.h"
#include "harvesters/dcat_records.h"
#include "rdf/description.h"
#include "rdf/hydra.h"
#include "rdf/iri.h"
#include "rdf/record_writer.h"
#include "rdf_document.h"

#include <string>

namespace moisson::fuzz {
namespace {

constexpr std::string_view page = "http://a.example/catalog";

// The prefixes stand here, so that the fuzzer need not find them.
constexpr std::string_view prefixes = R"(
@prefix : <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> . @prefix s: <http://schema.org/> .
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix locn: <http://www.w3.org/ns/locn#> . @prefix time: <http://www.w3.org/2006/time#> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .
@prefix spdx: <http://spdx.org/rdf/terms#> . @prefix g: <http://www.opengis.net/ont/geosparql#> . @prefix h: <http://www.w3.org/ns/hydra/core#> .
)";

void check(const rdf::RecordReader& reader, const rdf::Description& description, const rdf::Described& described,
           rdf::TermId subject) {
  const std::string json = dcat::to_json(described.record);
  const auto stored = dcat::from_json(json);
  require(stored.has_value(), "a record that was harvested can be stored");
  require(dcat::to_json(*stored) == json, "canonical JSON is a fixed point");
  require(described.findings.size() <= 100, "findings are capped");

  const auto id = harvesters::remote_id(described.record);
  require(!id.empty() && id.size() <= 2'000, "a record has an id");
  rdf::CanonicalTriples canonical = rdf::canonical_triples(reader.graph(), description.triples);
  const auto raw = harvesters::raw_source(reader.graph(), canonical, subject, page);
  require(read_graph(raw.bytes, rdf::Syntax::ntriples).whole, "the raw source can be read again");
  const auto mapped = harvesters::map_dcat(reader, canonical, subject);
  const auto remapped = harvesters::map_dcat(raw);
  require(mapped.has_value() == remapped.has_value(), "a remap fails where the harvest did");
  require(!mapped || mapped->record == remapped->record, "a remap gives what the harvest gave");

  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  require(rdf::RecordWriter(loader).record(*stored, "http://a.example/1").has_value(), "a record becomes triples");
}

}  // namespace

void read(std::string_view bytes) {
  const ReadGraph read = read_graph(std::string(prefixes).append(bytes), rdf::Syntax::turtle);
  const rdf::Paging paging = rdf::paging(read.graph, page);
  require(paging.next.empty() || rdf::has_scheme(paging.next), "the next page has an absolute address");
  const rdf::RecordReader reader(read.graph);
  rdf::Describer describer(reader);
  const auto nodes = harvesters::find_records(reader);
  for (const auto& node : nodes.records)
    check(reader, describer.describe(node.subject), reader.record(node.subject, node.type), node.subject);
  for (const rdf::Triple& triple : read.graph.triples())
    if (reader.is_catalog(triple.subject)) static_cast<void>(reader.catalog(triple.subject));
}

}  // namespace moisson::fuzz
