// XmlLiteral: the content of rdf:parseType="Literal" as exclusive canonical XML with comments and an empty
// InclusiveNamespaces list (RDF 1.1 XML Syntax §7.2.17, https://www.w3.org/TR/xml-exc-c14n/). Single-threaded.
#pragma once

#include "core/xml.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::rdf {

class XmlLiteral {
 public:
  void start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes);
  // True: an element inside was closed; false: it was the property element itself, the literal is whole.
  bool end_element();
  void characters(std::string_view text);
  void comment(std::string_view text);
  void processing_instruction(std::string_view target, std::string_view data);

  const std::string& text() const { return out_; }

 private:
  void declare(const xml::Name& name, std::vector<std::pair<std::string, std::string>>& wanted) const;
  std::string_view in_scope(std::string_view prefix) const;

  std::string out_;
  std::vector<std::string> open_;                              // qualified names
  std::vector<std::pair<std::string, std::string>> rendered_;  // prefix and namespace written so far
  std::vector<std::size_t> marks_;                             // size of rendered_ before each open element
};

}  // namespace moisson::rdf
