// RDF 1.1 terms as views: what readers hand over and graphs give back. Values; the owner of the text is said where
// a view is returned. A literal of xsd:string has no datatype here, a tagged one no rdf:langString (RDF 1.1 §3.3).
#pragma once

#include <moisson/core/result.h>

#include <cstdint>
#include <string_view>

namespace moisson::rdf {

enum class TermKind : std::uint8_t { iri, blank, literal };

struct TermView {
  TermKind kind = TermKind::iri;
  std::string_view text;      // the IRI, the blank node's label without "_:", or the lexical form
  std::string_view datatype;  // IRI; empty: xsd:string or language-tagged
  std::string_view language;  // BCP 47 as written; empty: none

  bool is_iri() const { return kind == TermKind::iri; }
  bool is_blank() const { return kind == TermKind::blank; }
  bool is_literal() const { return kind == TermKind::literal; }
  bool operator==(const TermView&) const = default;
};

inline TermView iri(std::string_view text) { return {TermKind::iri, text, {}, {}}; }
inline TermView blank(std::string_view label) { return {TermKind::blank, label, {}, {}}; }
inline TermView literal(std::string_view text, std::string_view datatype = {}, std::string_view language = {}) {
  return {TermKind::literal, text, datatype, language};
}

// Receives triples in document order. Views live for the call. An Error ends the reading and is returned by it.
class TripleSink {
 public:
  virtual ~TripleSink() = default;
  virtual Result<void> triple(const TermView& subject, const TermView& predicate, const TermView& object) = 0;
  // A triple of the named graph `graph` (RDF 1.1 §4). A sink that does not tell graphs apart takes it as any other.
  virtual Result<void> quad(const TermView& subject, const TermView& predicate, const TermView& object,
                            const TermView& graph) {
    static_cast<void>(graph);
    return triple(subject, predicate, object);
  }
  // A statement that breaks the syntax was left, and reading goes on behind it. `begun`: it had given triples, the last
  // ones, so that what they are about is known in part only.
  virtual void broke(Error&& error, bool begun) {
    static_cast<void>(error);
    static_cast<void>(begun);
  }
};

}  // namespace moisson::rdf
