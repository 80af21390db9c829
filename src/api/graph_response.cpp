#include "api/graph_response.h"

#include "rdf/dcat_ap.h"
#include "rdf/writer.h"

#include <utility>

namespace moisson::api {

Result<http::Response> graph_response(rdf::Graph& graph, rdf::Syntax syntax, const std::string& etag) {
  graph.index();
  if (auto completed = rdf::complete_ranges(graph); !completed) return completed.error();
  auto text = rdf::write(graph, syntax);
  if (!text) return text.error();
  http::Response response;
  response.headers.set("Content-Type", std::string(rdf::media_type(syntax)) + "; charset=utf-8");
  response.headers.set("ETag", etag);
  response.body = std::move(*text);
  return response;
}

}  // namespace moisson::api
