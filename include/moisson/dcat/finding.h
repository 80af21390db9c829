// A finding: something a publisher would want to know about one value of one record. It never costs the record. Value.
#pragma once

#include <string>

namespace moisson::dcat {

struct Finding {
  std::string cause;    // stable word, e.g. "date_unreadable", "url_relative", "title_missing", "text_cut"
  std::string place;    // JSON pointer, line:column, or triple "<s> <p>"
  std::string message;  // one sentence; quotes at most 200 characters of the value
  std::string hint;     // what the publisher can mend

  bool operator==(const Finding&) const = default;
};

}  // namespace moisson::dcat
