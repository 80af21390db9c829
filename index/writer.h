// Writer: the one hand that changes an index directory. Xapian behind it. One thread; the directory is locked.
// Each batch is one Xapian transaction whose last act sets the seq, so that an automatic flush never runs ahead of it.
#pragma once

#include "index/entry.h"
#include "index/snapshot.h"
#include "index/weights.h"

#include <moisson/core/result.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace moisson::index {

// Raised when analysis or the field table change: an older index is rebuilt.
extern const int schema_version;

// What an index directory says of itself. not_found: no index there. corrupt: not readable.
struct Identity {
  std::string epoch;
  std::uint64_t seq = 0;
  int schema = 0;
};
Result<Identity> identity(const std::filesystem::path& directory);

class Writer {
 public:
  // Opens the index in `directory`, or creates an empty one of `epoch` at seq 0. `bulk`: for a rebuild: large batches, compacted by finish().
  static Result<std::unique_ptr<Writer>> open(const std::filesystem::path& directory, std::string_view epoch,
                                              bool bulk = false);
  virtual ~Writer() = default;

  // Replaces or removes documents and moves the index to `seq`, all or nothing. Entries are analysed here.
  virtual Result<void> apply(std::span<const Entry> upserts, std::span<const std::uint64_t> removed_rows,
                             std::uint64_t seq) = 0;

  // The state after the last apply(). Cheap when few documents changed: the facet column is brought up, not read anew.
  // It ranks by `weights`.
  virtual Result<std::shared_ptr<const Snapshot>> snapshot(const Weights& weights = {}) = 0;

  virtual Identity identity() const = 0;

  // Compacts a bulk index in place and sets its seq again. The writer is not used afterwards.
  virtual Result<void> finish() = 0;
};

}  // namespace moisson::index
