#include "rdf/rdf_xml_grammar.h"

#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <string>

namespace moisson::rdf {
namespace {

// §6.2.1 to §6.2.4: names of the rdf namespace that may not stand everywhere.
bool is_core_or_old(std::string_view local) {
  constexpr std::array names{"RDF",    "ID",       "about",     "parseType",       "resource",
                             "nodeID", "datatype", "aboutEach", "aboutEachPrefix", "bagID"};
  return std::find(names.begin(), names.end(), local) != names.end();
}

Error refused(std::string_view local, std::string_view as) {
  return {ErrorCode::invalid_input, "rdf:" + std::string(local) + " may not be " + std::string(as), "", ""};
}

// `other`: what may stand only where the other kind of element does.
Result<void> check_name(const xml::Name& name, std::string_view other, std::string_view as) {
  if (name.ns == rdf_ns && (is_core_or_old(name.local) || name.local == other)) return refused(name.local, as);
  if (name.ns.empty())
    return Error{ErrorCode::invalid_input, "the element <" + std::string(name.local) + "> has no namespace", "", ""};
  return {};
}

bool is_name_start(char32_t c) {
  if (c < 0x80) return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
  return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x1FFF && c != 0x37E) ||
         c == 0x200C || c == 0x200D || (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
         (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0xEFFFF);
}

}  // namespace

bool is_rdf(const xml::Name& name, std::string_view local) { return name.ns == rdf_ns && name.local == local; }

Result<void> check_node_name(const xml::Name& name) { return check_name(name, "li", "a node"); }

Result<void> check_property_name(const xml::Name& name) { return check_name(name, "Description", "a property"); }

Result<RdfXmlAttributes> rdf_xml_attributes(const std::vector<xml::Attribute>& attributes) {
  RdfXmlAttributes out;
  for (const xml::Attribute& attribute : attributes) {
    const xml::Name& name = attribute.name;
    if (name.ns == xml_ns || name.prefix == "xml") continue;
    // §6.1.2: these five may stand without a prefix; other names without one mean nothing.
    const bool bare = name.ns.empty();
    if (bare && name.local != "ID" && name.local != "about" && name.local != "resource" && name.local != "parseType" &&
        name.local != "type") {
      continue;
    }
    if (!bare && name.ns != rdf_ns) {
      out.properties.push_back(&attribute);
    } else if (name.local == "ID") {
      out.id = &attribute.value;
    } else if (name.local == "nodeID") {
      out.node_id = &attribute.value;
    } else if (name.local == "about") {
      out.about = &attribute.value;
    } else if (name.local == "resource") {
      out.resource = &attribute.value;
    } else if (name.local == "datatype") {
      out.datatype = &attribute.value;
    } else if (name.local == "parseType") {
      out.parse_type = &attribute.value;
    } else if (is_core_or_old(name.local) || name.local == "Description" || name.local == "li") {
      return refused(name.local, "an attribute");
    } else {
      out.properties.push_back(&attribute);
    }
  }
  return out;
}

bool is_ncname(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, length] = utf8::decode(text, at);
    const bool inside = (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
                        c == 0x203F || c == 0x2040;
    if (length == 0 || !(is_name_start(c) || (at > 0 && inside))) return false;
    at += length;
  }
  return !text.empty();
}

}  // namespace moisson::rdf
