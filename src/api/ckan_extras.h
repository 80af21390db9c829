// The extras of a package: what DCAT knows and CKAN has no key for, by ckanext-dcat's names; lists are JSON in a
// string. Never null, never empty, no key twice. Pure.
#pragma once

#include "api/ckan_package.h"
#include "core/json.h"

#include <string>
#include <vector>

namespace moisson::api::ckan {

struct Extra {
  std::string key;
  std::string value;
};

std::vector<Extra> extras_of(const Package& package, const Context& context);

void write_extras(json::Writer& out, const Package& package, const Context& context);  // "extras":[{"key","value"}]

}  // namespace moisson::api::ckan
