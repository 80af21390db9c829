#include "core/redaction.h"

#include "core/base64.h"
#include "core/hash.h"
#include "core/url.h"
#include "core/xml.h"

#include <algorithm>
#include <string>
#include <utility>

namespace moisson {
namespace {

constexpr std::size_t least_bytes = 8;
constexpr std::string_view mark = "•••";

// What RFC 8259 §7 asks to be escaped; a secret is one line.
std::string in_json(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// It allows "\/" too, and PHP writes it.
std::string with_escaped_slashes(std::string text) {
  for (auto at = text.find('/'); at != std::string::npos; at = text.find('/', at + 2)) text.insert(at, 1, '\\');
  return text;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// In text and, with quotes, in attributes.
std::string in_html(std::string_view text, bool quotes) {
  const std::string escaped = xml::escape(text);
  return quotes ? replaced(escaped, "'", "&#39;") : replaced(escaped, "&quot;", "\"");
}

// As browsers' encodeURIComponent leaves it.
std::string with_marks(std::string text) {
  for (const auto& [code, sign] : {std::pair("%21", "!"), {"%27", "'"}, {"%28", "("}, {"%29", ")"}, {"%2A", "*"}})
    text = replaced(std::move(text), code, sign);
  return text;
}

std::string with_small_hex(std::string text) {
  for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%', at + 1))
    for (const std::size_t digit : {at + 1, at + 2})
      if (text[digit] >= 'A' && text[digit] <= 'F') text[digit] = static_cast<char>(text[digit] - 'A' + 'a');
  return text;
}

std::string unpadded(std::string text) {
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

}  // namespace

Redaction::Redaction(const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.size() < least_bytes) continue;
    const std::string encoded = percent_encode(secret);
    for (const std::string& form :
         {secret, in_json(secret), with_escaped_slashes(in_json(secret)), in_html(secret, false), in_html(secret, true),
          encoded, with_small_hex(encoded), with_marks(encoded), replaced(encoded, "%20", "+"),
          unpadded(base64(secret)), base64url(secret), hex(secret)}) {
      // What a portal writes may stand in JSON in turn.
      for (const std::string& written : {form, in_json(form), with_escaped_slashes(in_json(form))})
        forms_.push_back(written);
    }
  }
  std::sort(forms_.begin(), forms_.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  forms_.erase(std::unique(forms_.begin(), forms_.end()), forms_.end());
}

void Redaction::replace(std::string& text) const {
  for (const std::string& form : forms_)
    for (auto at = text.find(form); at != std::string::npos; at = text.find(form, at + mark.size()))
      text.replace(at, form.size(), mark);
}

std::string Redaction::of(std::string text) const {
  replace(text);
  constexpr std::string_view ellipsis = "…";
  const std::size_t end = text.ends_with(ellipsis) ? text.size() - ellipsis.size() : text.size();
  for (const std::string& form : forms_)
    for (std::size_t size = std::min(form.size() - 1, end); size >= least_bytes; --size)
      if (std::string_view(text).substr(end - size, size) == std::string_view(form).substr(0, size)) {
        text.replace(end - size, size, mark);
        return text;
      }
  return text;
}

std::string Redaction::Stream::pass(std::string_view piece) {
  std::string text = std::exchange(kept_, {});
  text.append(piece);
  redaction_->replace(text);
  if (redaction_->empty()) return text;
  const std::size_t keep = std::min(text.size(), redaction_->forms_.front().size() - 1);
  kept_ = text.substr(text.size() - keep);
  text.resize(text.size() - keep);
  return text;
}

std::string Redaction::Stream::rest() { return std::exchange(kept_, {}); }

}  // namespace moisson
