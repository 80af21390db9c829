// Our RDF/XML reader against raptor's, where `rapper` is installed.
#include "document.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace moisson::rdf {
namespace {

std::string output_of(const std::string& command) {
  struct Close {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
  };
  std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
  std::string out;
  std::array<char, 65'536> piece{};
  for (std::size_t size = 0; pipe && (size = std::fread(piece.data(), 1, piece.size(), pipe.get())) > 0;)
    out.append(piece.data(), size);
  return out;
}

TEST(Rapper, ReadsTheSameTriples) {
  const std::filesystem::path root = std::filesystem::path(MOISSON_FIXTURES) / "dcat";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no feeds in " << MOISSON_FIXTURES;
  if (output_of("command -v rapper").empty()) GTEST_SKIP() << "rapper is not installed";
  int compared = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".rdf" || entry.file_size() > 500'000) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    Graph ours;
    GraphLoader loader(ours);
    if (!read(text, Syntax::rdf_xml, "http://example.org/feed", loader, {true})) continue;
    ours.index();
    const std::string theirs = output_of("rapper -q -i rdfxml -o ntriples '" + entry.path().string() +
                                         "' http://example.org/feed 2>/dev/null");
    if (theirs.empty()) continue;
    Graph graph;
    GraphLoader other(graph);
    if (!read(theirs, Syntax::ntriples, "", other) || !other.broken().empty()) continue;
    graph.index();
    EXPECT_EQ(ours.size(), graph.size()) << entry.path();
    ++compared;
  }
  EXPECT_GT(compared, 5);
}

}  // namespace
}  // namespace moisson::rdf
