// The harvester of kind "api-gouv": the catalog of APIs of api.gouv.fr, and of whoever publishes one in its form.
#pragma once

#include <moisson/harvest/harvester.h>

namespace moisson::harvesters {

const harvest::Harvester& api_gouv_harvester();

}  // namespace moisson::harvesters
