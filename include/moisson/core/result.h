// Result<T>: a value, or an Error that says what went wrong, where, and what to do next.
// Every fallible function of the house returns one; exceptions stop at each library's door.
// Values: copyable, thread-compatible.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace moisson {

// The closed set of reasons. What a caller may do about an error depends on its code alone.
enum class ErrorCode {
  invalid_input,  // the bytes or arguments are wrong: mend them
  not_found,      // no such record, source, job, file
  conflict,       // the state forbids it now (a job already runs, a plan is already decided)
  too_large,      // a cap was passed; `message` names the cap and its unit
  refused,        // the other side, or our own policy, says no (401, 403, robots, address policy)
  unreachable,    // no answer: DNS, connect, TLS, connection cut
  timeout,        // no answer in time
  unsupported,    // understood, but this program does not do it
  io,             // the local disk or store failed
  corrupt,        // what we stored ourselves does not read back
  cancelled,      // a person or a shutdown stopped it
  internal,       // a defect of this program
};

// `invalid_input` for ErrorCode::invalid_input: the word used in JSON, logs and reports.
std::string_view to_string(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // one sentence, no secrets, no trailing full stop
  std::string where;    // file:line:column, URL, JSON pointer or field; empty if nowhere
  std::string hint;     // what to do next; empty if nothing helps
  std::string cause;    // the word that a report files it under (core/cause.h), where that says more than the code

  bool operator==(const Error&) const = default;
};

// "where: message (hint)": one line for a log or a terminal.
std::string to_string(const Error& error);

// The same error seen from a caller's place: `place` is put before the error's own.
Error at(std::string_view place, Error error);

// boost::system::result calls this when value() is asked of an error: a programmer's mistake.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::logic_error(error.message);
}

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace moisson
