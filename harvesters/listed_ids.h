// ListedIds: the ids that one run of a harvester met, to tell a record that came again because the pages drifted from
// another one under its id. Holds hashes alone, at most 100 bytes an id. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace moisson::harvesters {

class ListedIds {
 public:
  enum class Sight {
    first,
    again,    // to be handed over as the first was: the sink tells it, and keeps the better (store/run.h, apply)
    drifted,  // the same bytes stood on an earlier page: it is one record, and was handed over
  };

  // `page`: a number of its own for each page.
  Sight meet(std::string_view id, std::string_view bytes, std::size_t page);

  bool contains(std::uint64_t id_hash) const { return first_.contains(id_hash); }  // hash64 of the id
  std::size_t size() const { return first_.size(); }                               // ids, each counted once

 private:
  struct First {
    std::uint64_t bytes;
    std::size_t page;
  };
  std::unordered_map<std::uint64_t, First> first_;         // by the id
  std::unordered_map<std::uint64_t, std::size_t> others_;  // pages, by id and bytes
};

}  // namespace moisson::harvesters
