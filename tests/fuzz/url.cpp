// Any bytes as an address, and as a reference inside a page.
#include "core/url.h"

#include "core/punycode.h"
#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  if (const auto url = parse_url(bytes)) {
    const auto again = parse_url(url->text());
    require(again && *again == *url, "a URL that is written reads back equal");
    require(url->host.find_first_of("/?#@") == std::string::npos, "a host is a host");
    require(url->text().find_first_of(" \t\r\n\"<>") == std::string::npos, "a URL may stand in a header and in markup");
  }
  const auto [base, reference] = first_line_and_rest(bytes);
  for (const std::string_view start : {std::string_view("http://a.example/b/c/d;p?q"), base})
    if (const auto resolved = resolve_url(start, reference); resolved && is_web_url(*resolved)) {
      // An empty reference leaves the dots of its base (RFC 3986 §5.2.2); read as a reference itself it has none.
      const auto plain = resolve_url(start, *resolved);
      require(plain && resolve_url(start, *plain) == *plain, "what is resolved is resolved");
    }
  if (is_web_url(bytes)) require(bytes.find(':') != bytes.npos, "a web address has a scheme");
  static_cast<void>(is_iri(bytes));
  require(percent_decode(percent_encode(bytes)) == bytes, "what is encoded decodes back");
  static_cast<void>(percent_decode(bytes, true));
  if (const auto ascii = host_to_ascii(bytes))
    for (const char c : *ascii) require(static_cast<unsigned char>(c) < 0x80, "a host of DNS is ASCII");
}

}  // namespace moisson::fuzz
