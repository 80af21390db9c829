// Any bytes as an answer of a CSW: cut into its records, each mapped from ISO 19139 or read as DCAT.
#include "harvesters/csw_page.h"

#include "core/xml_tree.h"
#include "harvesters/iso19139.h"
#include "rdf/record_reader.h"
#include "served.h"
#include "stored.h"

#include <string>

namespace moisson::fuzz {
namespace {

void map(const std::string& xml) {
  static const harvest::HarvestSource source = [] {
    harvest::HarvestSource made;
    made.id = "portal";
    made.language = "fr";
    made.url = "https://a.example/csw";
    return made;
  }();
  dcat::MappingReport report;
  const auto mapped = harvesters::map_iso19139(source, {"application/xml", xml, source.url, "/1"}, &report);
  if (mapped) check_stored(*mapped, xml);
}

}  // namespace

void read(std::string_view bytes) {
  map(std::string(bytes));
  Served portal(bytes, "application/xml");
  const harvesters::CswQuestion question{"https://a.example/csw", "", 1, 100};
  const auto page = harvesters::fetch_csw(portal, question, 1);
  if (!page) return;
  const auto next = harvesters::next_position(*page, question);
  require(next == 0 || next > question.start, "paging goes on");
  for (const auto& record : page->records) {
    const auto tree = xml::parse_tree(record.xml);
    require(tree && xml::write(*tree) == record.xml, "a record is a document of its own");
    if (record.iso19139) map(record.xml);
  }
  const rdf::RecordReader described(page->dcat.graph);
  for (const auto& node : page->nodes.records) {
    const std::string json = dcat::to_json(described.record(node.subject, node.type).record);
    require(dcat::from_json(json).has_value(), "what RDF describes can be stored");
  }
}

}  // namespace moisson::fuzz
