// Projection: tails the store's change log into the index, on its own thread, and puts each new snapshot into the slot.
// It decides at start whether the index on disk can go on (same epoch, not ahead of the store, same schema), else
// rebuilds it in a new directory while the old one serves, then swaps. Thread-safe.
#pragma once

#include "index/snapshot.h"
#include "store/store.h"

#include <moisson/core/result.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace moisson::projection {

struct Options {
  std::filesystem::path directory;  // of the indexes: "current" names the one in use
  std::size_t batch = 500;          // changes a transaction: some 20 KB of memory each until it is committed
};

// Where a rebuild stands.
using Progress = std::function<void(std::uint64_t done, std::uint64_t of)>;

class Projection {
 public:
  // Starts the thread. The store and the slot outlive it. Errors of opening an index lead to a rebuild, not to a failure.
  static Result<std::unique_ptr<Projection>> start(const Options& options, const store::Store& store,
                                                   index::SnapshotSlot& slot);
  ~Projection();  // commits what is begun, stops, closes the index

  std::uint64_t seq() const;  // projected and searchable
  std::uint64_t lag() const;  // changes that the index is behind the store

  // Blocks until `seq` is searchable; timeout if it is not within `timeout`.
  Result<void> wait_for(std::uint64_t seq, std::chrono::milliseconds timeout) const;

  // Builds the index again from the store, the old one serving meanwhile; blocks until it serves.
  Result<void> rebuild(const Progress& progress);

 private:
  Projection();
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::projection
