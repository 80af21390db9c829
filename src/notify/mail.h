// Mail: a message to one person, in words and on the wire. Pure.
#pragma once

#include <moisson/core/time.h>
#include <moisson/harvest/job.h>

#include <string>
#include <string_view>

namespace moisson::notify {

struct Mail {
  std::string to;  // one address
  std::string subject;
  std::string text;  // plain, lines ended by '\n'
};

struct Occasion {
  std::string event;  // notify/event.h
  harvest::HarvestJob job;
  std::string source_title;
  std::string job_url, account_url;
};

// What the event's mail says, in French or English (any other language reads English).
Mail mail_about(const Occasion& occasion, std::string_view language);

// The message as SMTP carries it (RFC 5322, 2045 to 2047): UTF-8 in base64, lines of at most 78 characters, and the
// mark of a message that no person wrote (RFC 3834). Line ends in what it is given never begin a header.
std::string wire_text(const Mail& mail, std::string_view sender, std::string_view message_id, Instant now);

}  // namespace moisson::notify
