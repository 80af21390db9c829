// What a publisher would want to know about one record: which of a few plain criteria it meets. Pure.
#pragma once

#include "index/card.h"

#include <moisson/dcat/record.h>

#include <string_view>
#include <vector>

namespace moisson::web {

struct Criterion {
  std::string_view name;  // licence, format, territory, contact, modified, frequency, description
  bool met = false;
};

// In the order in which people read them. Files are asked of data sets only, frequency of data sets and series.
std::vector<Criterion> quality_of(const dcat::Record& record, const index::Card& card);

}  // namespace moisson::web
