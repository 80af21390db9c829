// What the nodes, lists and literals of a JSON-LD document give as RDF (JSON-LD 1.1 API §8). One document, one thread.
#pragma once

#include "core/json.h"
#include "rdf/term.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::rdf {

// A subject, object or graph name. Not usable: a relative reference that nothing resolves, or not well-formed; what
// is said of it or with it is left out.
struct JsonLdResource {
  TermKind kind = TermKind::iri;
  std::string text;
  bool usable = false;
  TermView view() const { return {kind, text, {}, {}}; }
};

struct JsonLdList {
  JsonLdResource head;  // text empty: nothing is in it
  JsonLdResource last;
};

// Where a value belongs: to whom it is said, and in which direction.
struct JsonLdLink {
  enum class To : std::uint8_t { nothing, object, subject, list, included };
  To to = To::nothing;
  const JsonLdResource* node = nullptr;  // of object and subject: the other end
  std::string_view predicate;            // empty: not usable
  JsonLdList* list = nullptr;
};

class JsonLdEmitter {
 public:
  // `strict`: IRIs and language tags that are not well-formed are left out (§8.1.2), else mended.
  JsonLdEmitter(TripleSink& sink, bool strict) : sink_(sink), strict_(strict) {}

  JsonLdResource blank();
  JsonLdResource resource(std::string expanded) const;  // an expanded IRI or "_:label"
  bool is_usable(std::string_view iri) const;

  // To the members of a list that is given over `link`: of one that nothing leads to, nothing is said (§8.3).
  static JsonLdLink into(JsonLdList& list, const JsonLdLink& link);

  Result<void> give(const JsonLdLink& link, const JsonLdResource& node);
  Result<void> give_text(const JsonLdLink& link, std::string_view text, std::string_view datatype,
                         std::string_view language);
  // A string, number or boolean.
  Result<void> give_scalar(const JsonLdLink& link, json::View scalar, std::string_view datatype,
                           std::string_view language);
  Result<void> give_json(const JsonLdLink& link, json::View value);
  Result<void> give_type(const JsonLdResource& node, const JsonLdResource& type);
  Result<void> close_list(JsonLdList& list, const JsonLdLink& link);

  // The graph that triples are of from now on; null: the default graph. Result: the one before.
  const JsonLdResource* enter(const JsonLdResource* graph);

  bool failed() const { return failed_; }  // the sink refused
  bool given() const { return given_; }

 private:
  static bool says(const JsonLdLink& link);
  Result<void> give_term(const JsonLdLink& link, const TermView& term);
  Result<void> emit(const TermView& subject, std::string_view predicate, const TermView& object);
  Result<void> extend(JsonLdList& list);

  TripleSink& sink_;
  bool strict_;
  const JsonLdResource* graph_ = nullptr;
  std::uint64_t blanks_ = 0;
  bool failed_ = false;
  bool given_ = false;
};

}  // namespace moisson::rdf
