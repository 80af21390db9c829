// URLs as harvested and as served: parse, resolve, normalise (RFC 3986). No network, no DNS. Values; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson {

struct Url {
  std::string scheme;      // lower case
  std::string userinfo;    // never written to a log
  std::string host;        // lower case; IPv6 without brackets
  std::uint16_t port = 0;  // 0: not stated
  std::string path;        // percent-encoded
  std::string query;       // without '?', percent-encoded
  std::string fragment;    // without '#'
  bool has_authority = false;
  bool has_query = false;

  std::uint16_t effective_port() const;  // 80, 443 or 0 where unknown
  std::string authority() const;         // host[:port], IPv6 in brackets
  std::string origin() const;            // scheme://host[:port]
  std::string text() const;              // RFC 3986 §5.3
  bool operator==(const Url&) const = default;
};

// Reads an absolute URL, at most 8 KiB. Blanks around it are dropped; blanks and non-ASCII inside are percent-encoded,
// in the host name written as DNS carries it (xn--…).
// invalid_input for a relative reference, a bad port, a control character.
Result<Url> parse_url(std::string_view text);

// The absolute URL that `reference` means inside a document at `base` (RFC 3986 §5.2.2).
Result<std::string> resolve_url(std::string_view base, std::string_view reference);

// Strict enough to be an IRI of RDF: absolute, no blanks, none of <>"{}|\^`. Keeps non-ASCII.
bool is_iri(std::string_view text);

// http or https, with a host.
bool is_web_url(std::string_view text);

// Percent-encoding of one component: everything but unreserved characters (RFC 3986 §2.3).
std::string percent_encode(std::string_view text);
// Decodes %XX; '+' is a blank if `form`. Malformed escapes stay as they are. The result may be invalid UTF-8: check.
std::string percent_decode(std::string_view text, bool form = false);

}  // namespace moisson
