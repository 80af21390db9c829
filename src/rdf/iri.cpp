#include "rdf/iri.h"

#include <algorithm>
#include <array>

namespace moisson::rdf {
namespace {

constexpr std::array<bool, 256> forbidden = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c <= 0x20; ++c) table[c] = true;
  for (unsigned char c : std::string_view("<>\"{}|\\^`\x7f")) table[c] = true;
  return table;
}();

struct Parts {
  std::string_view scheme, authority, path, query, fragment;
  bool has_authority = false, has_query = false, has_fragment = false;
};

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// RFC 3986 appendix B, without the regular expression.
Parts split(std::string_view text) {
  Parts parts;
  if (const auto hash = text.find('#'); hash != text.npos) {
    parts.has_fragment = true;
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const auto mark = text.find('?'); mark != text.npos) {
    parts.has_query = true;
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (has_scheme(text)) {
    const auto colon = text.find(':');
    parts.scheme = text.substr(0, colon);
    text = text.substr(colon + 1);
  }
  if (text.starts_with("//")) {
    parts.has_authority = true;
    const auto slash = text.find('/', 2);
    parts.authority = text.substr(2, slash == text.npos ? text.npos : slash - 2);
    text = slash == text.npos ? std::string_view{} : text.substr(slash);
  }
  parts.path = text;
  return parts;
}

// RFC 3986 §5.2.4.
std::string remove_dot_segments(std::string_view in) {
  std::string out;
  while (!in.empty()) {
    if (in.starts_with("../"))
      in.remove_prefix(3);
    else if (in.starts_with("./"))
      in.remove_prefix(2);
    else if (in.starts_with("/./"))
      in.remove_prefix(2);
    else if (in == "/.")
      in = "/";
    else if (in.starts_with("/../") || in == "/..") {
      in = in == "/.." ? std::string_view("/") : in.substr(3);
      const auto slash = out.rfind('/');
      out.resize(slash == out.npos ? 0 : slash);
    } else if (in == "." || in == "..")
      in = {};
    else {
      const auto next = in.find('/', in.front() == '/' ? 1 : 0);
      out.append(in.substr(0, next));
      in = next == in.npos ? std::string_view{} : in.substr(next);
    }
  }
  return out;
}

// RFC 3986 §5.2.3.
std::string merge(const Parts& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return "/" + std::string(path);
  const auto slash = base.path.rfind('/');
  return std::string(base.path.substr(0, slash == base.path.npos ? 0 : slash + 1)) + std::string(path);
}

}  // namespace

bool has_scheme(std::string_view reference) {
  if (reference.empty() || !is_alpha(reference.front())) return false;
  for (char c : reference) {
    if (c == ':') return true;
    if (!is_alpha(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return false;
  }
  return false;
}

std::string resolve_iri(std::string_view base, std::string_view reference) {
  if (has_scheme(reference) || !has_scheme(base)) return std::string(reference);
  const Parts b = split(base);
  const Parts r = split(reference);
  std::string out(b.scheme);
  out += ':';
  if (r.has_authority) {
    out.append("//").append(r.authority).append(remove_dot_segments(r.path));
    if (r.has_query) out.append("?").append(r.query);
  } else {
    if (b.has_authority) out.append("//").append(b.authority);
    if (r.path.empty()) {
      out.append(b.path);
      if (r.has_query)
        out.append("?").append(r.query);
      else if (b.has_query)
        out.append("?").append(b.query);
    } else {
      out.append(remove_dot_segments(r.path.front() == '/' ? std::string(r.path) : merge(b, r.path)));
      if (r.has_query) out.append("?").append(r.query);
    }
  }
  if (r.has_fragment) out.append("#").append(r.fragment);
  return out;
}

std::string_view mend_iri(std::string_view text, std::string& out) {
  const auto is_forbidden = [](unsigned char c) { return forbidden[c]; };
  if (std::none_of(text.begin(), text.end(), is_forbidden)) return text;
  constexpr std::string_view digits = "0123456789ABCDEF";
  out.clear();
  for (unsigned char c : text) {
    if (forbidden[c])
      out.append({'%', digits[c >> 4], digits[c & 15]});
    else
      out += static_cast<char>(c);
  }
  return out;
}

std::string_view without_fragment(std::string_view text) { return text.substr(0, text.find('#')); }

}  // namespace moisson::rdf
