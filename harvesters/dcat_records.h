// Which nodes of a page are records, what each is called at its portal, and the bytes it is remembered by. Pure.
#pragma once

#include <moisson/harvest/harvested_record.h>

#include "rdf/canonical_triples.h"
#include "rdf/record_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

struct DcatNode {
  rdf::TermId subject = rdf::no_term;
  dcat::ResourceType type = dcat::ResourceType::dataset;
};

struct DcatNodes {
  std::vector<DcatNode> records;         // in the page's order
  std::vector<std::string> undescribed;  // IRIs that a catalog links to and this page says nothing of
  // IRIs to read for their records: what a catalog names by dcat:catalog, and this page says nothing of; or, of a page
  // without records, no more than what it is.
  std::vector<std::string> catalogs;
  bool catalog = false;  // there is a dcat:Catalog
};

// Data sets, series and services: what has their type, and what a catalog links to by dcat:dataset or dcat:service.
// Not records: catalogs, catalog records, and stubs (no title, no catalog's link, only the target of
// dcat:servesDataset, dcat:inSeries and their like).
DcatNodes find_records(const rdf::RecordReader& reader);

// The portal's own id: the IRI if it is a web or urn IRI; else dct:identifier (the least of several); else a hash of
// what stays when a record is edited (title, publisher, landing page, first publication; a service's endpoint and standard). At most
// 2,000 bytes: longer ones are hashed.
std::string remote_id(const dcat::Record& record);
// The same, without reading more than it takes.
std::string remote_id(const rdf::RecordReader& reader, const DcatNode& node);

// What a page tells of the way that a record came, beside its description: of each dcat:CatalogRecord about it that says
// prov:wasDerivedFrom, that and whom it is about.
std::vector<rdf::Triple> way_of(const rdf::Graph& page, rdf::TermId subject);

// The way as HarvestedRecord::trail: what the catalog records were derived from, in no order that RDF could tell, then their
// own pages; web addresses without fragment, each once. `own`: the graph of the record alone, with its way. The positions
// of what was read are set in `used`, if given.
std::vector<std::string> trail(const rdf::Graph& own, rdf::TermId subject, std::vector<bool>* used = nullptr);

// The web addresses that its catalog records say it was derived from, as they are written.
std::vector<std::string> origins(const rdf::Graph& own, rdf::TermId subject);

inline constexpr std::string_view dcat_media_type = "text/turtle";  // of every raw record of DCAT

// The record as it came: canonical N-Triples of its description, the same bytes whatever the page's order and labels.
// Takes the lines out of `canonical`.
harvest::RawSource raw_source(const rdf::Graph& page, rdf::CanonicalTriples& canonical, rdf::TermId subject,
                              std::string_view page_url);

}  // namespace moisson::harvesters
