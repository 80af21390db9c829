// A graph as the answer to a request: written in one syntax, with its type and validator. Pure.
#pragma once

#include "rdf/graph.h"
#include "rdf/syntax.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <string>

namespace moisson::api {

// Indexes the graph first. Errors are the writer's.
Result<http::Response> graph_response(rdf::Graph& graph, rdf::Syntax syntax, const std::string& etag);

}  // namespace moisson::api
