// Revision: one committed state of an index directory, and a pool of read handles opened at it. Thread-safe.
//
// Xapian keeps the blocks of a revision through the next commit, not through the one after. So that a held snapshot
// answers for ever, the writer calls preserve() on a revision that is still held before it begins the second change after
// it: the tables are copied beside, with the version file of that revision, the pool moves to the copy, and the copy has
// no name on disk any more. Requests last milliseconds, so this happens for slow readers only.
#pragma once

#include "index/analysis.h"

#include <moisson/core/result.h>

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <xapian.h>

namespace moisson::index {

// What one thread works with: neither part is thread-safe.
struct Handle {
  Xapian::Database database;
  Stemmer stemmer;
};

class Revision {
 public:
  // The last commit of `directory`; no writer may commit meanwhile. io, corrupt.
  static Result<std::shared_ptr<Revision>> open(const std::filesystem::path& directory, std::size_t handles);

  // Calls `work` with a handle, waiting for a free one; again with a preserved one if the first was overtaken by the
  // writer, so `work` must be repeatable. The error is Xapian's, or a defect if a held revision was not preserved.
  Result<void> run(const std::function<void(Handle&)>& work);

  // Moves the pool to a private copy. No writer may change the directory meanwhile. io: no room for it.
  Result<void> preserve();

 private:
  Revision() = default;
  struct Taken {
    std::unique_ptr<Handle> handle;
    std::uint64_t generation = 0;
  };
  Taken take();
  void give_back(Taken taken);

  std::filesystem::path directory_;
  std::string version_file_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Handle>> idle_;
  std::uint64_t generation_ = 0;  // of the pool: a handle of an older one is not given out again
};

// Runs `work`; what Xapian throws becomes an Error: the library's door.
Result<void> guarded(const std::function<void()>& work);

}  // namespace moisson::index
