#include "rdf/description.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace moisson::rdf {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view distribution = "http://www.w3.org/ns/dcat#distribution";

// Properties whose object is a part of the record; its own parts belong to the record too.
constexpr std::array parts{
    distribution,
    "http://purl.org/dc/terms/publisher"sv,
    "http://purl.org/dc/terms/creator"sv,
    "http://www.w3.org/ns/dcat#contactPoint"sv,
    "http://purl.org/dc/terms/spatial"sv,
    "http://purl.org/dc/terms/temporal"sv,
    "http://www.w3.org/ns/dcat#startDate"sv,
    "http://www.w3.org/ns/dcat#endDate"sv,
    "http://spdx.org/rdf/terms#checksum"sv,
    "http://www.w3.org/ns/locn#geometry"sv,
    "http://www.w3.org/2006/vcard/ns#hasEmail"sv,
    "http://www.w3.org/2006/vcard/ns#hasTelephone"sv,
    "http://www.w3.org/2006/vcard/ns#hasURL"sv,
    "http://www.w3.org/ns/adms#identifier"sv,
};

// Properties whose object is a term of a vocabulary, which belongs with its own words; what it is broader than does not.
constexpr std::array terms{
    "http://purl.org/dc/terms/provenance"sv,      "http://purl.org/dc/terms/rights"sv,
    "http://purl.org/dc/terms/accessRights"sv,    "http://purl.org/dc/terms/license"sv,
    "http://purl.org/dc/terms/format"sv,          "http://www.w3.org/ns/dcat#mediaType"sv,
    "http://www.w3.org/ns/dcat#compressFormat"sv, "http://www.w3.org/ns/dcat#packageFormat"sv,
    "http://www.w3.org/ns/dcat#theme"sv,          "http://purl.org/dc/terms/type"sv,
    "http://purl.org/dc/terms/language"sv,        "http://purl.org/dc/terms/accrualPeriodicity"sv,
    "http://data.europa.eu/r5r/availability"sv,   "http://data.europa.eu/r5r/hvdCategory"sv,
};

}  // namespace

Describer::Describer(const RecordReader& reader) : reader_(reader), met_(reader.graph().terms()) {
  const auto follow = [this](std::span<const std::string_view> properties, Follow how) {
    for (const std::string_view property : properties)
      for (const TermId predicate : reader_.predicates()(property)) follow_.emplace(predicate, how);
  };
  follow(parts, Follow::whole);
  follow(terms, Follow::term);
}

Description Describer::describe(TermId subject) {
  const Graph& graph = reader_.graph();
  const auto distributions = reader_.predicates()(distribution);

  Description out;
  std::size_t bytes = 0;
  met_[subject] = ++count_;
  std::vector<std::pair<TermId, Follow>> todo{{subject, Follow::whole}};
  while (!todo.empty()) {
    const auto [node, reach] = todo.back();
    todo.pop_back();
    for (const Triple& triple : graph.about(node)) {
      const TermView object = graph.term(triple.object);
      bytes += object.text.size();
      if (out.triples.size() == max_description_triples || bytes > max_description_bytes) {
        out.cut = true;
        return out;
      }
      if (reach == Follow::term && node != subject && !object.is_literal() && !object.is_blank() &&
          !reader_.has_type(node, triple.object)) {
        continue;  // the broader terms, schemes and matches of a vocabulary
      }
      out.triples.push_back(triple);
      if (object.is_literal() || met_[triple.object] == count_) continue;
      const auto found = follow_.find(triple.predicate);
      if (!object.is_blank() && found == follow_.end()) continue;
      // Another record or catalog is described in its own place.
      if (reader_.type(triple.object) || reader_.is_catalog(triple.object)) continue;
      met_[triple.object] = count_;
      if (graph.about(triple.object).empty()) {
        const bool is_distribution = std::ranges::find(distributions, triple.predicate) != distributions.end();
        if (is_distribution || object.is_blank()) out.missing.push_back(triple.object);
        continue;
      }
      todo.emplace_back(triple.object, object.is_blank() || found == follow_.end() ? reach : found->second);
    }
  }
  return out;
}

}  // namespace moisson::rdf
