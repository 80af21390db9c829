// The values of a CKAN object (a package, organization, group or resource) that are more than a text, each read by one
// function here; their names are ckanext-dcat's first. What cannot be read is a finding of the reader. Pure.
#pragma once

#include "harvesters/json_reader.h"

#include <moisson/dcat/record.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

inline constexpr std::size_t ckan_max_description = 100'000;  // bytes

// The way of a record of a catalog of this program. Such a one says each date and identifier in a field of its own, so that
// CKAN's fields, which must be filled, stand for nothing more than themselves.
inline constexpr std::string_view ckan_trail = "harvest_trail";
inline bool is_of_moisson(const JsonReader& reader) { return reader.has(ckan_trail); }

// The reader of `object` with its extras: a list of {key, value} since CKAN 1.x, an object in older and other portals,
// null where there are none. At most 2,000 are read.
JsonReader ckan_reader(const PortalContext& context, json::View object, std::string pointer,
                       std::vector<dcat::Finding>& findings);

// `package`: the object of `reader`.
// Flattened: creator_name, creator_uri …
std::vector<dcat::Agent> ckan_agent(JsonReader& reader, std::string_view prefix);
std::vector<dcat::Agent> ckan_publisher(JsonReader& reader, json::View package);
std::vector<dcat::ContactPoint> ckan_contacts(JsonReader& reader);
std::optional<dcat::Concept> ckan_licence(JsonReader& reader);
LangStrings ckan_keywords(JsonReader& reader, json::View package);  // at most 1,000
std::vector<dcat::Concept> ckan_themes(JsonReader& reader);
std::vector<dcat::Location> ckan_places(JsonReader& reader);

}  // namespace moisson::harvesters
