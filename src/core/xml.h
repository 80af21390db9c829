// The door to XML: libxml2's SAX2 push parser behind it and nowhere else. No DTD is loaded, no external entity is read,
// no network is touched; depth, text and entity expansion are capped. One Parser a document, one thread.
#pragma once

#include <moisson/core/result.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::xml {

struct Name {
  std::string_view prefix;
  std::string_view local;
  std::string_view ns;  // namespace IRI; empty if none
};

struct Attribute {
  Name name;
  std::string_view value;  // entities expanded
};

struct NamespaceDeclaration {
  std::string_view prefix;  // empty: the default namespace
  std::string_view iri;
};

// Called in document order; every view is valid during the call only. An Error stops the parse and is returned.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual Result<void> start_element(const Name& name, const std::vector<Attribute>& attributes,
                                     const std::vector<NamespaceDeclaration>& declarations) = 0;
  virtual Result<void> end_element(const Name& name) = 0;
  virtual Result<void> characters(std::string_view text) = 0;  // may come in pieces
  virtual Result<void> comment(std::string_view) { return {}; }
  virtual Result<void> processing_instruction(std::string_view /*target*/, std::string_view /*data*/) { return {}; }
};

struct Limits {
  std::size_t depth = 256;                          // nested elements
  std::size_t text_bytes = std::size_t{16} << 20;   // of one run of character data, and of one attribute
  std::size_t entity_bytes = std::size_t{1} << 20;  // of all expanded internal entities together
};

class Parser {
 public:
  explicit Parser(Handler& handler, Limits limits = {});  // the handler outlives the parser
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // Feeds bytes in order; the encoding is found from BOM and declaration. invalid_input with line:column in `where`.
  Result<void> feed(std::string_view bytes);
  Result<void> finish();

  std::size_t line() const;
  std::size_t column() const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

std::string escape(std::string_view text);  // & < > " as entities; characters that XML forbids dropped (§2.2)

}  // namespace moisson::xml
