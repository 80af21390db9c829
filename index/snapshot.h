// Snapshot: one state of the index, at one (epoch, seq), that a request holds to its last byte: a pool of read handles,
// the facet column and bitmaps of the same revision. Immutable and thread-safe; handles are taken one a thread.
// SnapshotSlot: where the projection puts the newest, and everybody takes it from.
#pragma once

#include <moisson/core/result.h>
#include <moisson/search/query.h>
#include <moisson/search/results.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index {

struct Suggestion {
  std::string text;
  std::string kind;   // dataset, publisher, theme, territory, keyword
  std::string value;  // what to filter by or open; the record's id for a dataset
  std::uint64_t count = 0;
};

class Snapshot {
 public:
  virtual ~Snapshot() = default;
  virtual const std::string& epoch() const = 0;
  virtual std::uint64_t seq() const = 0;
  virtual std::uint64_t document_count() const = 0;

  // invalid_input: deeper than search::max_relevance_depth by relevance; `where` names the parameter.
  // Any text gives an answer: what cannot be understood is searched as plain words.
  virtual Result<search::Results> search(const search::Query& query) const = 0;

  // Titles, publishers, themes, places and keywords that begin like `text`, at most `limit` (1 to 20): index/suggest.h.
  virtual Result<std::vector<Suggestion>> suggest(std::string_view text, std::string_view language,
                                                  std::uint32_t limit) const = 0;
};

// Thread-safe, by a lock: load() of std::atomic<std::shared_ptr> lets go of its own with a relaxed store in libstdc++
// 12, so that a later store() may overtake what it reads (google/sanitizers#1558).
class SnapshotSlot {
 public:
  // nullptr until the first projection is done.
  std::shared_ptr<const Snapshot> current() const {
    const std::lock_guard lock(mutex_);
    return slot_;
  }
  // The one before goes with its last holder, after the lock.
  void put(std::shared_ptr<const Snapshot> snapshot) {
    const std::lock_guard lock(mutex_);
    slot_.swap(snapshot);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> slot_;
};

}  // namespace moisson::index
