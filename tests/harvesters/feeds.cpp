#include "feeds.h"

#include "core/compress.h"
#include "core/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace moisson::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return std::move(out).str();
}

// The regular files of a tar (POSIX ustar: a header of 512 bytes, then the content in blocks of 512).
std::vector<Feed> files_of_tar(const std::string& prefix, std::string_view tar) {
  std::vector<Feed> files;
  for (std::size_t at = 0; at + 512 <= tar.size() && tar[at] != '\0';) {
    const std::string name(tar.substr(at, 100).substr(0, tar.substr(at, 100).find('\0')));
    const auto size =
        static_cast<std::size_t>(std::strtoull(std::string(tar.substr(at + 124, 12)).c_str(), nullptr, 8));
    const char type = tar[at + 156];
    if (type == '0' || type == '\0') files.push_back({prefix + "/" + name, std::string(tar.substr(at + 512, size))});
    at += 512 + (size + 511) / 512 * 512;
  }
  return files;
}

}  // namespace

std::vector<Feed> data_json_feeds(const std::string& fixtures) {
  std::vector<Feed> feeds;
  const fs::path root(fixtures);
  if (!fs::exists(root)) return feeds;
  for (const char* folder :
       {"dcat/GSA__ckanext-datajson", "dcat/GSA__datagov-harvester/example_data/dcatus",
        "dcat/datosgobar__pydatajson/tests", "dcat/project-open-data__project-open-data.github.io"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string name = entry.path().lexically_relative(root).string();
      const bool json = name.ends_with(".json") || name.ends_with("_suffix");
      if (entry.is_regular_file() && json && name.find("/schema/") == name.npos)
        feeds.push_back({name, content(entry.path())});
    }
  }
  for (const char* archive :
       {"catalogs/arcgis-hub-datajson/latest.tar.zst", "catalogs/us-federal-datajson/datajson.tar.zst"}) {
    const auto tar = zstd_decompress(content(root / archive), std::size_t{256} << 20);
    EXPECT_TRUE(tar) << archive;
    if (!tar) continue;
    for (Feed& feed : files_of_tar(archive, *tar)) {
      if (feed.name.ends_with(".json")) feeds.push_back(std::move(feed));
    }
  }
  std::sort(feeds.begin(), feeds.end(), [](const Feed& a, const Feed& b) { return a.name < b.name; });
  return feeds;
}

std::vector<std::string> socrata_assets(const std::string& fixtures) {
  std::vector<std::string> assets;
  const fs::path path = fs::path(fixtures) / "catalogs/socrata-2022/socrata.jsonl.zst";
  if (!fs::exists(path)) return assets;
  const auto lines = zstd_decompress(content(path), std::size_t{256} << 20);
  EXPECT_TRUE(lines);
  if (!lines) return assets;
  for (const auto line : split(*lines, '\n')) {
    if (!line.empty()) assets.emplace_back(line);
  }
  return assets;
}

std::vector<Feed> iso19139_feeds(const std::string& fixtures) {
  std::vector<Feed> feeds;
  const fs::path root = fs::path(fixtures) / "dcat";
  if (!fs::exists(root)) return feeds;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".xml") continue;
    std::string body = content(entry.path());
    // The element itself, not only a mention of its name.
    const bool metadata = body.find("MD_Metadata ") != body.npos || body.find("MI_Metadata ") != body.npos ||
                          body.find("MD_Metadata>") != body.npos || body.find("GetRecordsResponse") != body.npos;
    if (metadata) feeds.push_back({entry.path().lexically_relative(root).string(), std::move(body)});
  }
  std::sort(feeds.begin(), feeds.end(), [](const Feed& a, const Feed& b) { return a.name < b.name; });
  return feeds;
}

std::size_t data_json_count(json::View root) {
  if (root.is(json::Kind::array)) return root.size();
  std::size_t count = root["dataset"].is(json::Kind::object) ? 1 : 0;
  for (const char* list : {"dataset", "service", "datasetSeries"}) {
    for (const json::View element : root[list].items()) {
      ++count;
      for (const char* members : {"servesDataset", "seriesMember"}) {
        for (const json::View member : element[members].items()) count += member["title"].exists();
      }
    }
  }
  for (const json::View nested : root["catalog"].items()) count += data_json_count(nested);
  return count;
}

void expect_golden(const std::string& path, const std::string& text) {
  if (std::getenv("MOISSON_WRITE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  const std::string known = content(path);
  const auto wanted = split(known, '\n');
  const auto got = split(text, '\n');
  for (std::size_t i = 0; i < std::max(wanted.size(), got.size()); ++i) {
    EXPECT_EQ(i < got.size() ? got[i] : "(nothing)", i < wanted.size() ? wanted[i] : "(nothing)")
        << path << ":" << i + 1;
  }
}

}  // namespace moisson::test
