// Reads the sources for what the house does not allow: work left undone, errors swallowed unseen, names poured into
// everybody's scope, and tests that wait for the clock on the wall.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path root = MOISSON_SOURCE_DIR;
const std::vector<std::string> product = {"include", "src", "harvesters", "index"};

std::vector<fs::path> sources(const std::vector<std::string>& places, const std::vector<std::string>& extensions) {
  std::vector<fs::path> found;
  for (const auto& place : places)
    for (const auto& entry : fs::recursive_directory_iterator(root / place))
      if (std::find(extensions.begin(), extensions.end(), entry.path().extension()) != extensions.end())
        found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// `phrase` stands in `line`, and not as a part of a longer name.
bool holds(const std::string& line, const std::string& phrase) {
  for (auto at = line.find(phrase); at != line.npos; at = line.find(phrase, at + 1)) {
    const auto end = at + phrase.size();
    if (at > 0 && is_letter(phrase.front()) && is_letter(line[at - 1])) continue;
    if (end < line.size() && is_letter(phrase.back()) && is_letter(line[end])) continue;
    return true;
  }
  return false;
}

void expect_without(const std::vector<std::string>& phrases, const fs::path& file, const std::string& because) {
  std::ifstream in(file);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number)
    for (const auto& phrase : phrases)
      EXPECT_FALSE(holds(line, phrase)) << file.lexically_relative(root).string() << ":" << number << ": " << line
                                        << "\n"
                                        << because;
}

}  // namespace

TEST(House, NothingIsLeftUndone) {
  for (const auto& file : sources(product, {".h", ".cpp", ".sql", ".html", ".part", ".css", ".js", ".tsv", ".txt"}))
    expect_without({"TODO", "FIXME", "XXX", "HACK"}, file, "what is missing is an issue, not a comment");
  for (const auto& file : sources(product, {".h", ".cpp"}))
    expect_without({"placeholder", "Placeholder"}, file, "a file stands when it does something");
}

TEST(House, ErrorsAreCaughtByTheirTypes) {
  for (const auto& file : sources(product, {".h", ".cpp"}))
    expect_without({"catch (...)", "catch(...)", "catch ( ... )"}, file, "what nobody expected must not be hidden");
}

TEST(House, HeadersPourNoNamesIntoTheirReaders) {
  for (const auto& file : sources(product, {".h"}))
    expect_without({"using namespace"}, file, "a header decides nothing for those who include it");
}

TEST(House, EveryHeaderIsReadOnce) {
  for (const auto& file : sources(product, {".h"})) {
    std::ifstream in(file);
    std::string line;
    bool once = false;
    while (!once && std::getline(in, line)) once = line == "#pragma once";
    EXPECT_TRUE(once) << file.lexically_relative(root).string() << " has no #pragma once";
  }
}

// The portal program may be slow on purpose, a benchmark may wait for its server, and this file names what it looks
// for.
TEST(House, TestsTurnTheClockInsteadOfWaitingForIt) {
  for (const auto& file : sources({"tests"}, {".h", ".cpp"})) {
    const auto name = file.lexically_relative(root).string();
    if (name == "tests/portal/main.cpp" || name.starts_with("tests/bench/") || name.starts_with("tests/house/"))
      continue;
    expect_without({"sleep_for", "sleep_until", "usleep", "nanosleep"}, file,
                   "a test that sleeps is slow when it passes, and fails when the machine is slow");
  }
}
