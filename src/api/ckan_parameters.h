// The parameters of an action, whichever way they came: query string, JSON body, form, or a form whose one key is JSON.
// Values; immutable once read.
#pragma once

#include "api/ckan_error.h"

#include <moisson/http/message.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::api::ckan {

class Parameters {
 public:
  struct Value {
    std::vector<std::string> items;  // numbers and booleans as text
    bool list = false;               // a JSON list, or a key given more than once
  };

  // The query string wins over the body. null is absence. "Bad request: JSON Error: …"; Integrity Error: an object or a
  // list of lists where a value is meant. Headers are not looked at beyond Content-Type.
  static Outcome<Parameters> read(const http::Request& request);

  const std::map<std::string, Value, std::less<>>& all() const { return values_; }
  bool has(std::string_view name) const { return values_.find(name) != values_.end(); }
  std::string text(std::string_view name) const;  // the first item; empty if absent

  // A list, however it was written: list, repeated key, JSON list in a string, or one plain text.
  std::vector<std::string> list(std::string_view name) const;

  // A whole number from 0. Validation Error in CKAN's words.
  Outcome<std::uint64_t> natural(std::string_view name, std::uint64_t standard) const;

  // true, yes, on, t, y and 1, in any case.
  bool flag(std::string_view name, bool standard) const;

  void set(std::string name, Value value) { values_[std::move(name)] = std::move(value); }

 private:
  std::map<std::string, Value, std::less<>> values_;
};

// The items of a JSON list of texts written as text ("[\"tags\"]"); nothing: it is none.
std::optional<std::vector<std::string>> list_in(std::string_view text);

}  // namespace moisson::api::ckan
