// Small catalogs for the tests of the index: entries by hand, and an index in a directory of its own.
#pragma once

#include "index/writer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

namespace moisson::index::test {

inline Moment day(int year, unsigned month = 1, unsigned date = 1) {
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{date}};
  return {std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::sys_days{ymd}), Precision::day};
}

inline Entry entry(std::uint64_t row, std::string title, std::string description = "", std::string language = "fr") {
  dcat::Dataset dataset;
  dataset.title = {{std::move(title), language}};
  if (!description.empty()) dataset.description = {{std::move(description), language}};
  Entry entry;
  entry.row = row;
  entry.id = "id-" + std::to_string(row);
  entry.source_id = "source-a";
  entry.source_title = "Source A";
  entry.source_language = language;
  entry.remote_id = "remote-" + std::to_string(row);
  entry.record = std::move(dataset);
  return entry;
}

inline dcat::Dataset& dataset(Entry& entry) { return std::get<dcat::Dataset>(entry.record); }

class Directory {
 public:
  Directory() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("moisson-index-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
    std::filesystem::create_directories(path_);
  }
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class Catalog {
 public:
  explicit Catalog(bool bulk = false) { open(bulk); }

  void open(bool bulk = false) {
    writer_.reset();
    auto opened = Writer::open(directory_.path() / "index", "epoch", bulk);
    EXPECT_TRUE(opened) << (opened ? "" : to_string(opened.error()));
    writer_ = std::move(*opened);
  }

  Catalog& put(std::vector<Entry> entries, std::vector<std::uint64_t> removed = {}) {
    const auto applied = writer_->apply(entries, removed, ++seq_);
    EXPECT_TRUE(applied) << (applied ? "" : to_string(applied.error()));
    return *this;
  }

  std::shared_ptr<const Snapshot> snapshot() {
    auto made = writer_->snapshot();
    EXPECT_TRUE(made) << (made ? "" : to_string(made.error()));
    return *made;
  }

  Writer& writer() { return *writer_; }
  std::filesystem::path path() const { return directory_.path() / "index"; }

 private:
  Directory directory_;
  std::unique_ptr<Writer> writer_;
  std::uint64_t seq_ = 0;
};

inline search::Query asking(std::string text) {
  search::Query query;
  query.text = std::move(text);
  return query;
}

inline std::vector<std::uint64_t> rows(const search::Results& results) {
  std::vector<std::uint64_t> rows;
  for (const auto& hit : results.hits) rows.push_back(hit.row);
  return rows;
}

}  // namespace moisson::index::test
