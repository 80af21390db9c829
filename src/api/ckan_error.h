// Failures of CKAN's Action API, as clients tell them apart: by `__type` alone (ckanapi). Values; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <string>
#include <string_view>
#include <utility>

namespace moisson::api::ckan {

struct Failure {
  Failure() = default;
  // An aggregate could be made of a number alone (C++20), and Outcome<number> could not tell the two apart.
  Failure(int http_status, std::string type_word, std::string text, std::string parameter)
      : status(http_status), type(std::move(type_word)), message(std::move(text)), field(std::move(parameter)) {}

  int status = 500;
  std::string type;     // error.__type; empty: the whole body is the message, as a JSON string
  std::string message;  // for people
  std::string field;    // of a Validation Error: the parameter
};

[[noreturn]] inline void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
  throw std::logic_error(failure.message);
}

template <class T>
using Outcome = boost::system::result<T, Failure>;

inline Failure bad_request(std::string_view what) { return {400, "", "Bad request: " + std::string(what), ""}; }
inline Failure not_found(std::string_view what = "") {
  return {404, "Not Found Error", what.empty() ? "Not found" : "Not found: " + std::string(what), ""};
}
inline Failure validation(std::string_view field, std::string_view message) {
  return {409, "Validation Error", std::string(message), std::string(field)};
}
inline Failure integrity(std::string_view what) { return {400, "Integrity Error", std::string(what), ""}; }
inline Failure search_error(std::string_view what) {
  return {409, "Search Error", "Search error: " + std::string(what), ""};
}
inline Failure search_query_error(std::string_view what) {
  return {400, "Search Query Error", "Search Query is invalid: '" + std::string(what) + "'", ""};
}

// Our own failure: what went wrong inside is for the log, not for the client.
Failure failure_of(const Error& error);

}  // namespace moisson::api::ckan
