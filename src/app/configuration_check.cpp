#include "app/configuration_check.h"

#include "core/text.h"
#include "core/url.h"
#include "dcat/territory.h"
#include "net/address_policy.h"

#include <moisson/core/lang_string.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

namespace moisson::app {
namespace {

Result<void> refuse(std::string message, std::string hint = {}) {
  return Error{ErrorCode::invalid_input, std::move(message), {}, std::move(hint)};
}

}  // namespace

Result<void> check_id(std::string_view id) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (id.size() >= 2 && id.size() <= 60 && std::all_of(id.begin(), id.end(), allowed)) return {};
  return refuse("must be 2 to 60 of the characters a-z, 0-9 and -");
}

Result<void> check_not_blank(std::string_view text) {
  return trim(text).empty() ? refuse("must not be empty") : Result<void>{};
}

namespace {

bool is_mail_address(std::string_view text) {
  return text.find('@') != text.npos && text.find_first_of(" \t\r\n?&<>\"'%,;:") == text.npos;
}

}  // namespace

Result<void> check_contact(std::string_view text) {
  if (text.empty()) return {};
  return is_mail_address(text) || is_web_url(text)
             ? Result<void>{}
             : refuse("must be a mail address or a web page", "\"donnees@example.org\"");
}

Result<void> check_mail_address(std::string_view text) {
  return text.empty() || is_mail_address(text) ? Result<void>{}
                                               : refuse("must be a mail address", "\"moisson@example.org\"");
}

Result<void> check_mail_server(std::string_view text) {
  if (text.empty()) return {};
  const auto url = parse_url(text);
  const bool known = url && (url->scheme == "smtp" || url->scheme == "smtps") && !url->host.empty();
  if (!known || !url->userinfo.empty() || url->has_query || url->path.size() > 1)
    return refuse("must be smtp://host:port or smtps://host:port",
                  "a name and password have keys of their own: user, password_file");
  return {};
}

Result<void> check_font_list(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 ||
           std::string_view(" ,-\"").find(static_cast<char>(c)) != std::string_view::npos;
  });
  return plain && std::count(text.begin(), text.end(), '"') % 2 == 0
             ? Result<void>{}
             : refuse("must be a list of font names", R"(title_font = '"Source Serif 4", Georgia, serif')");
}

Result<void> check_language(std::string_view tag) {
  return language_tag(tag).empty()
             ? refuse("is no language that is known", "write a BCP 47 tag: \"fr\", \"en\", \"pt-BR\"")
             : Result<void>{};
}

Result<void> check_territory(std::string_view key) {
  return dcat::territory(key) == nullptr ? refuse("is no territory that is known",
                                                  "write \"country:fr\", or \"fr:region:\", \"fr:departement:\", "
                                                  "\"fr:commune:\" with INSEE's code, or \"fr:epci:\" with its SIREN")
                                         : Result<void>{};
}

Result<void> check_portal_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url || !is_web_url(text)) return refuse("must be an http or https address");
  if (!url->userinfo.empty())
    return refuse("must not hold a name or password", "put the secret into a file and name that with api_key_file");
  return {};
}

Result<void> check_base_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url || !is_web_url(text)) return refuse("must be an http or https address");
  if (url->has_query || !url->fragment.empty() || !url->userinfo.empty())
    return refuse("must be the plain address that links start with, without ? or # or a name");
  return {};
}

// Tokens and the client's secret pass there, so a plain connection may not leave the machine (OpenID Connect Discovery
// §3).
Result<void> check_issuer(std::string_view text) {
  if (text.empty()) return {};
  const auto url = parse_url(text);
  if (!url || !is_web_url(text)) return refuse("must be the https address by which the provider calls itself");
  const bool here = url->host == "127.0.0.1" || url->host == "::1" || url->host == "localhost";
  if (url->scheme != "https" && !here)
    return refuse("must be https", "plain http is for a provider on this machine only");
  if (url->has_query || !url->fragment.empty() || !url->userinfo.empty())
    return refuse("must be without ? or # or a name");
  return {};
}

Result<void> check_listen(std::string_view text) {
  constexpr std::string_view hint = "write \"127.0.0.1:8080\" or \"[::1]:8080\"";
  const auto colon = text.rfind(':');
  const auto host = text.substr(0, colon);
  unsigned port = 65536;
  if (colon != std::string_view::npos) {
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, port);
    if (error != std::errc{} || stop != end) port = 65536;
  }
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (port > 65535 || host.empty() || (host.find(':') != std::string_view::npos && !bracketed))
    return refuse("must be host:port, the port from 0 to 65535", std::string(hint));
  return {};
}

Result<void> check_header_text(std::string_view text) {
  const auto printable = [](unsigned char c) { return c >= 0x20 && c < 0x7f; };
  if (!trim(text).empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), printable)) return {};
  return refuse("must be 1 to 200 printable ASCII characters", "Name/1 (+https://your.site/about-the-crawler)");
}

Result<void> check_network(std::string_view text) {
  const auto network = net::parse_network(text);
  return network
             ? Result<void>{}
             : refuse("\"" + std::string(cut(text, 60)) + "\" is no network", "write \"10.0.0.0/8\" or \"fd00::/8\"");
}

Result<void> check_one_line(std::string_view text) {
  return text.find('\n') == std::string_view::npos ? Result<void>{} : refuse("an item must stand on one line");
}

}  // namespace moisson::app
