#include "index/schema.h"

#include "core/hash.h"
#include "core/text.h"

#include <array>

namespace moisson::index {
namespace {

constexpr std::size_t longest_term = 245;

std::string hexadecimal(std::uint64_t number) {
  std::string out(16, '0');
  for (auto at = out.rbegin(); at != out.rend(); ++at, number >>= 4) *at = "0123456789abcdef"[number & 15];
  return out;
}

}  // namespace

std::string term(std::string_view prefix, std::string_view value) {
  std::string out;
  out.reserve(prefix.size() + value.size());
  out.append(prefix).append(value);
  // Xapian stores a zero byte in two.
  if (out.size() <= longest_term && out.find('\0') == std::string::npos) return out;
  return std::string(cut(out, longest_term / 2 - 16)) + hexadecimal(hash64(out));
}

}  // namespace moisson::index
