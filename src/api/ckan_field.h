// CKAN's names for what we filter and count by: organization, groups, tags, res_format … Pure; thread-safe.
#pragma once

#include <moisson/search/condition.h>
#include <moisson/search/field.h>
#include <moisson/search/results.h>

#include <optional>
#include <string>
#include <string_view>

namespace moisson::api::ckan {

// Our field behind a name of CKAN's, "extras_" before it or not; nothing: we do not index it by value.
std::optional<search::Field> field_named(std::string_view name);

// `name` and `display_name` of a value, as a facet of that name gives them.
struct Shown {
  std::string name;
  std::string display_name;
};
Shown shown(std::string_view ckan_field, const search::Labelled& value);

// What `field:text` asks for, as it would be typed in CKAN. Fields that we do not index match nothing, as CKAN's own
// catch-all field does; those that hold for every record of ours (state:active, capacity:public) match everything.
search::Condition condition_of(std::string_view ckan_field, std::string_view text, bool wildcard);

search::Condition everything();
search::Condition nothing();
search::Condition negated(search::Condition condition);

// A name that CKAN takes, [a-z0-9_-]{2,100}, for one of our keys: itself where it is one, else what is left of it with
// a hash of the whole. Stable.
std::string legal_name(std::string_view key);

}  // namespace moisson::api::ckan
