#include "rdf/mapping_tally.h"

#include "rdf/prefixes.h"

#include <string>
#include <unordered_map>

namespace moisson::rdf {
namespace {

constexpr int deepest = 4;  // steps of a way; further ones are left out of the name

std::string short_name(std::string_view iri) {
  for (const Prefix& prefix : prefixes)
    if (iri.size() > prefix.iri.size() && iri.starts_with(prefix.iri))
      return std::string(prefix.name).append(":").append(iri.substr(prefix.iri.size()));
  return std::string(iri);
}

}  // namespace

void tally(const Graph& graph, TermId record, const std::vector<bool>& used, dcat::MappingReport& mapping) {
  const TermId type = graph.find_iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
  const auto triples = graph.triples();
  std::unordered_map<TermId, const Triple*> links;  // node → the first triple that leads to it
  for (const Triple& triple : triples)
    if (!graph.term(triple.object).is_literal()) links.try_emplace(triple.object, &triple);
  for (std::size_t i = 0; i < triples.size(); ++i) {
    const Triple& triple = triples[i];
    if (triple.predicate == type) continue;
    std::string name = short_name(graph.term(triple.predicate).text);
    TermId node = triple.subject;
    for (int step = 0; step < deepest && node != record; ++step) {
      const auto link = links.find(node);
      if (link == links.end()) break;
      name = short_name(graph.term(link->second->predicate).text) + "/" + name;
      node = link->second->subject;
    }
    const auto use = used[i] ? dcat::PropertyUse::read : dcat::PropertyUse::dropped;
    if (auto* const fresh = mapping.add(use, name)) {
      const TermView object = graph.term(triple.object);
      dcat::MappingReport::set_example(*fresh, object.is_blank() ? std::string_view("[]") : object.text);
    }
  }
}

}  // namespace moisson::rdf
