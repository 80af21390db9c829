// A record as a line of a table: the columns of /datasets.csv and of the dump of that name, so that both are one file.
// Pure.
#pragma once

#include "index/card.h"
#include "links/links.h"

#include <moisson/search/results.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::api {

// A promise: names stay, new ones go to the end.
std::span<const std::string> dataset_columns();

std::vector<std::string> dataset_cells(const search::Hit& hit, const links::Links& links);

// What the index gives of a record for no query in particular: what a row needs of it.
search::Hit hit_of(const index::Card& card, std::string_view language);

}  // namespace moisson::api
