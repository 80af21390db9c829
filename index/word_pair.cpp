#include "index/word_pair.h"

#include "core/hash.h"
#include "index/names.h"
#include "index/schema.h"

namespace moisson::index {

std::string pair_term(std::string_view first, std::string_view second) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";  // RFC 4648 §4
  const auto hash = hash64(light_plural(std::string(first)) + ' ' + light_plural(std::string(second)));
  std::string out(prefix::pair);
  for (unsigned shift = 0; shift < 18; shift += 6) out += digits[hash >> shift & 63];
  return out;
}

}  // namespace moisson::index
