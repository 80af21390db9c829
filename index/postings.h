// Postings: the documents of a term as a bitmap, the frequent ones kept for the next question. Belongs to one snapshot,
// since a bitmap is of one revision. Thread-safe; the database handle is the caller's own.
#pragma once

#include "index/query_builder.h"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include <roaring/roaring.hh>
#include <xapian.h>

namespace moisson::index {

using Rows = Roaring;  // document ids, which are the store's row ids

class Postings {
 public:
  // May throw Xapian::Error, as the handle does.
  std::shared_ptr<const Rows> of(const Xapian::Database& database, const std::string& term);

  // The documents that `node` finds.
  Rows of(const Xapian::Database& database, const Node& node);

 private:
  static constexpr std::size_t worth_keeping = 256;                  // documents
  static constexpr std::size_t most_bytes = std::size_t{32} << 20;  // of kept bitmaps

  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const Rows>> kept_;
  std::size_t bytes_ = 0;
};

}  // namespace moisson::index
