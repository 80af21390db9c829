// Reads the sources for what the house does not allow: work left undone, errors swallowed unseen, names poured into
// everybody's scope, and tests that wait for the clock on the wall.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
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

void expect_without(const fs::path& file, const std::regex& forbidden, const std::string& because) {
  std::ifstream in(file);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number)
    EXPECT_FALSE(std::regex_search(line, forbidden))
        << file.lexically_relative(root).string() << ":" << number << ": " << line << "\n" << because;
}

}  // namespace

TEST(House, NothingIsLeftUndone) {
  for (const auto& file : sources(product, {".h", ".cpp", ".sql", ".html", ".part", ".css", ".js", ".tsv", ".txt"}))
    expect_without(file, std::regex(R"(\b(TODO|FIXME|XXX|HACK)\b)"), "what is missing is an issue, not a comment");
  for (const auto& file : sources(product, {".h", ".cpp"}))
    expect_without(file, std::regex("placeholder", std::regex::icase), "a file stands when it does something");
}

TEST(House, ErrorsAreCaughtByTheirTypes) {
  for (const auto& file : sources(product, {".h", ".cpp"}))
    expect_without(file, std::regex(R"(catch\s*\(\s*\.\.\.\s*\))"), "what nobody expected must not be hidden");
}

TEST(House, HeadersPourNoNamesIntoTheirReaders) {
  for (const auto& file : sources(product, {".h"}))
    expect_without(file, std::regex(R"(\busing\s+namespace\b)"), "a header decides nothing for those who include it");
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

// The portal program may be slow on purpose (tests/portal/main.cpp), and a benchmark may wait for a server.
TEST(House, TestsTurnTheClockInsteadOfWaitingForIt) {
  const std::regex wall_clock(R"(\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\()");
  for (const auto& file : sources({"tests"}, {".h", ".cpp"})) {
    const auto name = file.lexically_relative(root).string();
    if (name == "tests/portal/main.cpp" || name.starts_with("tests/bench/")) continue;
    expect_without(file, wall_clock, "a test that sleeps is slow when it passes, and fails when the machine is slow");
  }
}
