#include "rdf/dcat_ap.h"

#include <moisson/dcat/properties.h>

#include "dcat/vocabulary.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace moisson::rdf {
namespace {

#define DCT "http://purl.org/dc/terms/"
#define DCAT "http://www.w3.org/ns/dcat#"
#define FOAF "http://xmlns.com/foaf/0.1/"
#define ADMS "http://www.w3.org/ns/adms#"
#define PROV "http://www.w3.org/ns/prov#"
#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define SPDX "http://spdx.org/rdf/terms#"
#define TIME "http://www.w3.org/2006/time#"
#define LOCN "http://www.w3.org/ns/locn#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

struct Range {
  std::string_view property;
  std::string_view is_a;
  bool described = false;  // its class demands a description, which a name alone does not give
};

// Sorted by property.
constexpr std::array ranges{
    Range{"http://data.europa.eu/r5r/applicableLegislation", "http://data.europa.eu/eli/ontology#LegalResource"},
    Range{"http://data.europa.eu/r5r/availability", SKOS "Concept"},
    Range{DCT "accessRights", DCT "RightsStatement"},
    Range{DCT "accrualPeriodicity", DCT "Frequency"},
    Range{DCT "conformsTo", DCT "Standard"},
    Range{DCT "creator", FOAF "Agent"},
    Range{DCT "format", DCT "MediaTypeOrExtent"},
    Range{DCT "hasVersion", DCAT "Dataset", true},
    Range{DCT "isReferencedBy", RDFS "Resource"},
    Range{DCT "language", DCT "LinguisticSystem"},
    Range{DCT "license", DCT "LicenseDocument"},
    Range{DCT "provenance", DCT "ProvenanceStatement"},
    Range{DCT "publisher", FOAF "Agent"},
    Range{DCT "relation", RDFS "Resource"},
    Range{DCT "rights", DCT "RightsStatement"},
    Range{DCT "source", DCAT "Dataset", true},
    Range{DCT "spatial", DCT "Location"},
    Range{DCT "temporal", DCT "PeriodOfTime"},
    Range{DCT "type", SKOS "Concept"},
    Range{SPDX "algorithm", SPDX "ChecksumAlgorithm"},
    Range{SPDX "checksum", SPDX "Checksum"},
    Range{TIME "hasBeginning", TIME "Instant"},
    Range{TIME "hasEnd", TIME "Instant"},
    Range{ADMS "identifier", ADMS "Identifier"},
    Range{ADMS "sample", DCAT "Distribution", true},
    Range{ADMS "status", SKOS "Concept"},
    Range{DCAT "accessService", DCAT "DataService", true},
    Range{DCAT "accessURL", RDFS "Resource"},
    Range{DCAT "compressFormat", DCT "MediaType"},
    Range{DCAT "contactPoint", "http://www.w3.org/2006/vcard/ns#Kind"},
    Range{DCAT "dataset", DCAT "Dataset", true},
    Range{DCAT "distribution", DCAT "Distribution", true},
    Range{DCAT "downloadURL", RDFS "Resource"},
    Range{DCAT "endpointDescription", RDFS "Resource"},
    Range{DCAT "endpointURL", RDFS "Resource"},
    Range{DCAT "hadRole", DCAT "Role"},
    Range{DCAT "inSeries", DCAT "DatasetSeries", true},
    Range{DCAT "landingPage", FOAF "Document"},
    Range{DCAT "mediaType", DCT "MediaType"},
    Range{DCAT "packageFormat", DCT "MediaType"},
    Range{DCAT "qualifiedRelation", DCAT "Relationship"},
    Range{DCAT "servesDataset", DCAT "Dataset", true},
    Range{DCAT "service", DCAT "DataService", true},
    Range{DCAT "theme", SKOS "Concept"},
    Range{LOCN "geometry", LOCN "Geometry"},
    Range{"http://www.w3.org/ns/odrl/2/hasPolicy", "http://www.w3.org/ns/odrl/2/Policy"},
    Range{PROV "qualifiedAttribution", PROV "Attribution"},
    Range{PROV "wasGeneratedBy", PROV "Activity"},
    Range{FOAF "homepage", FOAF "Document"},
    Range{FOAF "page", FOAF "Document"},
    Range{FOAF "primaryTopic", DCAT "Resource"},
};

const Range* row_of(std::string_view property) {
  const auto found = std::lower_bound(ranges.begin(), ranges.end(), property,
                                      [](const Range& row, std::string_view name) { return row.property < name; });
  return found != ranges.end() && found->property == property ? &*found : nullptr;
}

constexpr bool sorted() {
  for (std::size_t i = 1; i < ranges.size(); ++i)
    if (ranges[i].property <= ranges[i - 1].property) return false;
  return true;
}
static_assert(sorted());

std::string_view last_word(std::string_view iri) {
  while (iri.ends_with('/') || iri.ends_with('#')) iri.remove_suffix(1);
  const auto at = iri.find_last_of("/#");
  return at == std::string_view::npos ? std::string_view{} : iri.substr(at + 1);
}

class Completion {
 public:
  explicit Completion(Graph& graph) : graph_(graph) {}

