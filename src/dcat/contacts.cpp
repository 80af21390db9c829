#include "dcat/contacts.h"

namespace moisson::dcat {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter_or_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_local(char c) { return is_letter_or_digit(c) || std::string_view("._%+-'").find(c) != std::string_view::npos; }
bool is_domain(char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; }

std::string without_mail(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t begin = out.size(), end = i + 1;
    if (text[i] == '@') {
      while (begin > 0 && is_local(out[begin - 1])) --begin;
      while (end < text.size() && is_domain(text[end])) ++end;
    }
    const bool address = begin < out.size() && text.substr(i + 1, end - i - 1).find('.') != std::string_view::npos;
    if (!address) {
      out += text[i];
      continue;
    }
    out.resize(begin);
    out += "…@…";
    i = end - 1;
  }
  return out;
}

// How many bytes at the beginning are a number with its blanks, dots or hyphens; 0: it is no telephone's.
std::size_t telephone(std::string_view text) {
  const bool international = text.starts_with('+');
  std::size_t digits = 0, end = 0;
  for (std::size_t i = international ? 1 : 0; i < text.size(); ++i) {
    const bool between =
        i > 0 && (text[i] == ' ' || text[i] == '.' || text[i] == '-') && i + 1 < text.size() && is_digit(text[i + 1]);
    if (is_digit(text[i])) {
      ++digits;
      end = i + 1;
    } else if (!between) {
      break;
    }
  }
  if (end < text.size() && is_letter_or_digit(text[end])) return 0;
  if (international) return digits >= 8 && digits <= 15 ? end : 0;
  if (digits != 10) return 0;
  // In pairs, all parted alike: else it is a date with an hour.
  const bool plain = end == 10;
  const bool pairs = end == 14 && text[2] == text[5] && text[5] == text[8] && text[8] == text[11] && !is_digit(text[2]);
  return text.starts_with('0') && (plain || pairs) ? end : 0;
}

}  // namespace

std::string without_contacts(std::string_view text) {
  const std::string plain = without_mail(text);
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const bool begins = i == 0 || !is_letter_or_digit(plain[i - 1]);
    const std::size_t size =
        begins && (plain[i] == '+' || plain[i] == '0') ? telephone(std::string_view(plain).substr(i)) : 0;
    if (size == 0) {
      out += plain[i];
      continue;
    }
    out += "…";
    i += size - 1;
  }
  return out;
}

}  // namespace moisson::dcat
