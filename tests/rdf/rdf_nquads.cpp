// What our reader of JSON-LD makes of a document, to hold other readers against (tests/clients/json_ld.test.js).
//   rdf_nquads read BASE [strict]   the document on standard input as N-Quads (RDF 1.1 N-Quads), in its order
//   rdf_nquads context ADDRESS      the bundled context that the reader takes for an address
// Exit code: 0; 1 where the reader refuses, told on standard error; 2 for other words.
#include "rdf/reader.h"
#include "rdf/writer.h"

#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace moisson::rdf {
namespace {

class NQuads final : public TripleSink {
 public:
  Result<void> triple(const TermView& subject, const TermView& predicate, const TermView& object) override {
    append_ntriples(subject, predicate, object, text);
    return {};
  }
  Result<void> quad(const TermView& subject, const TermView& predicate, const TermView& object,
                    const TermView& graph) override {
    for (const TermView& term : {subject, predicate, object, graph}) {
      append_ntriples(term, text);
      text += ' ';
    }
    text += ".\n";
    return {};
  }
  std::string text;
};

int refused(const Error& error) {
  std::cerr << to_string(error) << '\n';
  return 1;
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 2 && words[0] == "context") {
    const auto document = bundled_contexts().document(words[1]);
    if (!document) return refused(document.error());
    std::cout << *document;
    return 0;
  }
  const bool strict = words.size() == 3 && words[2] == "strict";
  if (words.size() != (strict ? 3 : 2) || words[0] != "read") return 2;
  NQuads quads;
  const std::string document{std::istreambuf_iterator<char>(std::cin), {}};
  if (const auto done = read(document, Syntax::json_ld, words[1], quads, {strict}); !done) return refused(done.error());
  std::cout << quads.text;
  return 0;
}

}  // namespace
}  // namespace moisson::rdf

int main(int count, char** words) { return moisson::rdf::run({words + 1, words + count}); }
