#include "core/url.h"

#include "core/punycode.h"
#include "core/text.h"
#include "core/utf8.h"

#include <array>
#include <charconv>

namespace moisson {
namespace {

constexpr std::size_t max_url_bytes = 8192;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_unreserved(char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
int hex_value(char c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

void append_escaped(std::string& out, unsigned char byte) {
  static constexpr char digits[] = "0123456789ABCDEF";
  ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
}

// What a component may hold stays; blanks, non-ASCII and the characters that RFC 3986 leaves no place for are encoded,
// and so is a % that starts no escape.
std::string encode_component(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escape = c == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]);
    static constexpr std::string_view reserved = ":/?#[]@!$&'()*+,;=";
    if (is_unreserved(c) || escape || (c != '%' && reserved.find(c) != std::string_view::npos))
      out += c;
    else
      append_escaped(out, static_cast<unsigned char>(c));
  }
  return out;
}

// The five components of RFC 3986 §5.2, as they stand in the text (appendix B).
struct Parts {
  std::string_view scheme, authority, path, query, fragment;
  bool has_scheme = false, has_authority = false, has_query = false, has_fragment = false;
};

Parts split_reference(std::string_view text) {
  Parts parts;
  if (const auto hash = text.find('#'); hash != std::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const auto mark = text.find('?'); mark != std::string_view::npos) {
    parts.has_query = true;
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  std::size_t end = 0;
  while (end < text.size() && (is_alpha(text[end]) || (end > 0 && (is_digit(text[end]) || text[end] == '+' ||
                                                                   text[end] == '-' || text[end] == '.'))))
    ++end;
  if (end > 0 && end < text.size() && text[end] == ':') {
    parts.has_scheme = true;
    parts.scheme = text.substr(0, end);
    text = text.substr(end + 1);
  }
  if (text.starts_with("//")) {
    parts.has_authority = true;
    const auto slash = text.find('/', 2);
    parts.authority = text.substr(2, slash == std::string_view::npos ? slash : slash - 2);
    text = slash == std::string_view::npos ? std::string_view{} : text.substr(slash);
  }
  parts.path = text;
  return parts;
}

// RFC 3986 §5.2.4.
std::string remove_dot_segments(std::string_view input) {
  std::string out;
  out.reserve(input.size());
  const auto drop_last = [&out] {
    const auto slash = out.rfind('/');
    out.resize(slash == std::string::npos ? 0 : slash);
  };
  while (!input.empty()) {
    if (input.starts_with("../")) {
      input.remove_prefix(3);
    } else if (input.starts_with("./")) {
      input.remove_prefix(2);
    } else if (input.starts_with("/./")) {
      input.remove_prefix(2);
    } else if (input == "/.") {
      input = "/";
    } else if (input.starts_with("/../")) {
      input.remove_prefix(3);
      drop_last();
    } else if (input == "/..") {
      input = "/";
      drop_last();
    } else if (input == "." || input == "..") {
      input = {};
    } else {
      const auto slash = input.find('/', 1);
      out.append(input.substr(0, slash));
      input = slash == std::string_view::npos ? std::string_view{} : input.substr(slash);
    }
  }
  return out;
}

Error not_a_url(std::string_view why, std::string_view text) {
  // A URL may carry a password: the message quotes nothing but its scheme.
  const auto colon = text.substr(0, 20).find(':');
  return {ErrorCode::invalid_input, std::string(why), "",
          colon == std::string_view::npos ? "write it in full, with https://" : ""};
}

Result<void> check_size_and_controls(std::string_view text) {
  if (text.size() > max_url_bytes) return Error{ErrorCode::too_large, "URL is longer than 8192 bytes", "", ""};
  for (const unsigned char c : text)
    if (c < 0x20 || c == 0x7f) return not_a_url("URL holds a control character", text);
  return {};
}

// The characters of RFC 3986 §3.2.2's IPv6address; whether they make one, connecting will tell.
bool looks_like_ipv6(std::string_view host) {
  return host.find(':') != host.npos && host.find_first_not_of("0123456789abcdef:.") == host.npos;
}

Result<void> read_authority(std::string_view authority, Url& url) {
  if (const auto sign = authority.rfind('@'); sign != std::string_view::npos) {
    url.userinfo = encode_component(authority.substr(0, sign));
    authority = authority.substr(sign + 1);
  }
  std::string_view port;
  if (authority.starts_with('[')) {
    const auto bracket = authority.find(']');
    if (bracket == std::string_view::npos) return not_a_url("URL holds an unclosed [", authority);
    url.host = lower_ascii(authority.substr(1, bracket - 1));
    if (!looks_like_ipv6(url.host)) return not_a_url("URL holds something in [ ] that is no IPv6 address", authority);
    port = authority.substr(bracket + 1);
    if (!port.empty() && port.front() != ':') return not_a_url("URL holds text after ]", authority);
  } else {
    const auto colon = authority.find(':');
    const auto name = authority.substr(0, colon);
    if (name.find_first_of("[]") != name.npos) return not_a_url("URL holds brackets within a host name", authority);
    const auto host = host_to_ascii(name);
    if (!host) return not_a_url("URL holds a host name that DNS cannot carry", authority);
    url.host = lower_ascii(encode_component(*host));
    port = colon == std::string_view::npos ? std::string_view{} : authority.substr(colon);
  }
  if (!port.empty()) port.remove_prefix(1);
  if (port.empty()) return {};
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), url.port);
  if (failed != std::errc{} || end != port.data() + port.size() || url.port == 0)
    return not_a_url("URL holds a port that is not 1 to 65535", authority);
  return {};
}

