// PortalAccess: how one reading of a portal reaches it: the source's secrets, and a fetcher that takes them out of
// whatever the portal says back (bodies, addresses, errors), so that nothing that follows can write them down.
#pragma once

#include <moisson/harvest/harvester.h>
#include <moisson/net/fetcher.h>

#include <map>
#include <memory>
#include <string>

namespace moisson::store {
class Store;
}

namespace moisson::harvest {

struct PortalAccess {
  std::map<std::string, std::string> secrets;  // by the names of the kind's options
  std::unique_ptr<net::Fetcher> fetcher;
};

PortalAccess access_with(std::map<std::string, std::string> secrets, std::unique_ptr<net::Fetcher> fetcher);

// What the files hold that the configuration names ("<option>_file"); of an operators' source none is read. io,
// invalid_input: as core/secret_file.h.
Result<std::map<std::string, std::string>> secrets_in_files(const HarvestSource& source, const Harvester& harvester);

// All secrets of a reading: those in files, and those that were entered for this portal and no other. As secrets_in_files, and
// as Writer::secrets.
Result<std::map<std::string, std::string>> secrets_of(const HarvestSource& source, const Harvester& harvester,
                                                      store::Store& store);

// Whether a secret that was entered for one address may be sent to another.
bool same_portal(const std::string& url, const std::string& other);

}  // namespace moisson::harvest
