#include "rdf/json_ld_terms.h"

#include "rdf/iri.h"

#include <algorithm>
#include <array>
#include <utility>

namespace moisson::rdf {
namespace {

Error bad(std::string_view code, std::string_view term) {
  return {ErrorCode::invalid_input, std::string(code) + ": \"" + std::string(term.substr(0, 100)) + "\"", "", ""};
}

bool is_identifier(std::string_view text) { return text.starts_with("_:") || has_scheme(text); }

bool ends_with_delimiter(std::string_view iri) {
  return !iri.empty() && std::string_view(":/?#[]@").find(iri.back()) != std::string_view::npos;
}

std::uint8_t container(std::string_view word) {
  using enum JsonLdTerm::Container;
  constexpr std::array<std::pair<std::string_view, std::uint8_t>, 7> words{{{"@graph", graph},
                                                                            {"@id", id},
                                                                            {"@index", index},
                                                                            {"@language", language},
                                                                            {"@list", list},
                                                                            {"@set", set},
                                                                            {"@type", type}}};
  for (const auto& [name, value] : words)
    if (name == word) return value;
  return 0;
}

// §4.2.2 step 19.2: one of them, any but @list together with @set, or @graph with @id or @index, and @set or not.
bool may_stand_together(std::uint8_t containers) {
  using enum JsonLdTerm::Container;
  const auto alone = [](unsigned bits) { return (bits & (bits - 1)) == 0; };
  if (alone(containers)) return containers != 0;
  const unsigned others = containers & ~unsigned{set};
  if (alone(others)) return others != list;
  return others == (unsigned{graph} | id) || others == (unsigned{graph} | index);
}

bool is_same(const JsonLdTerm& a, const JsonLdTerm& b) {
  return a.iri == b.iri && a.coercion == b.coercion && a.language_tag == b.language_tag && a.direction == b.direction &&
         a.index_property == b.index_property && a.nest == b.nest && a.containers == b.containers &&
         a.reverse == b.reverse && a.prefix == b.prefix && a.scoped.exists() == b.scoped.exists() &&
         (!a.scoped.exists() || a.scoped.dump() == b.scoped.dump());
}

constexpr std::array<std::string_view, 10> known_entries{"@id",    "@reverse",  "@container", "@context", "@direction",
                                                         "@index", "@language", "@nest",      "@prefix",  "@protected"};

}  // namespace

Result<std::optional<std::string>> JsonLdTerms::expand(std::string_view value, bool relative, bool protect) {
  if (is_json_ld_keyword(value) || has_keyword_shape(value)) return expand_iri(context_, value, relative, true);
  if (auto created = create(value, protect); !created) return created.error();
  const auto colon = value.find(':', 1);
  if (colon != value.npos && value.substr(0, colon) != "_" && !value.substr(colon + 1).starts_with("//")) {
    if (auto created = create(value.substr(0, colon), protect); !created) return created.error();
  }
  return expand_iri(context_, value, relative, true);
}

Result<void> JsonLdTerms::create(std::string_view term, bool protect) {
  const auto entry = entries_.find(term);
  if (entry == entries_.end()) return {};
  term = entry->first;  // which lives as long as the context's document
  if (const auto known = defined_.find(term); known != defined_.end()) {
    if (!known->second) return bad("cyclic IRI mapping", term);
    return {};
  }
  if (term.empty()) return bad("invalid term definition", term);
  if (contexts_.depth_ >= JsonLdContexts::max_depth)
    return Error{ErrorCode::too_large, "terms are defined by terms deeper than 128 levels", "", ""};
  struct Depth {
    std::size_t& depth;
    explicit Depth(std::size_t& counted) : depth(++counted) {}
    ~Depth() { --depth; }
  } const depth(contexts_.depth_);

  const json::View value = entry->second;
  if (term == "@type") {
    const bool only = value.is(json::Kind::object) && value.size() != 0 &&
                      value.size() == std::size_t{value["@container"].exists()} + value["@protected"].exists();
    if (!only || (value["@container"].exists() && value["@container"].string() != "@set"))
      return bad("keyword redefinition", term);
  } else if (is_json_ld_keyword(term)) {
    return bad("keyword redefinition", term);
  } else if (has_keyword_shape(term)) {
    return {};
  }
  defined_[term] = false;

  std::shared_ptr<const JsonLdTerm> before;
  if (const auto known = context_.terms.find(term); known != context_.terms.end()) {
    before = std::move(known->second);
    context_.terms.erase(known);
  }
  const bool simple = value.is(json::Kind::string);
  if (!simple && !value.is(json::Kind::object) && !value.is(json::Kind::null))
    return bad("invalid term definition", term);

  JsonLdTerm made;
  made.is_protected = protect;
  if (const json::View own = value["@protected"]; own.exists()) {
    if (!own.boolean()) return bad("invalid @protected value", term);
    made.is_protected = *own.boolean();
  }
  if (auto coerced = coerce(made, value["@type"], protect); !coerced) return coerced;
  auto identified = identify(made, term, value, simple, protect);
  if (!identified) return identified.error();
  if (!*identified) return {};  // it looks like a keyword of a later version: left out
  if (auto refined = refine(made, term, value); !refined) return refined;
  if (before && before->is_protected && !options_.override_protected) {
    if (!is_same(*before, made)) return bad("protected term redefinition", term);
    made.is_protected = true;
  }
  context_.terms.emplace(term, std::make_shared<const JsonLdTerm>(std::move(made)));
  defined_[term] = true;
  return {};
}

Result<void> JsonLdTerms::coerce(JsonLdTerm& made, json::View type, bool protect) {
  if (!type.exists()) return {};
  const auto text = type.string();
  if (!text) return bad("invalid type mapping", type.text());
  auto iri = expand(*text, false, protect);
  if (!iri) return iri.error();
  const std::string name = iri->value_or("");
  if (name != "@id" && name != "@vocab" && name != "@json" && name != "@none" && !has_scheme(name))
    return bad("invalid type mapping", *text);
  made.coercion = name;
  return {};
}

Result<bool> JsonLdTerms::identify_reverse(JsonLdTerm& made, json::View value, json::View reverse, bool protect) {
  const std::string text = reverse.text();
  if (value["@id"].exists() || value["@nest"].exists()) return bad("invalid reverse property", text);
  if (!reverse.string()) return bad("invalid IRI mapping", text);
  if (has_keyword_shape(text)) return false;
  auto iri = expand(text, false, protect);
  if (!iri) return iri.error();
  if (!*iri || !is_identifier(**iri)) return bad("invalid IRI mapping", text);
  if (const json::View word = value["@container"];
      word.exists() && !word.is(json::Kind::null) && word.string() != "@set" && word.string() != "@index")
    return bad("invalid reverse property", text);
  made.iri = std::move(*iri);
  made.reverse = true;
  return true;
}

Result<bool> JsonLdTerms::identify(JsonLdTerm& made, std::string_view term, json::View value, bool simple,
                                   bool protect) {
  if (const json::View reverse = value["@reverse"]; reverse.exists())
    return identify_reverse(made, value, reverse, protect);
  const json::View id = simple || value.is(json::Kind::null) ? value : value["@id"];
  const auto colon = term.find(':', 1);
  if (id.exists() && id.string() != term) {
    if (id.is(json::Kind::null)) return true;
    const auto text = id.string();
    if (!text) return bad("invalid IRI mapping", term);
    if (!is_json_ld_keyword(*text) && has_keyword_shape(*text)) return false;
    auto iri = expand(*text, false, protect);
    if (!iri) return iri.error();
    if (!*iri || (!is_json_ld_keyword(**iri) && !is_identifier(**iri))) return bad("invalid IRI mapping", term);
    if (**iri == "@context") return bad("invalid keyword alias", term);
    const bool compound = term.substr(0, term.size() - 1).find(':', 1) != term.npos || term.find('/') != term.npos;
    if (compound) {
      defined_[term] = true;
      const auto own = expand(term, false, protect);
      if (!own) return own.error();
      if (*own != *iri && !contexts_.survive_) return bad("invalid IRI mapping", term);
    } else {
      // JSON-LD 1.0 had no simple terms, and portals write contexts as they did then.
      made.prefix = term.find(':') == term.npos && (simple || contexts_.survive_) &&
                    (ends_with_delimiter(**iri) || (*iri)->starts_with("_:"));
    }
    made.iri = std::move(*iri);
  } else if (colon != term.npos) {
    const std::string_view name = term.substr(0, colon);
    if (auto created = create(name, protect); !created) return created.error();
    const JsonLdTerm* prefix = context_.find(name);
    made.iri =
        prefix != nullptr && prefix->iri ? *prefix->iri + std::string(term.substr(colon + 1)) : std::string(term);
  } else if (term.find('/') != term.npos) {
    auto iri = expand_iri(context_, term, false, true);
    if (!iri || !has_scheme(*iri)) return bad("invalid IRI mapping", term);
    made.iri = std::move(*iri);
  } else if (term == "@type") {
    made.iri = "@type";
  } else if (context_.vocabulary) {
    made.iri = *context_.vocabulary + std::string(term);
  } else {
    return bad("invalid IRI mapping", term);
  }
  return true;
}

Result<void> JsonLdTerms::contain(JsonLdTerm& made, json::View value) {
  const auto add = [&](json::View word) {
    const std::uint8_t one = container(word.string().value_or(""));
    made.containers |= one;
    return one != 0;
  };
  bool known = true;
  if (value.is(json::Kind::array)) {
    for (std::size_t i = 0; i < value.size(); ++i) known = known && add(value[i]);
  } else {
    known = add(value);
  }
  if (!known || !may_stand_together(made.containers)) return bad("invalid container mapping", value.dump());
  if ((made.containers & JsonLdTerm::type) != 0) {
    if (made.coercion.empty()) made.coercion = "@id";
    if (made.coercion != "@id" && made.coercion != "@vocab") return bad("invalid type mapping", made.coercion);
  }
  return {};
}

// The context is processed now to find its errors, and again where it is used (§4.2.2 step 21).
Result<void> JsonLdTerms::scope(JsonLdTerm& made, json::View local) {
  const JsonLdContextPtr now = std::make_shared<const JsonLdContext>(context_);
  if (auto done = contexts_.work(context_.terms.size()); !done) return done;
  auto valid = contexts_.process(now, local, base_, {true, true, false}, chain_);
  if (!valid) {
    Error error = std::move(valid.error());
    if (error.code == ErrorCode::invalid_input) error.message = "invalid scoped context: " + error.message;
    return error;
  }
  made.scoped = local;
  made.scoped_base = base_;
  return {};
}

Result<void> JsonLdTerms::refine(JsonLdTerm& made, std::string_view term, json::View value) {
  const auto entry = [&](std::string_view name) { return value[name]; };
  if (const json::View word = entry("@container"); word.exists() && !(made.reverse && word.is(json::Kind::null))) {
    if (auto contained = contain(made, word); !contained) return contained;
  }
  if (const json::View index = entry("@index"); index.exists()) {
    const auto iri = index.string() ? expand_iri(context_, *index.string(), false, true) : std::nullopt;
    if ((made.containers & JsonLdTerm::index) == 0 || !iri || is_json_ld_keyword(*iri) || !is_identifier(*iri))
      return bad("invalid term definition", term);
    made.index_property = *index.string();
  }
  if (const json::View local = entry("@context"); local.exists()) {
    if (auto scoped = scope(made, local); !scoped) return scoped;
  }
  if (const json::View tag = entry("@language"); tag.exists() && !entry("@type").exists()) {
    if (!tag.string() && !tag.is(json::Kind::null)) return bad("invalid language mapping", term);
    made.language_tag = tag.string().value_or("");
  }
  if (const json::View side = entry("@direction"); side.exists() && !entry("@type").exists()) {
    if (!side.is(json::Kind::null) && side.string() != "ltr" && side.string() != "rtl")
      return bad("invalid base direction", term);
    made.direction = side.string().value_or("");
  }
  if (const json::View nest = entry("@nest"); nest.exists()) {
    if (!nest.string() || (is_json_ld_keyword(*nest.string()) && nest.string() != "@nest"))
      return bad("invalid @nest value", term);
    made.nest = *nest.string();
  }
  if (const json::View prefix = entry("@prefix"); prefix.exists()) {
    if (term.find_first_of(":/") != term.npos) return bad("invalid term definition", term);
    if (!prefix.boolean()) return bad("invalid @prefix value", term);
    if (*prefix.boolean() && made.iri && is_json_ld_keyword(*made.iri)) return bad("invalid term definition", term);
    made.prefix = *prefix.boolean();
  }
  for (std::size_t i = 0; i < (value.is(json::Kind::object) ? value.size() : 0); ++i) {
    const std::string_view key = value.key(i);
    if (key != "@type" && std::find(known_entries.begin(), known_entries.end(), key) == known_entries.end())
      return bad("invalid term definition", term);
  }
  return {};
}

}  // namespace moisson::rdf
