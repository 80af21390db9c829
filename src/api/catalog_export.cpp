#include "api/catalog_graph.h"
#include "api/graph_response.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/record_graph.h"
#include "core/hash.h"
#include "dcat/canonical_json.h"
#include "http/conditional.h"
#include "links/format.h"
#include "rdf/graph.h"
#include "rdf/syntax.h"

#include <moisson/dcat/properties.h>

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace moisson::api {
namespace {

constexpr std::uint64_t standard_page = 100;
constexpr std::uint64_t max_page = 500;

// Pages go by cursor over the immutable row id: no change of the catalog moves a record from one page to another.
Result<search::Query> page_query(const Context& context, const http::Request& request) {
  const auto size = number(request, "page_size", standard_page, 1, max_page);
  if (!size) return size.error();
  http::Parameters parameters = request.query;
  std::erase_if(parameters, [](const auto& row) { return row.first == "page_size" || row.first == "page"; });
  auto query = links::parse_query(parameters, reader_language(context, request));
  if (!query) return query;
  query->page_size = static_cast<std::uint32_t>(*size);
  if (!query->cursor) query->cursor = 0;
  query->sort = search::Sort::relevance;
  query->facets.clear();
  query->explain = false;
  query->keys_only = true;
  query->every_copy = true;
  return query;
}

// Removed since the snapshot was taken: it is on no page any more.
bool is_gone(const Error& error) { return error.code == ErrorCode::not_found || error.code == ErrorCode::cancelled; }

class CatalogPage {
 public:
  CatalogPage(const Context& context, rdf::Graph& graph)
      : context_(context), graph_(graph), loader_(graph), catalog_(context, loader_) {}

  Result<void> write(const search::Query& query, const search::Results& results, std::string_view ending) {
    if (auto done = catalog_.catalog(); !done) return done;
    if (query.cursor == std::uint64_t{0})
      if (auto done = all_sources(); !done) return done;
    for (const search::Hit& hit : results.hits)
      if (auto done = record(hit.id); !done && !is_gone(done.error())) return done;
    return paging(query, results, ending);
  }

 private:
  // Every portal that has records stands on the first page, whether its records do or not.
  Result<void> all_sources() {
    const auto sources = context_.store.sources();
    if (!sources) return sources.error();
    for (const store::SourceStatus& status : *sources) {
      if (status.records == 0) continue;
      met_.insert(status.source.id);
      if (auto done = catalog_.source(status); !done) return done;
    }
    return {};
  }

  Result<void> record(std::string_view id) {
    const auto stored = context_.store.record(id);
    if (!stored) return stored.error();
    const auto raw = context_.store.raw(id);
    if (!raw) return raw.error();
    const auto record = dcat::from_json(stored->json);
    if (!record) return record.error();
    if (met_.insert(stored->source_id).second) {
      const auto status = context_.store.source(stored->source_id);
      if (!status) return status.error();
      if (auto done = catalog_.source(*status); !done) return done;
    }
    const std::string iri = record_iri(*record, stored->id, context_.links);
    if (auto done = catalog_.member(*stored, *record, iri); !done) return done;
    rdf::GraphLoader document(graph_);
    return write_record(*record, iri, *raw, document);
  }

  // Hydra in its new vocabulary, and in the old one that CKAN's harvester reads.
  Result<void> paging(search::Query query, const search::Results& results, std::string_view ending) {
    const std::string page = context_.links.search_as(query, ending);
    query.cursor = 0;
    const std::string first = context_.links.search_as(query, ending);
    query.cursor = results.next_cursor;
    const std::string next = query.cursor ? context_.links.search_as(query, ending) : std::string();
    const std::string catalog = CatalogGraph::catalog_iri(context_);
    const std::string total = std::to_string(results.total), size = std::to_string(query.page_size);
    const std::string integer(std::string(dcat::ns::xsd) + "integer"), hydra(dcat::ns::hydra);
    const auto type = std::string(dcat::ns::rdf) + "type";

    struct Row {
      const std::string& subject;
      std::string predicate;
      rdf::TermView object;
    };
    const std::string collection = hydra + "Collection", view = hydra + "PartialCollectionView",
                      paged = hydra + "PagedCollection";
    std::vector<Row> rows{
        {catalog, type, rdf::iri(collection)},
        {catalog, hydra + "view", rdf::iri(page)},
        {catalog, hydra + "totalItems", rdf::literal(total, integer)},
        {page, type, rdf::iri(view)},
        {page, type, rdf::iri(paged)},
        {page, hydra + "totalItems", rdf::literal(total, integer)},
        {page, hydra + "itemsPerPage", rdf::literal(size, integer)},
        {page, hydra + "first", rdf::iri(first)},
        {page, hydra + "firstPage", rdf::iri(first)},
    };
    // Where the last page begins is known on that page alone.
    const std::string& other = next.empty() ? page : next;
    rows.push_back({page, hydra + (next.empty() ? "last" : "next"), rdf::iri(other)});
    rows.push_back({page, hydra + (next.empty() ? "lastPage" : "nextPage"), rdf::iri(other)});
    for (const Row& row : rows)
      if (auto done = loader_.triple(rdf::iri(row.subject), rdf::iri(row.predicate), row.object); !done) return done;
    return {};
  }

  const Context& context_;
  rdf::Graph& graph_;
  rdf::GraphLoader loader_;
  CatalogGraph catalog_;
  std::set<std::string, std::less<>> met_;
};

}  // namespace

Result<http::Response> catalog_export(const Context& context, const http::Request& request) {
  const std::string_view ending = http::first(request.captures, "format");
  const auto syntax = rdf::syntax_of_extension(ending);
  if (!syntax) return Error{ErrorCode::not_found, "the catalog is given as ttl, rdf, jsonld and nt", "format", ""};
  const auto query = page_query(context, request);
  if (!query) return query.error();
  const auto snapshot = context.slot.current();
  if (!snapshot) return not_ready();

  // Weak: the records are the store's latest, which may be ahead of the list.
  const std::string etag =
      fmt::format("W/\"{:016x}\"",
                  hash64(fmt::format("{} {} {} {} {} {}", snapshot->epoch(), snapshot->seq(), context.store.last_seq(),
                                     context.build, ending, links::query_string(*query))));
  if (http::is_fresh(request, etag)) return http::not_modified(etag);
  const auto results = snapshot->search(*query);
  if (!results) return results.error();

  rdf::Graph graph;
  if (auto written = CatalogPage(context, graph).write(*query, *results, ending); !written) return written.error();
  return graph_response(graph, *syntax, etag);
}

Result<http::Response> catalog(const Context& context, const http::Request& request) {
  auto query = page_query(context, request);
  if (!query) return query.error();
  const std::string_view format = links::wanted_format(request.headers.get("Accept"), "ttl");
  if (format == "html" || format == "json") {
    query->page_size = search::Query{}.page_size;
    query->cursor.reset();
  }
  http::Response response;
  response.status = 303;
  response.headers.set("Location",
                       format == "html" ? context.links.search(*query) : context.links.search_as(*query, format));
  response.headers.set("Vary", "Accept");
  return response;
}

}  // namespace moisson::api
