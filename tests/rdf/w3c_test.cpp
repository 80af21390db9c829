// The W3C suites of RDF 1.1 by their manifests (https://w3c.github.io/rdf-tests/): counts are printed.
#include "document.h"
#include "isomorphism.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

namespace moisson::rdf {
namespace {

const std::filesystem::path suites = std::filesystem::path(MOISSON_FIXTURES) / "w3c/rdf-tests/rdf/rdf11";
constexpr std::string_view mf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
constexpr std::string_view rdft = "http://www.w3.org/ns/rdftest#";

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TermId object(const Graph& graph, TermId subject, const std::string& predicate) {
  const auto found = graph.about(subject, graph.find_iri(predicate));
  return found.empty() ? no_term : found.front().object;
}

Result<Graph> load(const std::string& text, Syntax syntax, const std::string& base) {
  Graph graph;
  GraphLoader loader(graph);
  if (auto done = read(text, syntax, base, loader, {true}); !done) return done.error();
  graph.index();
  return graph;
}

// The manifest of RDF/XML keeps some tests as comments ("#<#name> a rdft:TestXMLEval; …"): they are run as well.
std::string with_commented_tests(const std::string& manifest) {
  std::istringstream lines(manifest);
  std::string out;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    inside = line.starts_with("#<#") || (inside && line.starts_with('#'));
    out.append(line, inside ? 1 : 0) += '\n';
  }
  return out;
}

struct Counts {
  int passed = 0;
  std::vector<std::string> failed;
};

Counts run(const std::string& folder, Syntax syntax) {
  const std::string base = "https://w3c.github.io/rdf-tests/rdf/rdf11/" + folder + "/";
  const std::string text = with_commented_tests(bytes_of(suites / folder / "manifest.ttl"));
  const auto manifest = load(text, Syntax::turtle, base + "manifest.ttl");
  Counts counts;
  if (!manifest) {
    counts.failed.push_back("manifest: " + to_string(manifest.error()));
    std::cout << counts.failed.back() << '\n';
    return counts;
  }
  const std::string type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  for (const Triple& triple : manifest->triples()) {
    if (manifest->term(triple.predicate).text != type) continue;
    const std::string_view kind = manifest->term(triple.object).text;
    if (!kind.starts_with(rdft) || kind.find("Test") == kind.npos) continue;
    const TermId action = object(*manifest, triple.subject, std::string(mf) + "action");
    if (action == no_term) continue;
    const std::string address(manifest->term(action).text);
    if (!address.starts_with(base)) continue;
    const std::string input = bytes_of(suites / folder / address.substr(base.size()));
    const auto read = load(input, syntax, address);
    bool passed = false;
    std::string why;
    if (kind.find("Negative") != kind.npos) {
      passed = !read;
      why = "was accepted";
    } else if (!read) {
      why = to_string(read.error());
    } else if (kind.find("Eval") == kind.npos) {
      passed = true;
    } else {
      const TermId result = object(*manifest, triple.subject, std::string(mf) + "result");
      const std::string expected(manifest->term(result).text);
      const auto graph = load(bytes_of(suites / folder / expected.substr(base.size())), Syntax::ntriples, expected);
      passed = graph && isomorphic(*read, *graph);
      why = "other triples";
    }
    if (passed)
      ++counts.passed;
    else
      counts.failed.push_back(std::string(manifest->term(triple.subject).text) + ": " + why);
  }
  std::cout << folder << ": " << counts.passed << " of " << counts.passed + counts.failed.size() << " passed\n";
  for (const auto& line : counts.failed) std::cout << "  " << line << '\n';
  return counts;
}

class W3c : public testing::Test {
  void SetUp() override {
    if (!std::filesystem::exists(suites)) GTEST_SKIP() << "no W3C suites in " << MOISSON_FIXTURES;
  }
};

TEST_F(W3c, RdfXml) { EXPECT_TRUE(run("rdf-xml", Syntax::rdf_xml).failed.empty()); }
TEST_F(W3c, Turtle) { EXPECT_TRUE(run("rdf-turtle", Syntax::turtle).failed.empty()); }
TEST_F(W3c, NTriples) { EXPECT_TRUE(run("rdf-n-triples", Syntax::ntriples).failed.empty()); }

}  // namespace
}  // namespace moisson::rdf
