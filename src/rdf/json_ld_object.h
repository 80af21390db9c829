// What the members of a JSON object are to JSON-LD, before it is expanded. Pure.
#pragma once

#include "core/json.h"
#include "rdf/json_ld_context.h"

#include <cstddef>
#include <string_view>

namespace moisson::rdf {

// A value that may stand alone or in an array.
inline std::size_t count_of(json::View value) { return value.is(json::Kind::array) ? value.size() : 1; }
inline json::View item_of(json::View value, std::size_t i) { return value.is(json::Kind::array) ? value[i] : value; }

inline bool expands_to(const JsonLdContext& context, std::string_view key, std::string_view keyword) {
  if (key.starts_with('@')) return key == keyword;
  const JsonLdTerm* term = context.find(key);
  return term != nullptr && term->iri == keyword;
}

inline bool has_key(const JsonLdContext& context, json::View object, std::string_view keyword) {
  if (!object.is(json::Kind::object)) return false;
  for (std::size_t i = 0; i < object.size(); ++i)
    if (expands_to(context, object.key(i), keyword)) return true;
  return false;
}

// A map with @graph and at most @id and @index beside it.
inline bool is_graph_object(const JsonLdContext& context, json::View object) {
  if (!has_key(context, object, "@graph")) return false;
  for (std::size_t i = 0; i < object.size(); ++i) {
    const std::string_view key = object.key(i);
    if (key != "@context" && !expands_to(context, key, "@graph") && !expands_to(context, key, "@id") &&
        !expands_to(context, key, "@index"))
      return false;
  }
  return true;
}

}  // namespace moisson::rdf
