// From the store's change log to what the index takes: changes as Entries and removed rows. One thread.
#pragma once

#include "index/entry.h"
#include "store/store.h"

#include <moisson/core/result.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace moisson::projection {

struct Batch {
  std::vector<index::Entry> upserts;
  std::vector<std::uint64_t> removed_rows;
  std::uint64_t seq = 0;  // up to which it goes
  bool more = false;
};

class Entries {
 public:
  explicit Entries(const store::Store& store) : store_(store) {}

  // The changes after `since`, at most `limit`. not_found: the log does not reach back so far, or not so far ahead.
  // A record that does not read back is left out and logged: one bad row must not stop the others.
  Result<Batch> after(std::uint64_t since, std::size_t limit);

 private:
  struct Source {
    std::string title;
    std::string language;
  };
  // Titles and languages change rarely; they are read again with each batch that names an unknown source.
  const Source& source(const std::string& id);
  void read_sources();

  const store::Store& store_;
  std::unordered_map<std::string, Source> sources_;
};

}  // namespace moisson::projection
