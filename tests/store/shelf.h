// Shelf: a store in a directory of its own, which goes with it; it can be closed, opened again, backed up and put back.
// And short hands to write records into it.
#pragma once

#include "store/store.h"
#include "store/writer.h"
#include "tests/store/hand_clock.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace moisson::test {

class Shelf {
 public:
  Shelf() {
    std::string name = (std::filesystem::temp_directory_path() / "moisson-store-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    options.path = directory_ / "catalog.db";
    open();
  }
  ~Shelf() {
    store.reset();
    std::filesystem::remove_all(directory_);
  }
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;

  void open() {
    auto opened = store::Store::open(options, clock);
    ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
    store = std::move(*opened);
  }
  void reopen() {
    store.reset();
    open();
  }
  store::Writer& writer() { return store->writer(); }
  const std::filesystem::path& directory() const { return directory_; }

  HandClock clock;
  store::Options options;
  std::unique_ptr<store::Store> store;

 private:
  std::filesystem::path directory_;
};

inline harvest::HarvestSource source_named(std::string id) {
  harvest::HarvestSource source;
  source.id = std::move(id);
  source.title = "Portal " + source.id;
  source.kind = "scripted";
  source.url = "http://127.0.0.1/";
  return source;
}

inline harvest::HarvestedRecord record_of(const std::string& remote_id, const std::string& title,
                                          const std::string& description = "") {
  dcat::Dataset dataset;
  dataset.title.push_back({title, "fr"});
  if (!description.empty()) dataset.description.push_back({description, "fr"});
  harvest::HarvestedRecord record;
  record.remote_id = remote_id;
  record.remote_url = "http://127.0.0.1/" + remote_id;
  record.record = dataset;
  record.raw = {"application/json",
                "{\"id\":\"" + remote_id + "\",\"title\":\"" + title + "\",\"d\":\"" + description + "\"}",
                "http://127.0.0.1/page", "/" + remote_id};
  return record;
}

inline store::Draft draft_of(const harvest::HarvestSource& source, const std::string& remote_id,
                             const std::string& title) {
  auto draft = store::make_draft(record_of(remote_id, title), store::Mapping(source, 1));
  EXPECT_TRUE(draft.has_value());
  return *draft;
}

inline std::vector<store::Change> changes_of(const store::Store& store, std::uint64_t since = 0) {
  auto page = store.changes(since, 5'000, true);
  EXPECT_TRUE(page.has_value());
  return page->changes;
}

}  // namespace moisson::test
