// What the records of a feed hold: counts to hold against an independent count, what the tables of terms did not know,
// and values of each record. For tests; one thread.
#pragma once

#include <moisson/dcat/record.h>

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::test {

// Of one record, as feeds_oracle.py writes them: spaces folded into one, dates to the day, addresses of the web alone.
struct RecordValues {
  std::string title, issued, modified, licence;
};

struct Holding {
  std::size_t records = 0, distributions = 0, titles = 0, publishers = 0, licences = 0, dates = 0, places = 0, urls = 0;
  std::size_t formats_stated = 0, formats_unknown = 0, licences_stated = 0, licences_unknown = 0, licences_own = 0;
  std::map<std::string, std::size_t> unknown;  // what the tables did not know, and how often
  std::vector<RecordValues> values;            // one a title

  // `record` as normalised. Addresses that begin with `portal` were made by the mapping, and no source states them.
  // `pages`: links to pages count as addresses, because the source does not tell them from links to files (ISO 19139).
  void add(const dcat::Record& record, std::string_view portal, bool pages);
  Holding& operator+=(const Holding& other);  // without the values

  // What an independent count counts too, by name.
  static constexpr std::array<std::pair<std::string_view, std::size_t Holding::*>, 8> counted{
      {{"records", &Holding::records},
       {"distributions", &Holding::distributions},
       {"titles", &Holding::titles},
       {"publishers", &Holding::publishers},
       {"licences", &Holding::licences},
       {"dates", &Holding::dates},
       {"places", &Holding::places},
       {"urls", &Holding::urls}}};
};

}  // namespace moisson::test
