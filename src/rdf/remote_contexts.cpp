#include "rdf/remote_contexts.h"

#include "rdf/embedded.h"

#include <array>
#include <string>

namespace moisson::rdf {
namespace {

struct Row {
  std::string_view address;  // without scheme, query and fragment; beginning with "/": a path on any host
  std::string_view file;
};

constexpr std::array rows{
    Row{"project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "project-open-data-1.1.jsonld"},
    Row{"project-open-data.cio.gov/v1.1/schema/data.jsonld", "project-open-data-1.1.jsonld"},
    Row{"schema.org", "schema-org.jsonld"},
    Row{"schema.org/", "schema-org.jsonld"},
    Row{"www.schema.org", "schema-org.jsonld"},
    Row{"www.schema.org/", "schema-org.jsonld"},
    Row{"schema.org/docs/jsonldcontext.json", "schema-org.jsonld"},
    Row{"schema.org/docs/jsonldcontext.jsonld", "schema-org.jsonld"},
    Row{"semiceu.github.io/DCAT-AP/releases/3.0.0/context/dcat-ap.jsonld", "dcat-ap-3.jsonld"},
    Row{"semiceu.github.io/uri.semic.eu-generated/DCAT-AP/releases/3.0.0/context/dcat-ap.jsonld", "dcat-ap-3.jsonld"},
    Row{"semiceu.github.io/uri.semic.eu-generated/DCAT-AP/releases/3.0.0/html/examples/context.jsonld",
        "dcat-ap-3-examples.jsonld"},
    // Every portal that runs udata (udata/core/site/api.py); its documents name the portal's own copy.
    Row{"/api/1/site/context.jsonld", "udata.jsonld"},
};

std::string_view without(std::string_view iri) {
  for (std::string_view scheme : {"https://", "http://"}) {
    if (iri.starts_with(scheme)) return iri.substr(scheme.size(), iri.find_first_of("?#") - scheme.size());
  }
  return {};
}

class Bundled final : public RemoteContexts {
  Result<std::string_view> document(std::string_view iri) const override {
    const std::string_view address = without(iri);
    const auto slash = address.find('/');
    const std::string_view path = slash == address.npos ? std::string_view{} : address.substr(slash);
    for (const Row& row : rows) {
      if (row.address == (row.address.starts_with('/') ? path : address)) return embedded(row.file);
    }
    return Error{
        ErrorCode::unsupported,
        "loading remote context failed: \"" + std::string(iri.substr(0, 200)) + "\" is not one of those bundled", "",
        "contexts are never fetched: let the portal write the context inside the document", "context_missing"};
  }
};

}  // namespace

const RemoteContexts& bundled_contexts() {
  static const Bundled contexts;
  return contexts;
}

}  // namespace moisson::rdf
