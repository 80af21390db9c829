// A record as CKAN's package dictionary, in the shape that its strictest known reader (udata) takes: every key present,
// null rather than left out. The mapping is ckanext-dcat's, from DCAT to CKAN; harvesters/ckan_package reads it back.
// A package's id is the record's id, and so is its name: a UUID is a legal name, unique, and does not move with the
// title. metadata_modified is our last_changed, which moves with the content only; metadata_created is when we first
// saw it.
#pragma once

#include "api/ckan_error.h"
#include "api/context.h"
#include "core/json.h"
#include "index/card.h"

#include <moisson/dcat/record.h>

#include <string>
#include <string_view>
#include <vector>

namespace moisson::api::ckan {

struct Package {
  store::StoredRecord stored;
  dcat::Record record;
  index::Card card;  // its normalised values
};

// Packages from the store, with the titles of their sources remembered. One request, one thread.
class PackageReader {
 public:
  explicit PackageReader(const Context& context) : context_(context) {}

  // not_found: removed meanwhile, or never here.
  Result<Package> read(std::string_view id);

 private:
  const std::string& source_title(const std::string& id);

  const Context& context_;
  std::vector<std::pair<std::string, std::string>> titles_;
};

void write_package(json::Writer& out, const Package& package, const Context& context);

// The package as Solr's flat document: the keys of `fields` alone, in their order; lists of names for tags, groups and
// organization. Unknown keys are left out.
void write_flat(json::Writer& out, const Package& package, const std::vector<std::string>& fields,
                const Context& context);

}  // namespace moisson::api::ckan
