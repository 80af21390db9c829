#include "rdf/description.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace moisson::rdf {
namespace {

// How far to follow an IRI that stands as the object of a property.
enum class Follow { whole, term };

struct Row {
  std::string_view property;
  Follow follow;
};

// whole: a part of the record, whose own parts belong to it too. term: a term of a vocabulary, which belongs with its
// own words; what it is broader than does not.
constexpr std::array rows{
    Row{"http://www.w3.org/ns/dcat#distribution", Follow::whole},
    Row{"http://purl.org/dc/terms/publisher", Follow::whole},
    Row{"http://purl.org/dc/terms/creator", Follow::whole},
    Row{"http://www.w3.org/ns/dcat#contactPoint", Follow::whole},
    Row{"http://purl.org/dc/terms/spatial", Follow::whole},
    Row{"http://purl.org/dc/terms/temporal", Follow::whole},
    Row{"http://www.w3.org/ns/dcat#startDate", Follow::whole},
    Row{"http://www.w3.org/ns/dcat#endDate", Follow::whole},
    Row{"http://spdx.org/rdf/terms#checksum", Follow::whole},
    Row{"http://www.w3.org/ns/locn#geometry", Follow::whole},
    Row{"http://www.w3.org/2006/vcard/ns#hasEmail", Follow::whole},
    Row{"http://www.w3.org/2006/vcard/ns#hasTelephone", Follow::whole},
    Row{"http://www.w3.org/2006/vcard/ns#hasURL", Follow::whole},
    Row{"http://www.w3.org/ns/adms#identifier", Follow::whole},
    Row{"http://purl.org/dc/terms/provenance", Follow::term},
    Row{"http://purl.org/dc/terms/rights", Follow::term},
    Row{"http://purl.org/dc/terms/accessRights", Follow::term},
    Row{"http://purl.org/dc/terms/license", Follow::term},
    Row{"http://purl.org/dc/terms/format", Follow::term},
    Row{"http://www.w3.org/ns/dcat#mediaType", Follow::term},
    Row{"http://www.w3.org/ns/dcat#compressFormat", Follow::term},
    Row{"http://www.w3.org/ns/dcat#packageFormat", Follow::term},
    Row{"http://www.w3.org/ns/dcat#theme", Follow::term},
    Row{"http://purl.org/dc/terms/type", Follow::term},
    Row{"http://purl.org/dc/terms/language", Follow::term},
    Row{"http://purl.org/dc/terms/accrualPeriodicity", Follow::term},
    Row{"http://data.europa.eu/r5r/availability", Follow::term},
    Row{"http://data.europa.eu/r5r/hvdCategory", Follow::term},
};

}  // namespace

Description describe(RecordReader& reader, TermId subject) {
  const Graph& graph = reader.graph();
  std::unordered_map<TermId, Follow> follow;
  for (const Row& row : rows) {
    for (const TermId predicate : reader.predicates()(row.property)) follow.emplace(predicate, row.follow);
  }
  const auto& distribution = reader.predicates()("http://www.w3.org/ns/dcat#distribution");

  Description out;
  std::unordered_set<TermId> met{subject};
  std::vector<std::pair<TermId, Follow>> todo{{subject, Follow::whole}};
  while (!todo.empty()) {
    const auto [node, reach] = todo.back();
    todo.pop_back();
    for (const Triple& triple : graph.about(node)) {
      if (out.triples.size() == max_description_triples) {
        out.cut = true;
        return out;
      }
      const TermView object = graph.term(triple.object);
      if (reach == Follow::term && node != subject && !object.is_literal() && !object.is_blank() &&
          !reader.has_type(node, object.text)) {
        continue;  // the broader terms, schemes and matches of a vocabulary
      }
      out.triples.push_back(triple);
      if (object.is_literal() || met.contains(triple.object)) continue;
      const auto found = follow.find(triple.predicate);
      if (!object.is_blank() && found == follow.end()) continue;
      // Another record or catalog is described in its own place.
      if (reader.type(triple.object) || reader.is_catalog(triple.object)) continue;
      met.insert(triple.object);
      if (graph.about(triple.object).empty()) {
        const bool is_distribution =
            std::find(distribution.begin(), distribution.end(), triple.predicate) != distribution.end();
        if (is_distribution || object.is_blank()) out.missing.push_back(triple.object);
        continue;
      }
      todo.emplace_back(triple.object, object.is_blank() || found == follow.end() ? reach : found->second);
    }
  }
  return out;
}

}  // namespace moisson::rdf
