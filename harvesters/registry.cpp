// The kinds of portal that this program reads: one line each.
#include "harvesters/api_gouv.h"
#include "harvesters/ckan.h"
#include "harvesters/csw.h"
#include "harvesters/data_json.h"
#include "harvesters/dcat.h"
#include "harvesters/moisson.h"

#include <moisson/harvest/harvester.h>

namespace moisson::harvest {

std::span<const Harvester* const> all_harvesters() {
  static const Harvester* const all[] = {&harvesters::ckan_harvester(),      &harvesters::dcat_harvester(),
                                         &harvesters::data_json_harvester(), &harvesters::csw_harvester(),
                                         &harvesters::api_gouv_harvester(),  &harvesters::moisson_harvester()};
  return all;
}

const Harvester* find_harvester(std::string_view kind) {
  for (const Harvester* harvester : all_harvesters()) {
    if (harvester->kind() == kind) return harvester;
  }
  return nullptr;
}

}  // namespace moisson::harvest
