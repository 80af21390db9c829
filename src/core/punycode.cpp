#include "core/punycode.h"

#include "core/text.h"
#include "core/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace moisson {
namespace {

// RFC 3492 §5.
constexpr std::uint32_t base = 36, t_min = 1, t_max = 26, skew = 38, damp = 700, initial_bias = 72, initial_n = 128;
constexpr std::size_t longest_label = 63;  // RFC 1035 §2.3.4

std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / damp : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > (base - t_min) * t_max / 2; k += base) delta /= base - t_min;
  return k + (base - t_min + 1) * delta / (delta + skew);
}

char digit(std::uint32_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); }

// RFC 3492 §6.3. A label has at most 63 characters here, so that nothing overflows.
std::string encode(const std::vector<char32_t>& label) {
  std::string out;
  for (const char32_t c : label)
    if (c < 0x80) out += static_cast<char>(c);
  auto handled = static_cast<std::uint32_t>(out.size());
  const std::uint32_t basic = handled;
  if (basic > 0) out += '-';
  std::uint32_t n = initial_n, delta = 0, bias = initial_bias;
  while (handled < label.size()) {
    char32_t next = 0x10FFFF;
    for (const char32_t c : label)
      if (c >= n) next = std::min(next, c);
    delta += (static_cast<std::uint32_t>(next) - n) * (handled + 1);
    n = next;
    for (const char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint32_t q = delta;
      for (std::uint32_t k = base;; k += base) {
        const std::uint32_t t = k <= bias ? t_min : k >= bias + t_max ? t_max : k - bias;
        if (q < t) break;
        out += digit(t + (q - t) % (base - t));
        q = (q - t) / (base - t);
      }
      out += digit(q);
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return out;
}

std::string mapped(std::string_view label) {
  struct Free {
    void operator()(void* bytes) const { std::free(bytes); }
  };
  utf8proc_uint8_t* made = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(label.data()), static_cast<utf8proc_ssize_t>(label.size()), &made,
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
  const std::unique_ptr<utf8proc_uint8_t, Free> owner(made);
  return size < 0 ? std::string{} : std::string(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

}  // namespace

std::optional<std::string> host_to_ascii(std::string_view host) {
  if (is_ascii(host)) return std::string(host);
  if (!is_utf8(host) || host.size() > 1024) return std::nullopt;
  std::string out;
  for (const auto stated : split(host, '.')) {
    if (!out.empty()) out += '.';
    const std::string label = is_ascii(stated) ? std::string(stated) : mapped(stated);
    if (is_ascii(label)) {
      out += label;
      continue;
    }
    std::vector<char32_t> characters;
    for (std::size_t i = 0; i < label.size();) {
      const auto character = utf8::decode(label, i);
      characters.push_back(character.code);
      i += character.length;
    }
    if (characters.size() > longest_label) return std::nullopt;
    const std::string encoded = "xn--" + encode(characters);
    if (encoded.size() > longest_label) return std::nullopt;
    out += encoded;
  }
  return out;
}

}  // namespace moisson
