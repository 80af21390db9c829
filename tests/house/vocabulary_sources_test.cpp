// Holds the tables of config/vocab to what dcat/vocabulary.h says of them: each row names its source.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

void expect_sources(const fs::path& file) {
  const std::string name = file.filename().string();
  std::ifstream in(file);
  std::vector<std::string> columns;
  std::string line;
  std::size_t rows = 0;
  for (int number = 1; std::getline(in, line); ++number) {
    // The heading is the comment that has columns.
    if (line.starts_with('#') && line.find('\t') != line.npos) columns = cells_of(line.substr(1));
    if (line.empty() || line.starts_with('#')) continue;
    const auto cells = cells_of(line);
    ASSERT_FALSE(columns.empty()) << name << " has no heading";
    ASSERT_EQ(columns.back(), "source") << name << ": the last column names the source of the row";
    ASSERT_EQ(cells.size(), columns.size()) << name << ":" << number << ": " << line;
    EXPECT_NE(cells.back().find_first_not_of(' '), std::string::npos)
        << name << ":" << number << " has no source: " << line;
    ++rows;
  }
  EXPECT_GT(rows, 0U) << name;
}

}  // namespace

TEST(House, EveryRowOfAVocabularyNamesItsSource) {
  const fs::path folder = fs::path(MOISSON_SOURCE_DIR) / "config/vocab";
  std::vector<fs::path> tables;
  for (const auto& entry : fs::directory_iterator(folder)) {
    // causes.tsv normalises nothing: it says what Moisson means by words of its own.
    if (entry.path().extension() == ".tsv" && entry.path().filename() != "causes.tsv") tables.push_back(entry.path());
  }
  std::sort(tables.begin(), tables.end());
  ASSERT_FALSE(tables.empty());
  for (const auto& table : tables) expect_sources(table);
}
