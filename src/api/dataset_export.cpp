#include "api/handlers.h"
#include "api/parameter.h"
#include "core/hash.h"
#include "dcat/canonical_json.h"
#include "http/conditional.h"
#include "rdf/graph.h"
#include "rdf/record_writer.h"
#include "rdf/syntax.h"
#include "rdf/writer.h"

#include <fmt/core.h>

namespace moisson::api {

Result<http::Response> dataset_export(const Context& context, const http::Request& request) {
  const std::string_view ending = http::first(request.captures, "format");
  if (ending == "json") return dataset(context, request);
  const auto syntax = rdf::syntax_of_extension(ending);
  if (!syntax) return Error{ErrorCode::not_found, "records are given as ttl, rdf, nt and json", "format", ""};

  const auto stored = context.store.record(http::first(request.captures, "id"));
  if (!stored) return stored.error();
  const std::string etag = fmt::format(
      "\"{:016x}\"",
      hash64(fmt::format("{} {} {} {} {}", context.store.epoch(), stored->seq, stored->id, ending, context.build)));
  if (http::is_fresh(request, etag)) return http::not_modified(etag);
  const auto record = dcat::from_json(stored->json);
  if (!record) return record.error();

  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  if (auto written = rdf::RecordWriter(loader).record(*record, context.links.dataset(stored->id)); !written)
    return written.error();
  graph.index();
  auto text = rdf::write(graph, *syntax);
  if (!text) return text.error();
  http::Response response;
  response.headers.set("Content-Type", std::string(rdf::media_type(*syntax)) + "; charset=utf-8");
  response.headers.set("ETag", etag);
  response.body = std::move(*text);
  return response;
}

}  // namespace moisson::api
