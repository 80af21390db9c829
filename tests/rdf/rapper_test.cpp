// Our readers and writers against raptor's reader, where `rapper` is installed.
#include "document.h"
#include "rdf/writer.h"

#include <moisson/core/uuid.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

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

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<Graph> ours(const std::string& text, Syntax syntax, bool strict) {
  Graph graph;
  GraphLoader loader(graph);
  if (!read(text, syntax, "http://example.org/feed", loader, {strict}) || !loader.broken().empty()) return std::nullopt;
  graph.index();
  return graph;
}

// What raptor makes of a file; nothing where it refuses it. It escapes the blanks of IRIs, which N-Triples forbids; our
// graph mends them.
std::optional<Graph> theirs(const std::filesystem::path& path, const std::string& syntax) {
  const std::string command = "rapper -q -i " + syntax + " -o ntriples '" + path.string() + "' http://example.org/feed";
  const std::string lines = output_of(command + R"( 2>/dev/null | sed 's/\\u0020/%20/g')");
  return lines.empty() ? std::nullopt : ours(lines, Syntax::ntriples, false);
}

std::string name_of(Syntax syntax) {
  return syntax == Syntax::rdf_xml ? "rdfxml" : syntax == Syntax::turtle ? "turtle" : "ntriples";
}

class Rapper : public testing::Test {
  void SetUp() override {
    if (!std::filesystem::exists(root)) GTEST_SKIP() << "no feeds in " << MOISSON_FIXTURES;
    if (output_of("command -v rapper").empty()) GTEST_SKIP() << "rapper is not installed";
  }

 protected:
  const std::filesystem::path root = std::filesystem::path(MOISSON_FIXTURES) / "dcat";

  template <class Visit>
  void each(std::initializer_list<std::string_view> extensions, Visit visit) const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (std::ranges::count(extensions, entry.path().extension()) > 0) visit(entry.path(), bytes_of(entry.path()));
    }
  }
};

TEST_F(Rapper, ReadsTheSameTriples) {
  int compared = 0, not_rdf = 0, refused_by_us = 0, refused_by_rapper = 0;
  each({".rdf", ".xml", ".ttl", ".nt"}, [&](const std::filesystem::path& path, const std::string& text) {
    const auto syntax = recognise(text.substr(0, 65'536), "", path.string());
    if (!syntax) {
      ++not_rdf;
      return;
    }
    const auto graph = ours(text, *syntax, true);
    const auto other = graph ? theirs(path, name_of(*syntax)) : std::nullopt;
    if (!other) {
      ++(graph ? refused_by_rapper : refused_by_us);
      return;
    }
    EXPECT_EQ(write_ntriples(*graph), write_ntriples(*other)) << path;
    ++compared;
  });
  std::cout << compared << " feeds compared; skipped: " << not_rdf << " not RDF, " << refused_by_us
            << " refused by us, " << refused_by_rapper << " refused by rapper alone\n";
  EXPECT_GT(compared, 100);
}

TEST_F(Rapper, ReadsWhatWeWrite) {
  int compared = 0;
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("moisson-" + random_uuid());
  each({".ttl"}, [&](const std::filesystem::path& path, const std::string& text) {
    const auto graph = ours(text, Syntax::turtle, true);
    if (!graph || graph->size() == 0) return;
    for (const Syntax syntax : {Syntax::rdf_xml, Syntax::turtle, Syntax::ntriples}) {
      const auto written = write(*graph, syntax);
      if (!written) continue;  // a predicate that is no XML name
      std::ofstream(file, std::ios::binary) << *written;
      const auto other = theirs(file, name_of(syntax));
      ASSERT_TRUE(other) << path << " as " << name_of(syntax);
      EXPECT_EQ(write_ntriples(*graph), write_ntriples(*other)) << path << " as " << name_of(syntax);
      ++compared;
    }
  });
  std::filesystem::remove(file);
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace moisson::rdf
