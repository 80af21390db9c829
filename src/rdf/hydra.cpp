#include "rdf/hydra.h"

#include <moisson/dcat/properties.h>

#include "core/text.h"
#include "rdf/iri.h"

#include <charconv>
#include <initializer_list>

namespace moisson::rdf {
namespace {

// IRIs, and strings where portals write them as such.
std::string address(const Graph& graph, std::string_view page_url, std::initializer_list<std::string_view> names) {
  std::string found;
  for (const std::string_view name : names) {
    const TermId predicate = graph.find_iri(std::string(dcat::ns::hydra).append(name));
    if (predicate == no_term) continue;
    for (const std::uint32_t position : graph.with(predicate)) {
      const Triple& triple = graph.triples()[position];
      const TermView object = graph.term(triple.object);
      const std::string_view text = trim(object.text);
      if (object.is_blank() || text.empty()) continue;
      std::string iri = resolve_iri(page_url, text);
      if (graph.term(triple.subject).text == page_url) return iri;
      if (found.empty()) found = std::move(iri);
    }
    if (!found.empty()) break;
  }
  return found;
}

}  // namespace

Paging paging(const Graph& graph, std::string_view page_url) {
  Paging out;
  out.next = address(graph, page_url, {"next", "nextPage"});
  out.last = address(graph, page_url, {"last", "lastPage"});
  const TermId total = graph.find_iri(std::string(dcat::ns::hydra) + "totalItems");
  if (total == no_term) return out;
  for (const std::uint32_t position : graph.with(total)) {
    const std::string_view text = trim(graph.term(graph.triples()[position].object).text);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) out.total = std::max(out.total.value_or(0), value);
  }
  return out;
}

}  // namespace moisson::rdf
