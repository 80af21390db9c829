// A distribution as CKAN's resource dictionary; of a data service, each of its end points. Pure.
#pragma once

#include "api/ckan_package.h"
#include "core/json.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::api::ckan {

// How many resources the package has.
std::size_t resource_count(const Package& package);

// Of each its id: the record's first ten bytes, then a hash of what distinguishes it among the record's (IRI, else
// address, else title). It stays through every change of order, and leads back to its record.
std::vector<std::string> resource_ids(const Package& package);

// What the ids of a resource's record begin with, as search::Condition::Kind::id takes it; empty: not a resource's id.
std::string record_beginning(std::string_view resource_id);

// What clients read of a resource before anything else: address, file type, name. A resource that states no address of
// the web has its record's page, since readers refuse one without.
struct ResourceText {
  std::string url, format, name, description, hash;
};
ResourceText resource_text(const Package& package, std::size_t number, const Context& context);

void write_resource(json::Writer& out, const Package& package, std::size_t number, std::string_view id,
                    const Context& context);

}  // namespace moisson::api::ckan
