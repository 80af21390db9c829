// Where a portal's CKAN API answers, and how it wants to be asked: found by asking how much it has.
#pragma once

#include "harvesters/ckan_api.h"

#include <moisson/core/result.h>
#include <moisson/dcat/finding.h>
#include <moisson/net/fetcher.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace moisson::harvesters {

struct CkanEndpoint {
  std::unique_ptr<CkanApi> api;
  std::uint64_t count = 0;             // of the search that was asked
  std::vector<dcat::Finding> remarks;  // what the operator may mend of the address, or has to know of the portal
};

// `address`: as it was registered, of the portal or of its API. `remembered`: the base that answered last, which is asked first
// if it belongs to the portal. `filter`: of the search. `key`: the API key, if there is one. The fetcher outlives the
// endpoint. Errors: invalid_input at "url"; else the first one that the portal gave.
Result<CkanEndpoint> find_ckan_endpoint(net::Fetcher& fetcher, const std::string& address,
                                        const std::string& remembered, const std::string& filter,
                                        const std::string& key);

}  // namespace moisson::harvesters
