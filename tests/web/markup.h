// What a test asks of markup: is it well-formed, and does it hold nothing that runs or calls out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace moisson::web::test {

struct ReadMarkup {
  std::string fault;                    // empty: well-formed XML
  std::vector<std::string> elements;    // names, in order
  std::vector<std::string> attributes;  // "element@name=value", in order
  std::string text;                     // all character data

  bool has_element(std::string_view name) const;
  // The first thing that could run, or be fetched from elsewhere without a click; empty if there is none.
  std::string danger() const;
};

// A whole page, or a fragment, which is wrapped.
ReadMarkup read_markup(std::string_view markup, bool fragment);

}  // namespace moisson::web::test
