// Answers: what one snapshot has answered lately, for whoever asks the same: popular questions, and a reader who comes back from a
// record. Belongs to one snapshot, so what it holds cannot be out of date. Thread-safe.
#pragma once

#include <moisson/search/query.h>
#include <moisson/search/results.h>

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace moisson::index {

class Answers {
 public:
  std::optional<search::Results> find(const search::Query& query);

  // Instead of those asked for longest ago. Pages of a walk over everything and very large ones are not kept: they are asked once.
  void keep(const search::Query& query, const search::Results& results);

 private:
  static constexpr std::size_t most_weight = 50'000;  // 1 to 2 KB each
  static constexpr std::size_t most_of_one = 200;

  struct Kept {
    const search::Query* query = nullptr;  // the key of by_query_
    std::shared_ptr<const search::Results> results;
    std::size_t weight = 0;
  };
  struct Hash {
    std::size_t operator()(const search::Query& query) const;
  };

  std::mutex mutex_;
  std::list<Kept> latest_first_;
  std::unordered_map<search::Query, std::list<Kept>::iterator, Hash> by_query_;
  std::size_t weight_ = 0;
};

}  // namespace moisson::index
