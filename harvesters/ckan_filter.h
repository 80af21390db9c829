// CkanFilter: which packages of a portal its source wants: asked of the portal, and checked again here, because portals
// are known to ignore a filter. Value, pure.
#pragma once

#include "core/json.h"

#include <moisson/harvest/harvester.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

struct CkanFilter {
  std::vector<std::string> organizations;  // names or ids; empty: all
  std::vector<std::string> exclude_organizations;
  std::vector<std::string> groups;
  std::vector<std::string> tags;

  bool empty() const {
    return organizations.empty() && exclude_organizations.empty() && groups.empty() && tags.empty();
  }

  // Lucene, for `fq`; empty if there is no filter. Several values stand in parentheses of one field: without them CKAN's
  // own clause makes the OR optional, and everything matches (ckanext-harvest#518).
  std::string query() const;

  // Why a package is left out ("filtered by organizations"); empty: it is wanted.
  std::string refusal(json::View package) const;
};

CkanFilter ckan_filter(const harvest::HarvestSource& source);
std::span<const harvest::OptionDescription> ckan_options();

}  // namespace moisson::harvesters
