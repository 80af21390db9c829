// Creates the term definitions of one local context (JSON-LD 1.1 API §4.2), each when it is first needed, because
// terms may be defined by others that come later. Private to json_ld_context.h.
#pragma once

#include "rdf/json_ld_context.h"

#include <string_view>
#include <unordered_map>

namespace moisson::rdf {

class JsonLdTerms {
 public:
  using Entries = std::unordered_map<std::string_view, json::View>;

  // All references outlive this object; `context` gets the definitions.
  JsonLdTerms(JsonLdContexts& contexts, JsonLdContext& context, const Entries& entries, std::string_view base,
              const JsonLdContexts::Options& options, JsonLdContexts::Chain& chain)
      : contexts_(contexts), context_(context), entries_(entries), base_(base), options_(options), chain_(chain) {}

  // `protect`: the context's @protected.
  Result<void> create(std::string_view term, bool protect);

  // As the context being made understands `value`, of which a term is created first where it needs one.
  Result<std::optional<std::string>> expand(std::string_view value, bool relative, bool protect);

 private:
  Result<bool> identify(JsonLdTerm& made, std::string_view term, json::View value, bool simple, bool protect);
  Result<bool> identify_reverse(JsonLdTerm& made, json::View value, json::View reverse, bool protect);
  Result<void> coerce(JsonLdTerm& made, json::View type, bool protect);
  Result<void> contain(JsonLdTerm& made, json::View container);
  Result<void> scope(JsonLdTerm& made, json::View local);
  Result<void> refine(JsonLdTerm& made, std::string_view term, json::View value);

  JsonLdContexts& contexts_;
  JsonLdContext& context_;
  const Entries& entries_;
  std::string_view base_;
  const JsonLdContexts::Options& options_;
  JsonLdContexts::Chain& chain_;
  std::unordered_map<std::string_view, bool> defined_;  // false: being defined
};

}  // namespace moisson::rdf
