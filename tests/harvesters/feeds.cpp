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

std::vector<Feed> all_feeds(const std::string& fixtures) {
  constexpr std::string_view endings[] = {".json", ".jsonld", ".ttl", ".rdf", ".nt", ".xml", "_suffix"};
  std::vector<Feed> feeds;
  const fs::path root(fixtures);
  if (!fs::exists(root)) return feeds;
  const auto is_feed = [&](std::string_view name) {
    return std::any_of(std::begin(endings), std::end(endings),
                       [&](std::string_view end) { return name.ends_with(end); }) &&
           !name.ends_with(".meta.json");
  };
  const auto unpacked = [](const fs::path& path) {
    auto bytes = zstd_decompress(content(path), std::size_t{256} << 20);
    EXPECT_TRUE(bytes) << path;
    return bytes ? std::move(*bytes) : std::string();
  };
  for (const char* folder : {"dcat", "ckan-api"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      std::string name = entry.path().lexically_relative(root).string();
      if (!entry.is_regular_file()) continue;
      if (name.ends_with(".json.zst"))
        feeds.push_back({std::move(name), unpacked(entry.path())});
      else if (is_feed(name))
        feeds.push_back({std::move(name), content(entry.path())});
    }
  }
  for (const char* archive :
       {"catalogs/arcgis-hub-datajson/latest.tar.zst", "catalogs/arcgis-hub-datajson/timeseries.tar.zst",
        "catalogs/us-federal-datajson/datajson.tar.zst"}) {
    for (Feed& feed : files_of_tar(archive, unpacked(root / archive)))
      if (is_feed(feed.name)) feeds.push_back(std::move(feed));
  }
  // One answer of the Discovery API that holds them all.
  std::string assets;
  for (const std::string& asset : socrata_assets(fixtures)) assets.append(assets.empty() ? "" : ",").append(asset);
  feeds.push_back({"catalogs/socrata-2022/socrata.jsonl.zst", R"({"results":[)" + assets + "]}"});
  std::sort(feeds.begin(), feeds.end(), [](const Feed& a, const Feed& b) { return a.name < b.name; });
  return feeds;
}

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

std::string csw_answer(const std::string& records, std::size_t matched) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:gmd="http://www.isotc211.org/2005/gmd")"
         R"( xmlns:gco="http://www.isotc211.org/2005/gco"><csw:SearchStatus/><csw:SearchResults numberOfRecordsMatched=")" +
         std::to_string(matched) + R"(" nextRecord="0">)" + records + "</csw:SearchResults></csw:GetRecordsResponse>";
}

std::string csw_document(const std::string& document) {
  std::string body = document;
  const bool metadata = body.find("MD_Metadata") != body.npos || body.find("MI_Metadata") != body.npos;
  if (!metadata || body.find("GetRecordsResponse") != body.npos) return body;
  // What GetRecordById answers holds the document inside.
  if (const auto wrapper = body.find("GetRecordByIdResponse"); wrapper != body.npos) {
    body.erase(0, body.find('>', wrapper) + 1);
    body.erase(body.rfind("</"));
  }
  const auto begin = body.find("?>");
  return csw_answer(begin == body.npos ? body : body.substr(begin + 2), 1);
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

}  // namespace moisson::test
