// The grammar of RDF/XML (RDF 1.1 XML Syntax §6.2, §7.2) where it speaks of one element: which names may stand where, and
// the part that each attribute plays. Pure, thread-safe. Errors are invalid_input and name no place: that is the reader's.
#pragma once

#include "core/xml.h"

#include <moisson/core/result.h>

#include <string_view>
#include <vector>

namespace moisson::rdf {

inline constexpr std::string_view rdf_ns = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view xml_ns = "http://www.w3.org/XML/1998/namespace";

// The attributes of one element by their part; null where it has none. Views into the element's event.
struct RdfXmlAttributes {
  const std::string_view* id = nullptr;
  const std::string_view* node_id = nullptr;
  const std::string_view* about = nullptr;
  const std::string_view* resource = nullptr;
  const std::string_view* datatype = nullptr;
  const std::string_view* parse_type = nullptr;
  std::vector<const xml::Attribute*> properties;
};

bool is_rdf(const xml::Name& name, std::string_view local);  // rdf:local

// Ok: a node element (§7.2.11), a property element (§7.2.14) may have this name.
Result<void> check_node_name(const xml::Name& name);
Result<void> check_property_name(const xml::Name& name);

// Those of XML itself (xml:lang, xml:base), and those that mean nothing, are left out. An Error: one may not stand there.
Result<RdfXmlAttributes> rdf_xml_attributes(const std::vector<xml::Attribute>& attributes);

// NCName (Namespaces in XML §3 on XML 1.0 §2.3): what rdf:ID and rdf:nodeID must be (§5.3).
bool is_ncname(std::string_view text);

}  // namespace moisson::rdf
