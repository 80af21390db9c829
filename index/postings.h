// Postings: the documents of a term, as a bitmap or with what the term counts in each; they are kept for
// the next question. Belongs to one snapshot, since they are of one revision. Thread-safe; the database handle is the
// caller's own.
#pragma once

#include "index/length_norm.h"
#include "index/query_builder.h"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <xapian.h>
#include <roaring/roaring.hh>

namespace moisson::index {

using Rows = Roaring;  // document ids, which are the store's row ids

// The documents of a term, ascending, and beside each the share of the term's weight that it earns by BM25: 0 to 1.
struct ScoredRows {
  std::vector<std::uint32_t> rows;
  std::vector<float> shares;
};

class Postings {
 public:
  explicit Postings(LengthNorms norms) : norms_(std::move(norms)) {}

  // May throw Xapian::Error, as the handle does.
  std::shared_ptr<const Rows> of(const Xapian::Database& database, const std::string& term);

  std::shared_ptr<const ScoredRows> scored(const Xapian::Database& database, const std::string& term);

  // The documents that have a word that begins so, of the first 1,000 such words.
  Rows beginning(const Xapian::Database& database, const std::string& text);

  // The documents that `node` finds.
  Rows of(const Xapian::Database& database, const Node& node);

  // The same, kept for the next question, too: for a word in all its forms, which is asked for again and again.
  std::shared_ptr<const Rows> of_word(const Xapian::Database& database, const Node& node);

 private:
  static constexpr std::size_t most_beginnings = 1'000;
  static constexpr std::size_t bytes_of_one = 200;                   // of what is kept, beside its documents
  static constexpr std::size_t most_bytes = std::size_t{128} << 20;  // of what is kept

  struct Kept {
    std::shared_ptr<const Rows> rows;
    std::shared_ptr<const ScoredRows> scored;
  };
  Kept find(const std::string& term);
  void keep(const std::string& term, Kept found, std::size_t bytes);

  const LengthNorms norms_;
  std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;
  std::size_t bytes_ = 0;
};

}  // namespace moisson::index
