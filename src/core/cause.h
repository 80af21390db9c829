// Cause: what a word of a report means, and how whoever runs the portal mends it, in each language of the interface.
// The words stand in one table, causes.tsv; harvesters give the words alone and know no language. Constant;
// thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <span>
#include <string_view>

namespace moisson {

// One sentence or two each, plain text with ordinary spaces.
struct CauseText {
  std::string_view label;
  std::string_view explanation;
  std::string_view fix;
};

struct Cause {
  std::string_view word;  // "date_unreadable"
  CauseText fr;
  CauseText en;

  // English unless `language` is French.
  const CauseText& in(std::string_view language) const { return language.starts_with("fr") ? fr : en; }
};

std::span<const Cause> all_causes();             // by word
const Cause* find_cause(std::string_view word);  // nullptr: a word of an older report
std::string_view cause_of(const Error& error);   // the error's own, else its code's; a view into `error` or a constant

// `error`, filed under `cause` unless it has a finer one: for bytes that are wrong (invalid_input), and nothing else.
Error filed(std::string_view cause, Error error);

}  // namespace moisson
