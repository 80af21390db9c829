// Contexts of JSON-LD 1.1: what the names of a document mean (https://www.w3.org/TR/json-ld11-api/ §4 and §5.2).
// A JsonLdContext is a constant once made, shared by the nodes that it holds for.
#pragma once

#include <moisson/core/result.h>

#include "core/json.h"
#include "rdf/remote_contexts.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace moisson::rdf {

// A term definition (§4.1).
struct JsonLdTerm {
  enum Container : std::uint8_t { graph = 1, id = 2, index = 4, language = 8, list = 16, set = 32, type = 64 };

  std::optional<std::string> iri;           // nothing: the term is mapped to null, its values are dropped
  std::string coercion;                     // "@id", "@vocab", "@json", "@none" or a datatype; empty: none
  std::optional<std::string> language_tag;  // empty: null, no language even where there is a default one
  std::optional<std::string> direction;
  std::string index_property;  // of property-valued indexes
  std::string nest;
  json::View scoped;        // its own context
  std::string scoped_base;  // where that context's relative addresses are resolved
  std::uint8_t containers = 0;
  bool reverse = false;
  bool prefix = false;
  bool is_protected = false;
};

struct JsonLdContext {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::unordered_map<std::string, std::shared_ptr<const JsonLdTerm>, Hash, std::equal_to<>> terms;
  std::optional<std::string> base;  // nothing: relative references stay so
  std::optional<std::string> vocabulary;
  std::string language;                           // empty: none
  std::shared_ptr<const JsonLdContext> previous;  // what holds again inside other nodes (@propagate: false)

  const JsonLdTerm* find(std::string_view term) const {
    const auto found = terms.find(term);
    return found == terms.end() ? nullptr : found->second.get();
  }
};
using JsonLdContextPtr = std::shared_ptr<const JsonLdContext>;

bool is_json_ld_keyword(std::string_view text);
// '@' and letters only: kept for keywords to come (§4.2.2 step 5).
bool has_keyword_shape(std::string_view text);

// §5.2; nothing: mapped to null, or a word in the shape of a keyword. `relative`: may be relative to the document.
std::optional<std::string> expand_iri(const JsonLdContext& context, std::string_view value, bool relative,
                                      bool by_vocabulary);

// Makes contexts from contexts (§4.1.2), remembering those that are asked for again and again. One document, one
// thread. Errors: invalid_input, the message beginning with the specification's error code; unsupported: an unknown
// remote context; too_large: the work of all contexts of the document passes its cap, or they are nested too deep.
class JsonLdContexts {
 public:
  static constexpr std::uint64_t max_work = 3'000'000;  // terms copied or defined: about 3 s of it
  static constexpr std::size_t max_chain = 16;          // remote contexts inside each other
  static constexpr std::size_t max_depth = 128;         // terms defined by terms, contexts scoped in contexts

  struct Options {
    bool override_protected = false;
    bool propagate = true;
    bool validate_scoped = true;
  };

  // `survive`: takes the error of a term that is left out then; empty: an error ends the reading.
  JsonLdContexts(const RemoteContexts& remote, std::string base, std::function<void(const Error&)> survive);

  JsonLdContextPtr initial() const;
  // `active` with what the value of an @context entry of the document says.
  Result<JsonLdContextPtr> process(const JsonLdContextPtr& active, json::View local);
  // `active` with the own context of one of its terms.
  Result<JsonLdContextPtr> process_scoped(const JsonLdContextPtr& active, const std::shared_ptr<const JsonLdTerm>& term,
                                          bool override_protected, bool propagate);

 private:
  friend class JsonLdTerms;
  using Chain = std::vector<std::string>;

  Result<JsonLdContextPtr> process(const JsonLdContextPtr& active, json::View local, std::string_view base,
                                   Options options, Chain& chain);
  Result<JsonLdContextPtr> include(const JsonLdContextPtr& active, std::string_view reference, std::string_view base,
                                   const Options& options, Chain& chain);
  Result<void> merge(JsonLdContext& context, json::View local, std::string_view base, const Options& options,
                     Chain& chain);
  Result<json::View> load(const std::string& address);  // its @context
  Result<void> work(std::uint64_t terms);

  struct Made {
    JsonLdContextPtr from;  // keeps the addresses in the key from being used again
    std::shared_ptr<const JsonLdTerm> term;
    JsonLdContextPtr context;
  };
  using Key = std::tuple<const void*, const void*, std::string, int>;

  const RemoteContexts& remote_;
  std::string base_;
  std::function<void(const Error&)> survive_;
  std::unordered_map<std::string, json::Document> documents_;
  std::map<Key, Made> made_;
  std::uint64_t work_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace moisson::rdf
