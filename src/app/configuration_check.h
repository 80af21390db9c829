// What each value of the configuration may be. The message of a refusal goes on from the key's name ("must be …");
// `where` is empty, the caller knows the place. Pure; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <string_view>

namespace moisson::app {

Result<void> check_id(std::string_view id);  // ^[a-z0-9-]{2,60}$
Result<void> check_not_blank(std::string_view text);
Result<void> check_contact(std::string_view text);    // one mail address, or a web page
Result<void> check_font_list(std::string_view text);  // a CSS list of font families that can end nothing around it
Result<void> check_one_line(std::string_view text);
Result<void> check_language(std::string_view tag);       // BCP 47, or a spelling that language_tag() knows
Result<void> check_territory(std::string_view key);      // a key of dcat/territory.h
Result<void> check_portal_url(std::string_view text);    // http(s), without credentials
Result<void> check_base_url(std::string_view text);      // http(s), without query, fragment and credentials
Result<void> check_issuer(std::string_view text);        // https; http for a provider on this machine. Empty: none
Result<void> check_mail_server(std::string_view text);   // smtp or smtps, host, port. Empty: none
Result<void> check_mail_address(std::string_view text);  // one, or empty
Result<void> check_listen(std::string_view text);        // host:port; IPv6 in brackets
Result<void> check_header_text(
    std::string_view text);                         // may stand in an HTTP header (RFC 9110 §5.5), at most 200 bytes
Result<void> check_network(std::string_view text);  // CIDR

}  // namespace moisson::app
