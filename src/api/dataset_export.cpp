#include "api/catalog_graph.h"
#include "api/graph_response.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/record_graph.h"
#include "core/hash.h"
#include "dcat/canonical_json.h"
#include "http/conditional.h"
#include "rdf/graph.h"
#include "rdf/syntax.h"

#include <fmt/core.h>

namespace moisson::api {

Result<http::Response> dataset_export(const Context& context, const http::Request& request) {
  const std::string_view ending = http::first(request.captures, "format");
  if (ending == "json") return dataset(context, request);
  const auto syntax = rdf::syntax_of_extension(ending);
  if (!syntax) return Error{ErrorCode::not_found, "records are given as ttl, rdf, nt, jsonld and json", "format", ""};

  const auto stored = context.store.record(http::first(request.captures, "id"));
  if (!stored) return stored.error();
  const auto raw = context.store.raw(stored->id);
  if (!raw) return raw.error();
  // What it came from may be kept anew without a change of the record.
  const std::string etag =
      fmt::format("\"{:016x}\"", hash64(fmt::format("{} {} {} {} {} {:x}", context.store.epoch(), stored->seq,
                                                    stored->id, ending, context.build, hash64(raw->bytes))));
  if (http::is_fresh(request, etag)) return http::did(http::Act::view(stored->id), http::not_modified(etag));
  const auto record = dcat::from_json(stored->json);
  if (!record) return record.error();

  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  const std::string iri = record_iri(*record, stored->id, context.links);
  if (auto written = CatalogGraph(context, loader).catalog_record(*stored, iri); !written) return written.error();
  rdf::GraphLoader document(graph);
  if (auto written = write_record(*record, iri, *raw, document); !written) return written.error();
  auto response = graph_response(graph, *syntax, etag);
  if (response) response->act = http::Act::view(stored->id);
  return response;
}

}  // namespace moisson::api
