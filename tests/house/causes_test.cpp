// Holds every word that the sources file something under against the table that explains it, both ways.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

const fs::path root = MOISSON_SOURCE_DIR;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_word(const std::string& text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == text.npos;
}

// The literal that begins at `at`, if one does.
std::string literal_at(const std::string& text, std::size_t at) {
  at = text.find_first_not_of(" \n", at);
  if (at == text.npos || text[at] != '"') return {};
  const auto end = text.find('"', at + 1);
  return end == text.npos ? std::string() : text.substr(at + 1, end - at - 1);
}

// First argument of what makes a finding, and the last literal of an error's braces, which is its cause where it is a
// word.
void gather(const std::string& text, std::set<std::string>& words) {
  for (const std::string opening :
       {"found(", "find(", "find_value(", "remark({", "remark(", "push_back({", "filed(", "failure("})
    for (auto at = text.find(opening); at != text.npos; at = text.find(opening, at + 1))
      if (const auto word = literal_at(text, at + opening.size()); is_word(word) && word.find('_') != word.npos)
        words.insert(word);
  for (auto at = text.find("ErrorCode::"); at != text.npos; at = text.find("ErrorCode::", at + 1)) {
    const auto end = text.find_first_of("};", at);
    if (end == text.npos || text[end] != '}' || text[end - 1] != '"') continue;
    const auto begin = text.rfind('"', end - 2);
    if (const auto word = text.substr(begin + 1, end - begin - 2); is_word(word)) words.insert(word);
  }
}

std::set<std::string> explained() {
  std::set<std::string> words;
  std::ifstream table(root / "config/vocab/causes.tsv");
  for (std::string line; std::getline(table, line);)
    if (!line.empty() && line.front() != '#') words.insert(line.substr(0, line.find('\t')));
  return words;
}

}  // namespace

TEST(House, ExplainsEveryCauseThatItsSourcesGive) {
  std::set<std::string> given;
  std::string everything;
  for (const char* place : {"harvesters", "src/net", "src/rdf", "src/harvest", "src/store", "src/core"})
    for (const auto& entry : fs::recursive_directory_iterator(root / place)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      const auto text = content(entry.path());
      everything += text;
      gather(text, given);
    }
  EXPECT_GT(given.size(), 40u);
  const auto words = explained();
  // Looked up, and no cause.
  for (const char* option : {"page_parameter", "output_schema", "api_key", "api_key_file"}) given.erase(option);
  for (const auto& word : given)
    EXPECT_TRUE(words.contains(word)) << "config/vocab/causes.tsv does not explain " << word;
  for (const auto& word : words)
    EXPECT_NE(everything.find('"' + word + '"'), everything.npos) << "nothing is filed under " << word;
}