  Result<void> run() {
    for (const Triple& triple : graph_.triples()) {
      const Range* range = range_of_predicate(triple.predicate);
      if (range == nullptr || graph_.term(triple.object).is_literal()) continue;
      if (range->described && !is_described(triple.object)) continue;
      wanted_.emplace(triple.object, range);
    }
    for (const auto& [node, range] : wanted_)
      if (auto done = complete(node, range->is_a); !done) return done;
    for (const Triple& triple : added_)
      if (auto done = graph_.add(triple); !done) return done;
    graph_.index();
    return {};
  }

 private:
  const Range* range_of_predicate(TermId predicate) {
    const auto [place, fresh] = ranges_.try_emplace(predicate, nullptr);
    if (fresh) place->second = row_of(graph_.term(predicate).text);
    return place->second;
  }

  // Whether more than a type is said of it.
  bool is_described(TermId node) const {
    const TermId type = graph_.find_iri(RDF "type");
    const auto about = graph_.about(node);
    return std::any_of(about.begin(), about.end(), [&](const Triple& triple) { return triple.predicate != type; });
  }

  Result<void> complete(TermId node, std::string_view is_a) {
    if (auto done = add(node, RDF "type", iri(is_a)); !done) return done;
    if (is_a != SKOS "Concept" || !graph_.term(node).is_iri()) return {};
    const TermId label = graph_.find_iri(SKOS "prefLabel");
    if (label != no_term && !graph_.about(node, label).empty()) return {};
    const std::string text(graph_.term(node).text);
    if (const auto* theme = dcat::theme({text, {}, false}); theme != nullptr && dcat::theme_iri(theme->key) == text) {
      if (auto done = add(node, SKOS "prefLabel", literal(theme->label_fr, {}, "fr")); !done) return done;
      return add(node, SKOS "prefLabel", literal(theme->label_en, {}, "en"));
    }
    const std::string_view word = last_word(text);
    return word.empty() ? Result<void>{} : add(node, SKOS "prefLabel", literal(word, {}, no_language));
  }

  Result<void> add(TermId subject, std::string_view predicate, const TermView& object) {
    const auto p = graph_.intern(iri(predicate));
    if (!p) return p.error();
    const auto o = graph_.intern(object);
    if (!o) return o.error();
    added_.push_back({subject, *p, *o});
    return {};
  }

  Graph& graph_;
  std::unordered_map<TermId, const Range*> ranges_;
  std::set<std::pair<TermId, const Range*>> wanted_;
  std::vector<Triple> added_;
};

}  // namespace

bool wants_description(std::string_view property) {
  const Range* row = row_of(property);
  return row != nullptr && row->described;
}

std::optional<std::pair<std::string, std::string_view>> typed(std::string_view property, std::string_view text) {
  if (property == DCAT "byteSize") {
    double size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && size >= 0 && size < 1e18 &&
                       size == std::floor(size);
    if (whole)
      return std::pair(std::to_string(static_cast<std::uint64_t>(size)), std::string_view(XSD "nonNegativeInteger"));
  } else if (property == SPDX "checksumValue") {
    const bool hexadecimal =
        text.size() % 2 == 0 && !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
    if (hexadecimal) return std::pair(std::string(text), std::string_view(XSD "hexBinary"));
  }
  return std::nullopt;
}

std::string_view range_of(std::string_view property) {
  const Range* row = row_of(property);
  return row == nullptr || row->described ? std::string_view{} : row->is_a;
}

std::string_view word_of(std::string_view range) {
  if (range == FOAF "Agent") return FOAF "name";
  if (range == "http://www.w3.org/2006/vcard/ns#Kind") return "http://www.w3.org/2006/vcard/ns#fn";
  if (range == SKOS "Concept" || range == DCT "Location") return SKOS "prefLabel";
  if (range == ADMS "Identifier") return SKOS "notation";
  return range == LOCN "Geometry" ? RDF "value" : RDFS "label";
}

Result<void> complete_ranges(Graph& graph) { return Completion(graph).run(); }

}  // namespace moisson::rdf
