#include "core/xml_controls.h"

#include "core/hash.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace moisson::xml {
namespace {

constexpr std::size_t longest_reference = 12;  // "&#x0000001F;"

bool is_forbidden(std::uint32_t character) {
  return character < 0x20 && character != '\t' && character != '\n' && character != '\r';
}

// Marks, by the highest bit of its eighth, each of eight bytes that is a control character or an ampersand, and sometimes
// one behind it: nearly all of a document is passed over by eights.
std::uint64_t to_look_at(const char* bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
  const std::uint64_t word = little_endian(bytes), other = word ^ ones * '&';
  return (((word - ones * 0x20) & ~word) | ((other - ones) & ~other)) & highs;
}

// The length of a reference to a forbidden character at the start of `text`; 0: there is none.
std::size_t forbidden_reference(std::string_view text) {
  if (!text.starts_with("&#")) return 0;
  const bool hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const char* const digits = text.data() + (hexadecimal ? 3 : 2);
  const char* const end = text.data() + std::min(text.size(), longest_reference);
  std::uint32_t value = 0;
  if (digits >= end) return 0;
  const auto [stop, error] = std::from_chars(digits, end, value, hexadecimal ? 16 : 10);
  if (error != std::errc{} || stop == end || *stop != ';' || !is_forbidden(value)) return 0;
  return static_cast<std::size_t>(stop - text.data()) + 1;
}

// Where a reference begins that the end of the text may have cut; its size: none does.
std::size_t cut_reference(std::string_view text) {
  const std::size_t from = text.size() - std::min(text.size(), longest_reference);
  const std::size_t ampersand = text.substr(from).rfind('&');
  if (ampersand == text.npos) return text.size();
  const std::string_view reference = text.substr(from + ampersand);
  const bool numeric = reference.size() == 1 || reference[1] == '#';
  return numeric && reference.find(';') == reference.npos ? from + ampersand : text.size();
}

}  // namespace

std::string_view ControlFilter::take(std::string_view piece) {
  if (!begun_ && !piece.empty()) {
    begun_ = true;
    wide_ =
        piece.starts_with("\xFF\xFE") || piece.starts_with("\xFE\xFF") || piece.substr(0, 4).find('\0') != piece.npos;
  }
  if (wide_) return piece;
  std::string_view text = piece;
  if (!held_.empty()) {
    buffer_ = std::move(held_);
    buffer_.append(piece);
    text = buffer_;
  }
  const std::size_t whole = cut_reference(text);
  std::string rest(text.substr(whole));
  const std::string_view filtered = filter(text.substr(0, whole));
  held_ = std::move(rest);
  return filtered;
}

std::string_view ControlFilter::rest() {
  buffer_ = std::move(held_);
  held_.clear();
  return buffer_;
}

std::string_view ControlFilter::filter(std::string_view text) {
  std::string_view out = text;
  const auto blank = [&](std::size_t at, std::size_t size) {
    note(text, at);
    if (out.data() != buffer_.data()) {
      buffer_.assign(text);
      out = buffer_;
    }
    std::fill_n(buffer_.begin() + static_cast<std::ptrdiff_t>(at), size, ' ');
  };
  const auto look = [&](std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '&') {
      if (const std::size_t size = forbidden_reference(text.substr(at)); size > 0) blank(at, size);
    } else if (is_forbidden(byte)) {
      blank(at, 1);
    }
  };
  constexpr std::size_t step = 8;
  std::size_t at = 0;
  for (; at + step <= text.size(); at += step)
    for (std::uint64_t marks = to_look_at(text.data() + at); marks != 0; marks &= marks - 1)
      look(at + static_cast<std::size_t>(std::countr_zero(marks)) / 8);
  for (; at < text.size(); ++at) look(at);
  line_bytes_ += text.size();
  for (auto line = text.find('\n'); line != text.npos; line = text.find('\n', line + 1)) {
    ++lines_;
    line_bytes_ = text.size() - line - 1;
  }
  return out.substr(0, text.size());
}

void ControlFilter::note(std::string_view text, std::size_t at) {
  if (places_.size() == max_places) return;
  const std::string_view before = text.substr(0, at);
  const auto breaks = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  const std::uint64_t column = breaks == 0 ? line_bytes_ + at : at - before.rfind('\n') - 1;
  places_.push_back(std::to_string(lines_ + breaks + 1) + ":" + std::to_string(column + 1));
}

}  // namespace moisson::xml
