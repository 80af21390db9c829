// A document in a test: read into a graph, or failing the test.
#pragma once

#include "rdf/graph.h"
#include "rdf/reader.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace moisson::rdf {

inline Graph graph_of(std::string_view document, Syntax syntax = Syntax::turtle,
                      std::string_view base = "http://example.org/doc", bool strict = false) {
  Graph graph;
  GraphLoader loader(graph);
  auto done = read(document, syntax, base, loader, {strict});
  EXPECT_TRUE(done) << (done ? "" : to_string(done.error()));
  graph.index();
  return graph;
}

}  // namespace moisson::rdf
