// A part of an XML document as a tree of values, for records that are small and looked at from many sides. Built on the
// events of xml.h; text between child elements is joined, comments and processing instructions are left out. One
// document, one thread.
#pragma once

#include "core/xml.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::xml {

struct Element {
  struct Attribute {
    std::string prefix;
    std::string local;
    std::string value;
  };
  std::string prefix;
  std::string local;
  std::string ns;
  std::vector<Attribute> attributes;
  std::vector<std::pair<std::string, std::string>> declarations;  // prefix, namespace IRI
  std::string text;                                               // as received
  std::vector<Element> children;

  std::string_view attribute(std::string_view name) const;  // by local name; empty if there is none
  const Element* child(std::string_view name) const;        // the first of that local name, "*" the first of all
  // The elements at the end of a path of local names ("extent/EX_Extent/*"), in document order. "*" is any name.
  std::vector<const Element*> all(std::string_view path) const;
  const Element* first(std::string_view path) const;
};

// Turns the events between the start and the end of one element into its tree.
class TreeBuilder {
 public:
  static constexpr std::size_t max_elements = 200'000;
  static constexpr std::size_t max_bytes = std::size_t{16} << 20;  // of names, attributes and text

  // too_large beyond the caps. `in_scope`: declarations of the elements around the first one, which it is given.
  Result<void> start(const Name& name, const std::vector<Attribute>& attributes,
                     const std::vector<NamespaceDeclaration>& declarations,
                     const std::vector<std::pair<std::string, std::string>>& in_scope = {});
  Result<void> characters(std::string_view text);
  bool end();  // true: the element that was started first has ended

  bool building() const { return !open_.empty(); }
  Element take();

 private:
  Result<void> count(std::size_t bytes);
  Element root_;
  std::vector<Element> open_;
  std::size_t elements_ = 0;
  std::size_t bytes_ = 0;
};

// The whole document. Errors: the parser's, and too_large.
Result<Element> parse_tree(std::string_view text, Limits limits = {});

// The element as a document of its own: equal trees give equal bytes.
std::string write(const Element& element);

}  // namespace moisson::xml
