#include "harvesters/listed_ids.h"

#include "core/hash.h"

namespace moisson::harvesters {

ListedIds::Sight ListedIds::meet(std::string_view id, std::string_view bytes, std::size_t page) {
  const std::uint64_t id_hash = hash64(id), bytes_hash = hash64(bytes);
  const auto [first, fresh] = first_.try_emplace(id_hash, First{bytes_hash, page});
  if (fresh) return Sight::first;
  std::size_t before = first->second.page;
  if (first->second.bytes != bytes_hash) {
    // Multiplied, so that equal hashes of the two parts do not cancel out.
    const auto [other, new_bytes] = others_.try_emplace(id_hash * 0x9e3779b97f4a7c15ULL ^ bytes_hash, page);
    if (new_bytes) return Sight::again;
    before = other->second;
  }
  return before == page ? Sight::again : Sight::drifted;
}

}  // namespace moisson::harvesters
