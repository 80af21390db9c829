// Holds the #include lines of the product against the table of arrows in ARCHITECTURE.md, so that the picture stays true,
// and keeps each heavy library behind its one door.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Rooms = std::set<std::string>;

const fs::path root = MOISSON_SOURCE_DIR;

struct Include {
  fs::path file;
  int line;
  std::string path;
};

std::vector<fs::path> sources(const fs::path& directory) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(root / directory))
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Include> includes(const fs::path& directory) {
  static const std::regex line_form(R"rx(^\s*#\s*include\s*[<"]([^>"]+)[>"])rx");
  std::vector<Include> found;
  for (const auto& file : sources(directory)) {
    std::ifstream in(file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      std::smatch match;
      if (std::regex_search(line, match, line_form)) found.push_back({file.lexically_relative(root), number, match[1]});
    }
  }
  return found;
}

// The rows "| `src/net` | core |" between the two marks of ARCHITECTURE.md.
std::map<std::string, Rooms> table_of_arrows() {
  std::ifstream in(root / "ARCHITECTURE.md");
  std::string line;
  std::map<std::string, Rooms> table;
  static const std::regex row(R"rx(^\| `([^`]+)` \| ([^|]*) \|)rx");
  for (bool inside = false; std::getline(in, line);) {
    if (line.find("<!-- arrows -->") != std::string::npos) inside = true;
    if (line.find("<!-- /arrows -->") != std::string::npos) inside = false;
    std::smatch match;
    if (!inside || !std::regex_search(line, match, row)) continue;
    std::stringstream words(match[2]);
    for (std::string word; std::getline(words, word, ',');) {
      word.erase(0, word.find_first_not_of(" `"));
      word.erase(word.find_last_not_of(" `") + 1);
      if (!word.empty() && word != "–") table[match[1]].insert(word);
    }
    table[match[1]];
  }
  return table;
}

// The room that an include path leads into; empty: not one of ours.
std::string room_of(const std::string& include) {
  static const Rooms rooms = {"core",       "dcat",  "rdf",  "net",  "harvesters", "store", "harvest", "index",
                              "projection", "links", "http", "auth", "notify",     "api",   "web",     "app"};
  const auto first = include.substr(0, include.find('/'));
  if (first == "moisson") {
    const auto rest = include.substr(8);
    return "moisson/" + rest.substr(0, rest.find('/'));
  }
  return include.find('/') != std::string::npos && rooms.contains(first) ? first : "";
}

}  // namespace

TEST(House, EveryIncludeFollowsTheTableOfArrows) {
  const auto table = table_of_arrows();
  ASSERT_GE(table.size(), 16u) << "ARCHITECTURE.md has lost its table of arrows";
  for (const auto& [place, allowed] : table) {
    ASSERT_TRUE(fs::exists(root / place)) << place << " is in the table of arrows, but not in the house";
    const auto own = fs::path(place).filename().string();
    for (const auto& include : includes(place)) {
      const auto room = room_of(include.path);
      if (room.empty() || room == own || room == "moisson/" + own) continue;
      EXPECT_TRUE(allowed.contains("everything") || allowed.contains(room))
          << include.file.string() << ":" << include.line << " includes " << include.path << ", but " << place
          << " may include only what its row of ARCHITECTURE.md names";
    }
  }
}

TEST(House, EveryRoomStandsInTheTableOfArrows) {
  const auto table = table_of_arrows();
  for (const fs::path parent : {"src", "include/moisson"})
    for (const auto& entry : fs::directory_iterator(root / parent)) {
      if (!entry.is_directory()) continue;
      const auto place = (parent / entry.path().filename()).string();
      EXPECT_TRUE(table.contains(place)) << place << " has no row in ARCHITECTURE.md's table of arrows";
    }
}

TEST(House, HeavyLibrariesStayBehindTheirDoors) {
  const std::vector<std::pair<std::regex, std::vector<std::string>>> doors = {
      {std::regex("^boost/(beast|asio)"), {"src/http/", "src/app/control_"}},
      {std::regex("^curl/"), {"src/net/", "src/notify/"}},
      {std::regex("^sqlite3"), {"src/store/"}},
      {std::regex("^sodium"), {"src/store/vault", "src/auth/"}},
      {std::regex("^xapian"), {"index/"}},
      {std::regex("^serd/"), {"src/rdf/"}},
      {std::regex("^libxml/"), {"src/core/xml"}},
      {std::regex("^rapidjson/"), {"src/core/json"}},
      {std::regex("^ctemplate/"), {"src/web/"}},
      {std::regex("^cmark"), {"src/web/"}},
      {std::regex("^toml"), {"src/app/"}},
      {std::regex("^CLI/"), {"src/app/"}},
  };
  for (const fs::path place : {"include", "src", "harvesters", "index"})
    for (const auto& include : includes(place))
      for (const auto& [library, allowed] : doors) {
        if (!std::regex_search(include.path, library)) continue;
        const auto file = include.file.string();
        EXPECT_TRUE(
            std::any_of(allowed.begin(), allowed.end(), [&](const auto& door) { return file.starts_with(door); }))
            << file << ":" << include.line << " includes " << include.path << " outside its door";
      }
}

TEST(House, SharedHeadersNeedNoThirdPartyButResult) {
  for (const auto& include : includes("include"))
    EXPECT_TRUE(include.path.starts_with("moisson/") || include.path.find('/') == std::string::npos ||
                include.path == "boost/system/result.hpp")
        << include.file.string() << ":" << include.line << " includes " << include.path;
}

TEST(House, NoFileOutgrowsAScreenfulOfIdeas) {
  for (const fs::path place : {"include", "src", "harvesters", "index"})
    for (const auto& file : sources(place)) {
      std::ifstream in(file);
      const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
      EXPECT_LE(lines, 700) << file.lexically_relative(root).string() << " is past the hard ceiling";
      EXPECT_EQ(file.filename().string().find("util"), std::string::npos) << "there is no utils: " << file.filename();
    }
}
