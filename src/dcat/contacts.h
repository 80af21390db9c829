// Mail addresses and telephone numbers in a text. Pure.
#pragma once

#include <string>
#include <string_view>

namespace moisson::dcat {

// The text with "…@…" for each mail address, and "…" for each number that reads as a telephone's: international (+33 …), or ten
// digits from 0 on as in France. What is written to be overlooked ("a at b") is.
std::string without_contacts(std::string_view text);

}  // namespace moisson::dcat
