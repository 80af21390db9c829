#include "web/html_token.h"

#include "core/text.h"
#include "web/character_reference.h"

#include <algorithm>

namespace moisson::web {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool ends_name(char c) { return is_blank(c) || c == '/' || c == '>'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_blank(text[at]) || text[at] == '/')) ++at;
  return at;
}

// Where the tag that begins before `at` ends: the position of its '>', quotes respected; npos if it does not end.
std::size_t end_of_tag(std::string_view html, std::size_t at) {
  char quote = '\0';
  char last = '\0';  // last character that is no blank: a quote opens only after =
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '>') {
      return at;
    } else if ((c == '"' || c == '\'') && last == '=') {
      quote = c;
    }
    if (!is_blank(c)) last = c;
  }
  return html.npos;
}

// A comment, declaration or processing instruction at `at`.
std::size_t end_of_markup(std::string_view html, std::size_t at) {
  if (html.substr(at).starts_with("<!--")) {
    const std::size_t end = html.find("-->", at + 2);  // <!--> is a whole comment
    return end == html.npos ? html.size() : end + 3;
  }
  const std::size_t end = html.find('>', at);
  return end == html.npos ? html.size() : end + 1;
}

}  // namespace

std::optional<HtmlToken> next_token(std::string_view html, std::size_t& at) {
  if (at >= html.size()) return std::nullopt;
  HtmlToken token;
  const char next = at + 1 < html.size() ? html[at + 1] : '\0';
  if (html[at] == '<' &&
      (next == '!' || next == '?' || (next == '/' && at + 2 < html.size() && !is_letter(html[at + 2])))) {
    at = end_of_markup(html, at);
    return token;
  }
  if (html[at] == '<' && (is_letter(next) || next == '/') && at + 2 < html.size()) {
    const bool closing = next == '/';
    const std::size_t name = at + (closing ? 2 : 1);
    std::size_t end = name;
    while (end < html.size() && !ends_name(html[end])) ++end;
    const std::size_t close = end_of_tag(html, end);
    if (close == html.npos) {  // a tag that never ends swallows the rest, as in a browser
      at = html.size();
      return token;
    }
    token.kind = closing ? HtmlToken::Kind::end : HtmlToken::Kind::start;
    token.name = lower_ascii(html.substr(name, end - name));
    token.attributes = html.substr(end, close - end);
    at = close + 1;
    return token;
  }
  const std::size_t end = std::min(html.find('<', at + 1), html.size());
  token.kind = HtmlToken::Kind::text;
  token.text = html.substr(at, end - at);
  at = end;
  return token;
}

std::string attribute(std::string_view attributes, std::string_view name) {
  std::size_t at = skip_blanks(attributes, 0);
  while (at < attributes.size()) {
    const std::size_t begin = at;
    while (at < attributes.size() && !is_blank(attributes[at]) && attributes[at] != '=' && attributes[at] != '/') ++at;
    const std::string_view key = attributes.substr(begin, at - begin);
    std::size_t after = at;
    while (after < attributes.size() && is_blank(attributes[after])) ++after;
    std::string_view value;
    if (after < attributes.size() && attributes[after] == '=') {
      at = after + 1;
      while (at < attributes.size() && is_blank(attributes[at])) ++at;
      const char quote = at < attributes.size() ? attributes[at] : '\0';
      if (quote == '"' || quote == '\'') {
        const std::size_t end = std::min(attributes.find(quote, at + 1), attributes.size());
        value = attributes.substr(at + 1, end - at - 1);
        at = std::min(end + 1, attributes.size());
      } else {
        const std::size_t from = at;
        while (at < attributes.size() && !is_blank(attributes[at])) ++at;
        value = attributes.substr(from, at - from);
      }
    }
    if (iequals_ascii(key, name)) return decode_references(value);
    if (at == begin) ++at;  // a stray '='
    at = skip_blanks(attributes, at);
  }
  return {};
}

void skip_element(std::string_view html, std::size_t& at, std::string_view name) {
  for (std::size_t open = html.find("</", at); open != html.npos; open = html.find("</", open + 2)) {
    const std::string_view found = html.substr(open + 2, name.size());
    const std::size_t behind = open + 2 + name.size();
    if (!iequals_ascii(found, name) || (behind < html.size() && !ends_name(html[behind]))) continue;
    at = std::min(html.find('>', behind), html.size() - 1) + 1;
    return;
  }
  at = html.size();
}

}  // namespace moisson::web
