// RdfXmlReader: RDF 1.1 XML Syntax (https://www.w3.org/TR/rdf-syntax-grammar/), the whole of it, on core/xml's events.
// Memory: the open elements and their text, and a hash of each rdf:ID, never the document. too_large beyond the caps of
// core/xml, a text of 16 MiB, and a million rdf:ID.
#pragma once

#include "core/xml.h"
#include "core/xml_controls.h"
#include "rdf/rdf_xml_grammar.h"
#include "rdf/reader.h"
#include "rdf/xml_literal.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace moisson::rdf {

class RdfXmlReader final : public Reader, private xml::Handler {
 public:
  RdfXmlReader(std::string_view base, TripleSink& sink, const ReadOptions& options);
  Result<void> feed(std::string_view bytes) override;
  Result<void> finish() override;
  std::uint64_t bytes_read() const override { return read_; }
  bool unfinished() const override;

 private:
  // What may come inside an open element (§7.2, named after its productions).
  enum class Inside : std::uint8_t {
    document,    // rdf:RDF or one node element
    nodes,       // inside rdf:RDF: node elements
    node,        // inside a node element: property elements
    property,    // text, or one node element: known only at its end
    empty,       // inside emptyPropertyElt: nothing
    resource,    // parseType="Resource": property elements about a new blank node
    collection,  // parseType="Collection": node elements
    literal,     // parseType="Literal": any XML
  };

  // A subject or object while its element is open.
  struct Node {
    TermKind kind = TermKind::iri;
    std::string text;
    TermView view() const { return {kind, text, {}, {}}; }
  };

  // An open element. Reused from one element to the next, so that its strings keep their room.
  struct Frame {
    Inside inside = Inside::document;
    std::size_t base = 0;      // into bases_
    std::size_t language = 0;  // into languages_
    unsigned li = 0;           // rdf:li met so far (§7.4)
    bool filled = false;       // a property has its node, a collection its first cell
    Node subject;              // of a node or resource; of a property: its parent's
    std::string predicate;
    std::string datatype;
    std::string statement;  // IRI that reifies the property's triple; empty: none
    Node last;              // cell of a collection
    std::string text;
  };

  Result<void> start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                             const std::vector<xml::NamespaceDeclaration>& declarations) override;
  Result<void> end_element(const xml::Name& name) override;
  Result<void> characters(std::string_view text) override;
  Result<void> comment(std::string_view text) override;
  Result<void> processing_instruction(std::string_view target, std::string_view data) override;

  Result<void> start_node(const xml::Name& name, const RdfXmlAttributes& attributes);
  Result<void> start_property(const xml::Name& name, const RdfXmlAttributes& attributes);
  Result<void> start_empty_property(const RdfXmlAttributes& attributes);
  Result<void> property_attributes(const TermView& subject, const RdfXmlAttributes& attributes);
  Result<void> hand_to_parent(const Node& node);  // a node element is its parent's object
  Result<void> end_property(Frame& frame);
  Result<void> emit(const Frame& property, const TermView& object);  // with its reification (§7.3)
  Result<void> give(const TermView& subject, std::string_view predicate, const TermView& object);

  Result<void> identify(std::string_view id, std::string& out);  // rdf:ID (§5.3)
  Result<void> named_blank(std::string_view id, Node& out);      // rdf:nodeID
  void new_blank(Node& out);
  std::string_view resolve(std::string_view reference, std::string& out) const;
  void name_iri(const xml::Name& name, std::string& out) const;  // that an element or attribute names
  Frame& open();
  Frame& top() { return frames_[depth_ - 1]; }
  const Frame& top() const { return frames_[depth_ - 1]; }
  std::string place() const;
  Error error(std::string message) const;
  void tell_controls(std::size_t known);        // those met after the first `known`
  Result<void> forbidden(std::string message);  // an error if strict; else a remark, and reading goes on

  TripleSink& sink_;
  ReadOptions options_;
  xml::ControlFilter controls_;
  xml::Parser parser_;
  std::vector<Frame> frames_;
  std::size_t depth_ = 0;
  std::vector<std::string> bases_;
  std::vector<std::string> languages_;
  std::unordered_set<std::uint64_t> ids_;  // hashes of what rdf:ID named
  std::optional<XmlLiteral> xml_literal_;
  std::string scratch_, object_;
  std::uint64_t blanks_ = 0;
  std::uint64_t read_ = 0;
};

}  // namespace moisson::rdf
