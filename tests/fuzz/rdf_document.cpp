#include "rdf_document.h"

#include "fuzz.h"
#include "rdf/reader.h"
#include "rdf/writer.h"

#include <algorithm>

namespace moisson::fuzz {
namespace {

constexpr std::string_view base = "http://a.example/catalog";

// Small caps, so that the fuzzer's own memory limit means something.
constexpr rdf::GraphLimits limits{std::size_t{64} << 20, 200'000};

class Nothing final : public rdf::TripleSink {
 public:
  Result<void> triple(const rdf::TermView& subject, const rdf::TermView& predicate, const rdf::TermView&) override {
    require(!subject.is_literal() && predicate.is_iri(), "a triple is made as RDF makes it");
    return {};
  }
};

// XML has no spelling for most control characters (XML 1.0 §2.2).
bool has_xml_spelling(const rdf::Graph& graph) {
  const std::string lines = rdf::write_ntriples(graph);
  return std::all_of(lines.begin(), lines.end(), [](unsigned char c) { return c >= 0x20 || c == '\n' || c == '\t'; }) &&
         lines.find("\xEF\xBF") == lines.npos;
}

void check_written(const rdf::Graph& graph, rdf::Syntax syntax) {
  const auto written = rdf::write(graph, syntax);
  if (!written) {
    require(written.error().code == ErrorCode::unsupported, "a graph is written, or its predicate has no XML name");
    return;
  }
  if (syntax == rdf::Syntax::rdf_xml && !has_xml_spelling(graph)) return;
  const std::string lines = rdf::write_ntriples(graph);
  const ReadGraph again = read_graph(*written, syntax);
  require(again.whole, "what is written can be read");
  require(rdf::write_ntriples(again.graph) == lines, "what is written reads back the same graph");

  const auto part = rdf::document_part(graph, syntax, "r1x", true);
  require(part.has_value(), "what can be written can be a part of a document");
  const ReadGraph joined = read_graph(rdf::document_head(syntax) + *part + rdf::document_tail(syntax), syntax);
  require(joined.whole, "a document of one part can be read");
  require(rdf::write_ntriples(joined.graph) == lines, "a document of one part reads back the same graph");
}

}  // namespace

ReadGraph read_graph(std::string_view document, rdf::Syntax syntax, std::size_t piece) {
  ReadGraph out{rdf::Graph(limits), false};
  rdf::GraphLoader loader(out.graph);
  const auto reader = rdf::make_reader(syntax, base, loader);
  require(reader.has_value(), "there is a reader");
  Result<void> done;
  const std::size_t step = piece == 0 ? document.size() + 1 : piece;
  for (std::size_t at = 0; done && at < document.size(); at += step) done = (*reader)->feed(document.substr(at, step));
  if (done) done = (*reader)->finish();
  out.whole = done.has_value();
  require((*reader)->bytes_read() <= document.size(), "no more is read than there is");
  out.graph.index();
  return out;
}

void check_document(std::string_view document, rdf::Syntax syntax) {
  Nothing nothing;
  static_cast<void>(rdf::read(document, syntax, base, nothing, {.strict = true}));
  const ReadGraph whole = read_graph(document, syntax);
  const ReadGraph pieces = read_graph(document, syntax, 11);
  if (!whole.whole) return;
  const std::string lines = rdf::write_ntriples(whole.graph);
  require(!pieces.whole || rdf::write_ntriples(pieces.graph) == lines, "pieces read as the whole does");
  for (const auto target : {rdf::Syntax::ntriples, rdf::Syntax::turtle, rdf::Syntax::rdf_xml, rdf::Syntax::json_ld})
    check_written(whole.graph, target);
}

}  // namespace moisson::fuzz
