// Some hundred records of two portals as CKAN's clients would meet them, and their requests byte for byte.
#pragma once

#include "catalog.h"

#include <string>
#include <string_view>
#include <vector>

namespace moisson::api::ckan {

inline constexpr int portal_records = 250;

// Record `number` of the portal "alpha": publishers, themes, keywords, formats and licences repeat by its number; every
// tenth has no distribution.
harvest::HarvestedRecord portal_record(int number);

class Portal : public Catalog {
 public:
  Portal();

  // The `result` of an action asked by GET; fails the test unless it succeeds.
  Reply ask(std::string_view action_and_query) const;
  // The same by POST with a JSON body, as ckanapi asks.
  Reply post(std::string_view action, std::string body) const;
};

std::vector<std::string> texts(json::View list);                        // of a list of strings
std::vector<std::string> texts(json::View list, std::string_view key);  // of one member of each object

}  // namespace moisson::api::ckan
