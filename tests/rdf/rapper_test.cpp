// Our readers and writers against raptor's reader, where `rapper` is installed.
#include "document.h"
#include "rdf/writer.h"

#include <moisson/core/uuid.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

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

// What raptor makes of a file; nothing where it refuses it.
std::optional<Graph> theirs(const std::filesystem::path& path, const std::string& syntax) {
  const std::string lines =
      output_of("rapper -q -i " + syntax + " -o ntriples '" + path.string() + "' http://example.org/feed 2>/dev/null");
  return lines.empty() ? std::nullopt : ours(lines, Syntax::ntriples, false);
}

class Rapper : public testing::Test {
  void SetUp() override {
    if (!std::filesystem::exists(root)) GTEST_SKIP() << "no feeds in " << MOISSON_FIXTURES;
    if (output_of("command -v rapper").empty()) GTEST_SKIP() << "rapper is not installed";
  }

 protected:
  const std::filesystem::path root = std::filesystem::path(MOISSON_FIXTURES) / "dcat";

  template <class Visit>
  void each(const char* extension, Visit visit) const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() == extension && entry.file_size() <= 500'000) visit(entry.path());
    }
  }
};

TEST_F(Rapper, ReadsTheSameTriples) {
  int compared = 0;
  for (const auto& [extension, ours_is, theirs_is] :
       {std::tuple{".rdf", Syntax::rdf_xml, "rdfxml"}, {".ttl", Syntax::turtle, "turtle"}}) {
    each(extension, [&](const std::filesystem::path& path) {
      const auto graph = ours(bytes_of(path), ours_is, true);
      const auto other = graph ? theirs(path, theirs_is) : std::nullopt;
      if (!other) return;
      EXPECT_EQ(graph->size(), other->size()) << path;
      ++compared;
    });
  }
  EXPECT_GT(compared, 20);
}

TEST_F(Rapper, ReadsWhatWeWrite) {
  int compared = 0;
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("moisson-" + random_uuid());
  each(".ttl", [&](const std::filesystem::path& path) {
    const auto graph = ours(bytes_of(path), Syntax::turtle, true);
    if (!graph || graph->size() == 0) return;
    for (const auto& [syntax, name] :
         {std::pair{Syntax::rdf_xml, "rdfxml"}, {Syntax::turtle, "turtle"}, {Syntax::ntriples, "ntriples"}}) {
      const auto written = write(*graph, syntax);
      if (!written) continue;  // a predicate that is no XML name
      std::ofstream(file, std::ios::binary) << *written;
      const auto other = theirs(file, name);
      ASSERT_TRUE(other) << path << " as " << name;
      EXPECT_EQ(write_ntriples(*graph), write_ntriples(*other)) << path << " as " << name;
      ++compared;
    }
  });
  std::filesystem::remove(file);
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace moisson::rdf
