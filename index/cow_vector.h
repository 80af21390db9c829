// CowVector: a vector in chunks whose copy is cheap: the copy shares every chunk, and the original clones a chunk when it
// first changes it afterwards. The original belongs to one thread; frozen copies are read by any.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace moisson::index {

template <class T, std::size_t ChunkSize>
class CowVector {
 public:
  std::size_t size() const { return size_; }
  const T& operator[](std::size_t i) const { return chunks_[i / ChunkSize]->items[i % ChunkSize]; }

  // Grows to hold `i`.
  T& edit(std::size_t i) {
    if (i >= size_) size_ = i + 1;
    while (chunks_.size() <= i / ChunkSize) chunks_.push_back(std::make_shared<Chunk>(Chunk{generation_, {}}));
    auto& chunk = chunks_[i / ChunkSize];
    if (chunk->generation != generation_) {
      chunk = std::make_shared<Chunk>(*chunk);
      chunk->generation = generation_;
    }
    return chunk->items[i % ChunkSize];
  }

  // What it holds now, for ever.
  CowVector freeze() {
    ++generation_;
    return *this;
  }

 private:
  struct Chunk {
    std::uint64_t generation = 0;
    std::array<T, ChunkSize> items{};
  };
  std::vector<std::shared_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
  std::uint64_t generation_ = 0;
};

}  // namespace moisson::index
