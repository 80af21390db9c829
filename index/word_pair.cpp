#include "index/word_pair.h"

#include "core/hash.h"
#include "index/names.h"

#include <algorithm>

namespace moisson::index {

PairNumber pair_number(std::string_view first, std::string_view second) {
  return hash64(light_plural(std::string(first)) + ' ' + light_plural(std::string(second))) & 0xffffff;
}

// Ascending, each as what it is beyond the one before, seven bits a byte, the lowest first.
std::string encode_pairs(std::vector<PairNumber> pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::string bytes;
  PairNumber before = 0;
  for (const auto pair : pairs) {
    auto step = pair - before;
    for (; step >= 0x80; step >>= 7) bytes += static_cast<char>(step | 0x80);
    bytes += static_cast<char>(step);
    before = pair;
  }
  return bytes;
}

bool has_pair(std::string_view bytes, PairNumber pair) {
  PairNumber at = 0, step = 0;
  unsigned shift = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    step |= PairNumber{byte & 0x7fU} << shift;
    shift = (shift + 7) % 28;
    if ((byte & 0x80) != 0) continue;
    at += step;
    if (at >= pair) return at == pair;
    step = 0;
    shift = 0;
  }
  return false;
}

}  // namespace moisson::index
