// The contexts that JSON-LD documents name by address. They are inside the program and never fetched: a document must
// not make us ask other hosts (SSRF), nor change its meaning between two harvests. Constant; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <string_view>

namespace moisson::rdf {

class RemoteContexts {
 public:
  virtual ~RemoteContexts() = default;

  // The JSON document at `iri`, living as long as this object. unsupported, naming it: not in the set.
  virtual Result<std::string_view> document(std::string_view iri) const = 0;
};

// DCAT-AP 2 and 3, Project Open Data 1.1, udata's, and the part of schema.org's that data sets use: config/contexts.
const RemoteContexts& bundled_contexts();

}  // namespace moisson::rdf