// ASCII that an IRI may hold (RFC 3987 §2.2): no blanks, no controls, none of <>"{}|\^`.
constexpr std::array<bool, 128> in_iri = [] {
  std::array<bool, 128> table{};
  for (unsigned c = 0x21; c < 0x7f; ++c)
    table[c] = std::string_view("<>\"{}|\\^`").find(static_cast<char>(c)) == std::string_view::npos;
  return table;
}();

}  // namespace

std::uint16_t Url::effective_port() const {
  if (port != 0) return port;
  if (scheme == "http") return 80;
  if (scheme == "https") return 443;
  return 0;
}

std::string Url::authority() const {
  std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != 0) text.append(":").append(std::to_string(port));
  return text;
}

std::string Url::origin() const { return scheme + "://" + authority(); }

std::string Url::text() const {
  std::string text = scheme + ":";
  if (has_authority) {
    text += "//";
    if (!userinfo.empty()) text.append(userinfo).append("@");
    text += authority();
  }
  text += path;
  if (has_query) text.append("?").append(query);
  if (!fragment.empty()) text.append("#").append(fragment);
  return text;
}

Result<Url> parse_url(std::string_view text) {
  text = trim(text);
  if (const auto checked = check_size_and_controls(text); !checked) return checked.error();
  const Parts parts = split_reference(text);
  if (!parts.has_scheme) return not_a_url("URL is not absolute", text);
  Url url;
  url.scheme = lower_ascii(parts.scheme);
  url.has_authority = parts.has_authority;
  if (parts.has_authority) {
    if (const auto read = read_authority(parts.authority, url); !read) return read.error();
  }
  if ((url.scheme == "http" || url.scheme == "https") && url.host.empty()) return not_a_url("URL names no host", text);
  url.path = encode_component(parts.path);
  url.has_query = parts.has_query;
  url.query = encode_component(parts.query);
  url.fragment = encode_component(parts.fragment);
  return url;
}

Result<std::string> resolve_url(std::string_view base, std::string_view reference) {
  base = trim(base);
  reference = trim(reference);
  for (const auto text : {base, reference})
    if (const auto checked = check_size_and_controls(text); !checked) return checked.error();
  const Parts b = split_reference(base), r = split_reference(reference);
  if (!r.has_scheme && !b.has_scheme) return not_a_url("base URL is not absolute", base);

  // RFC 3986 §5.2.2
  std::string_view scheme = b.scheme, authority = b.authority, query = r.query;
  bool has_authority = b.has_authority, has_query = r.has_query;
  std::string path;
  if (r.has_scheme || r.has_authority) {
    if (r.has_scheme) scheme = r.scheme;
    authority = r.authority;
    has_authority = r.has_authority;
    path = remove_dot_segments(r.path);
  } else if (r.path.empty()) {
    path = b.path;
    if (!r.has_query) {
      query = b.query;
      has_query = b.has_query;
    }
  } else if (r.path.front() == '/') {
    path = remove_dot_segments(r.path);
  } else {
    const auto slash = b.path.rfind('/');
    const bool rootless = b.has_authority && b.path.empty();
    const std::string_view directory =
        rootless ? "/" : b.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
    path = remove_dot_segments(std::string(directory).append(r.path));
  }
  std::string text = lower_ascii(scheme) + ":";
  if (has_authority) text.append("//").append(authority);
  text += path;
  if (has_query) text.append("?").append(query);
  if (r.has_fragment) text.append("#").append(r.fragment);
  return text;
}

bool is_iri(std::string_view text) {
  const Parts parts = split_reference(text);
  if (!parts.has_scheme || text.size() > max_url_bytes || text.size() == parts.scheme.size() + 1) return false;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      if (!in_iri[byte]) return false;
      ++i;
      continue;
    }
    const auto character = utf8::decode(text, i);
    if (character.length == 0 || character.code <= 0xa0) return false;
    i += character.length;
  }
  return true;
}

bool is_web_url(std::string_view text) {
  const std::string_view trimmed = trim(text);
  const Parts parts = split_reference(trimmed);
  if (trimmed.data() != text.data() || !(iequals_ascii(parts.scheme, "http") || iequals_ascii(parts.scheme, "https")))
    return false;
  Url url;
  return check_size_and_controls(trimmed) && read_authority(parts.authority, url) && !url.host.empty();
}

std::string percent_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c))
      out += c;
    else
      append_escaped(out, static_cast<unsigned char>(c));
  }
  return out;
}

std::string percent_decode(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(hex_value(text[i + 1]) << 4 | hex_value(text[i + 2]));
      i += 2;
    } else {
      out += form && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace moisson
