// The prefixes that our documents use. Values for the program's life.
#pragma once

#include <moisson/dcat/properties.h>

#include <array>
#include <string_view>

namespace moisson::rdf {

struct Prefix {
  std::string_view name;
  std::string_view iri;
};

inline constexpr std::array prefixes{
    Prefix{"adms", dcat::ns::adms},     Prefix{"dcat", dcat::ns::dcat}, Prefix{"dcatap", dcat::ns::dcatap},
    Prefix{"dct", dcat::ns::dct},       Prefix{"foaf", dcat::ns::foaf}, Prefix{"geo", dcat::ns::geosparql},
    Prefix{"hydra", dcat::ns::hydra},   Prefix{"locn", dcat::ns::locn}, Prefix{"owl", dcat::ns::owl},
    Prefix{"prov", dcat::ns::prov},     Prefix{"rdf", dcat::ns::rdf},   Prefix{"rdfs", dcat::ns::rdfs},
    Prefix{"schema", dcat::ns::schema}, Prefix{"skos", dcat::ns::skos}, Prefix{"spdx", dcat::ns::spdx},
    Prefix{"vcard", dcat::ns::vcard},   Prefix{"xsd", dcat::ns::xsd},
};

}  // namespace moisson::rdf
