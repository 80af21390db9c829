// The tables behind vocabulary.h as wholes, for what shows or counts every row. Constant; thread-safe.
#pragma once

#include "dcat/vocabulary.h"

#include <span>

namespace moisson::dcat {

std::span<const Format> all_formats();
std::span<const Licence> all_licences();
std::span<const Term> all_frequencies();

}  // namespace moisson::dcat
