#include "notify/mail.h"

#include "core/base64.h"
#include "core/text.h"
#include "notify/embedded.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

namespace moisson::notify {
namespace {

constexpr std::size_t bytes_a_line = 57;  // 76 characters of base64 (RFC 2045 §6.8)
constexpr std::size_t bytes_a_word = 42;  // an encoded word has at most 75 characters (RFC 2047 §2)
constexpr std::size_t most_subject_bytes = 300;

using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

// One language of mails.tsv: key → text.
std::map<std::string_view, std::string_view> column(std::size_t number) {
  std::map<std::string_view, std::string_view> texts;
  for (std::string_view line : split(embedded("mails.tsv"), '\n')) {
    const auto cells = split(line, '\t');
    if (cells.size() > number) texts[cells[0]] = cells[number];
  }
  return texts;
}

std::string filled(std::string_view text, Values values) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    out += text.substr(0, open);
    if (open == text.npos) break;
    const auto close = text.find('}', open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    for (const auto& [key, value] : values)
      if (key == name) out += value;
    text.remove_prefix(close + 1);
  }
  return out;
}

// A line's end inside a title would begin a header (RFC 5322 §2.2).
std::string one_line(std::string_view text) {
  std::string line = clean_utf8(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n' || c == '\t'; }, ' ');
  return line;
}

std::string encoded_header(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view piece = cut(text, bytes_a_word);
    ((out += out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") += base64(piece)) += "?=";
    text.remove_prefix(piece.size());
  }
  return out;
}

std::string encoded_body(std::string_view text) {
  std::string out;
  for (; !text.empty(); text.remove_prefix(std::min(bytes_a_line, text.size())))
    (out += base64(text.substr(0, bytes_a_line))) += "\r\n";
  return out;
}

// "Wed, 01 May 2024 12:34:56 +0000": HTTP's form but for the zone.
std::string mail_date(Instant now) {
  std::string date = format_http_date(now);
  return date.replace(date.size() - 3, 3, "+0000");
}

}  // namespace

Mail mail_about(const Occasion& occasion, std::string_view language) {
  static const auto french = column(1), english = column(2);
  const auto& words = language.starts_with("fr") ? french : english;
  const auto& job = occasion.job;
  const auto say = [&](std::string_view key, Values values) {
    const auto text = words.find(key);
    return text == words.end() ? std::string() : filled(text->second, values);
  };
  const std::string title = one_line(shorten(occasion.source_title, 100));
  Mail mail;
  mail.subject = say(occasion.event + ".subject", {{"source", title}});
  mail.text =
      say(occasion.event + ".text", {{"source", title}, {"waiting", std::to_string(job.removals_waiting)}}) + "\n\n";
  const auto& n = job.counts;
  mail.text += say("counts", {{"created", std::to_string(n.created)},
                              {"updated", std::to_string(n.updated)},
                              {"unchanged", std::to_string(n.unchanged)},
                              {"moved", std::to_string(n.moved)},
                              {"skipped", std::to_string(n.skipped)},
                              {"failed", std::to_string(n.failed)},
                              {"removed", std::to_string(n.removed)}}) +
               "\n";
  if (job.error) mail.text += say("cause", {{"cause", one_line(job.error->message)}}) + "\n";
  mail.text += "\n" + say("report", {{"url", occasion.job_url}}) + "\n\n-- \n" +
               say("why", {{"account", occasion.account_url}}) + "\n";
  return mail;
}

std::string wire_text(const Mail& mail, std::string_view sender, std::string_view message_id, Instant now) {
  std::string out;
  const auto header = [&](std::string_view name, std::string_view value) {
    (((out += name) += ": ") += value) += "\r\n";
  };
  header("From", one_line(sender));
  header("To", one_line(mail.to));
  header("Subject", encoded_header(cut(one_line(mail.subject), most_subject_bytes)));
  header("Date", mail_date(now));
  header("Message-ID", "<" + one_line(message_id) + ">");
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", "base64");
  return out + "\r\n" + encoded_body(clean_utf8(mail.text));
}

}  // namespace moisson::notify
