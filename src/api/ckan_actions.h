// The functions behind the table of actions, one file a concern. Each takes a call and makes the JSON of its result.
#pragma once

#include "api/ckan_action.h"

#include <vector>

namespace moisson::api::ckan {

// The table, sorted by name: made once by ckan_action.
std::vector<Action> all_actions();

Outcome<ResultBody> package_search(const Call& call);
Outcome<ResultBody> package_show(const Call& call);
Outcome<ResultBody> package_list(const Call& call);
Outcome<ResultBody> current_package_list_with_resources(const Call& call);
Outcome<ResultBody> package_autocomplete(const Call& call);

// Publishers.
Outcome<ResultBody> organization_list(const Call& call);
Outcome<ResultBody> organization_show(const Call& call);
Outcome<ResultBody> organization_autocomplete(const Call& call);

// Themes.
Outcome<ResultBody> group_list(const Call& call);
Outcome<ResultBody> group_show(const Call& call);
Outcome<ResultBody> group_autocomplete(const Call& call);

// Keywords.
Outcome<ResultBody> tag_list(const Call& call);
Outcome<ResultBody> tag_show(const Call& call);
Outcome<ResultBody> tag_search(const Call& call);
Outcome<ResultBody> tag_autocomplete(const Call& call);

Outcome<ResultBody> resource_show(const Call& call);
Outcome<ResultBody> resource_search(const Call& call);
Outcome<ResultBody> format_autocomplete(const Call& call);

Outcome<ResultBody> license_list(const Call& call);
Outcome<ResultBody> vocabulary_list(const Call& call);
Outcome<ResultBody> status_show(const Call& call);
Outcome<ResultBody> site_read(const Call& call);
Outcome<ResultBody> help_show(const Call& call);

}  // namespace moisson::api::ckan
