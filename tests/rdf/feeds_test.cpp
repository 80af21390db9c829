// Real DCAT feeds, none of which may crash the readers or the mapping; what each gave is printed.
#include "document.h"
#include "rdf/description.h"
#include "rdf/record_reader.h"
#include "rdf/writer.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace moisson::rdf {
namespace {

TEST(Feeds, AreReadMappedAndWrittenBack) {
  const std::filesystem::path root = std::filesystem::path(MOISSON_FIXTURES) / "dcat";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no feeds in " << MOISSON_FIXTURES;
  std::size_t files = 0, refused = 0, broken = 0, records = 0, untitled = 0, findings = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension();
    if (extension != ".ttl" && extension != ".rdf" && extension != ".xml" && extension != ".nt" &&
        extension != ".jsonld")
      continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    ++files;
    const auto syntax = recognise(text.substr(0, 65'536), "", entry.path().string());
    if (!syntax) {
      ++refused;
      continue;
    }
    Graph graph;
    GraphLoader loader(graph);
    const auto done = read(text, *syntax, "http://example.org/feed", loader);
    if (!done) {
      ++broken;
      std::cout << entry.path().filename().string() << ": " << to_string(done.error()) << '\n';
    }
    graph.index();
    const RecordReader reader(graph);
    Describer describer(reader);
    for (TermId id = 0; id < graph.terms(); ++id) {
      const auto type = graph.about(id).empty() ? std::nullopt : reader.type(id);
      if (!type) continue;
      const Described described = reader.record(id, *type);
      ++records;
      untitled += dcat::resource(described.record).title.empty();
      findings += described.findings.size();
      // The raw source alone gives the same record.
      const Description description = describer.describe(id);
      const std::string raw = write_ntriples(graph, description.triples);
      const Graph alone = graph_of(raw, Syntax::ntriples, "");
      EXPECT_EQ(write_ntriples(alone), raw) << entry.path();
      if (const TermView term = graph.term(id); term.is_iri()) {
        RecordReader again(alone);
        EXPECT_EQ(resource(again.record(alone.find_iri(term.text), *type).record).title.size(),
                  resource(described.record).title.size());
      }
    }
  }
  std::cout << files << " files, " << refused << " not RDF, " << broken << " broken; " << records << " records, "
            << untitled << " without title, " << findings << " findings\n";
  EXPECT_GT(records, 100U);
}

}  // namespace
}  // namespace moisson::rdf
