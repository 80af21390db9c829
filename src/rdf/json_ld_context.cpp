#include "rdf/json_ld_context.h"

#include "rdf/iri.h"
#include "rdf/json_ld_terms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace moisson::rdf {
namespace {

constexpr std::array<std::string_view, 21> keywords{
    "@base",   "@container", "@context",   "@default",   "@direction", "@graph", "@id",
    "@import", "@included",  "@index",     "@json",      "@language",  "@list",  "@nest",
    "@none",   "@prefix",    "@propagate", "@protected", "@set",       "@type",  "@value"};
constexpr std::array<std::string_view, 3> more_keywords{"@reverse", "@version", "@vocab"};

// What a context says of itself and not of a term (§4.1.2 step 5.13).
constexpr std::array<std::string_view, 8> own_entries{"@base",      "@direction", "@import",  "@language",
                                                      "@propagate", "@protected", "@version", "@vocab"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::size_t max_made = 256;  // contexts kept for being asked for again

Error bad(std::string_view code, std::string_view what) {
  return {ErrorCode::invalid_input, std::string(code) + ": " + std::string(what.substr(0, 200)), "", ""};
}

}  // namespace

bool is_json_ld_keyword(std::string_view text) {
  return text.starts_with('@') && (contains(keywords, text) || contains(more_keywords, text));
}

bool has_keyword_shape(std::string_view text) {
  return text.size() > 1 && text.front() == '@' && std::all_of(text.begin() + 1, text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

std::optional<std::string> expand_iri(const JsonLdContext& context, std::string_view value, bool relative,
                                      bool by_vocabulary) {
  if (is_json_ld_keyword(value)) return std::string(value);
  if (has_keyword_shape(value)) return std::nullopt;
  if (const JsonLdTerm* term = context.find(value);
      term != nullptr && (by_vocabulary || (term->iri && is_json_ld_keyword(*term->iri)))) {
    return term->iri;
  }
  if (const auto colon = value.find(':', 1); colon != value.npos) {
    const std::string_view prefix = value.substr(0, colon);
    const std::string_view rest = value.substr(colon + 1);
    if (prefix == "_" || rest.starts_with("//")) return std::string(value);
    if (const JsonLdTerm* term = context.find(prefix); term != nullptr && term->iri && term->prefix)
      return *term->iri + std::string(rest);
    if (has_scheme(value)) return std::string(value);
  }
  if (by_vocabulary && context.vocabulary) return *context.vocabulary + std::string(value);
  if (relative && context.base) return resolve_iri(*context.base, value);
  return std::string(value);
}

JsonLdContexts::JsonLdContexts(const RemoteContexts& remote, std::string base,
                               std::function<void(const Error&)> survive)
    : remote_(remote), base_(std::move(base)), survive_(std::move(survive)) {}

JsonLdContextPtr JsonLdContexts::initial() const {
  auto context = std::make_shared<JsonLdContext>();
  context->base = base_;
  return context;
}

Result<void> JsonLdContexts::work(std::uint64_t terms) {
  work_ += terms;
  if (work_ <= max_work) return {};
  return Error{ErrorCode::too_large,
               "the contexts of the document pass the cap of " + std::to_string(max_work) + " terms", "", ""};
}

Result<JsonLdContextPtr> JsonLdContexts::process(const JsonLdContextPtr& active, json::View local) {
  Chain chain;
  if (!local.string()) return process(active, local, base_, {}, chain);
  // Each node of a page may name the same remote context.
  const Key key{active.get(), nullptr, *local.string(), 0};
  if (const auto known = made_.find(key); known != made_.end()) return known->second.context;
  if (made_.size() >= max_made) made_.clear();
  auto made = process(active, local, base_, {}, chain);
  if (made) made_.insert_or_assign(key, Made{active, nullptr, *made});
  return made;
}

Result<JsonLdContextPtr> JsonLdContexts::process_scoped(const JsonLdContextPtr& active,
                                                        const std::shared_ptr<const JsonLdTerm>& term,
                                                        bool override_protected, bool propagate) {
  if (!term->scoped.exists()) return active;
  const Key key{active.get(), term.get(), "", 2 * override_protected + propagate};
  if (const auto known = made_.find(key); known != made_.end()) return known->second.context;
  if (made_.size() >= max_made) made_.clear();
  Chain chain;
  auto made = process(active, term->scoped, term->scoped_base, {override_protected, propagate, true}, chain);
  if (made) made_.insert_or_assign(key, Made{active, term, *made});
  return made;
}

Result<json::View> JsonLdContexts::load(const std::string& address) {
  auto known = documents_.find(address);
  if (known == documents_.end()) {
    const auto text = remote_.document(address);
    if (!text) return text.error();
    auto parsed = json::Document::parse(*text);
    if (!parsed) return bad("invalid remote context", address + ": " + parsed.error().message);
    known = documents_.emplace(address, std::move(*parsed)).first;
  }
  const json::View context = known->second.root()["@context"];
  if (!context.exists()) return bad("invalid remote context", address + " has no @context");
  return context;
}

Result<JsonLdContextPtr> JsonLdContexts::include(const JsonLdContextPtr& active, std::string_view reference,
                                                 std::string_view base, const Options& options, Chain& chain) {
  const std::string address = resolve_iri(base, reference);
  if (std::find(chain.begin(), chain.end(), address) != chain.end()) {
    if (!options.validate_scoped) return active;
    return bad("recursive context inclusion", address);
  }
  if (chain.size() >= max_chain) return bad("context overflow", address);
  auto local = load(address);
  if (!local) return local.error();
  chain.push_back(address);
  Options inside;
  inside.validate_scoped = options.validate_scoped;
  auto made = process(active, *local, address, inside, chain);
  chain.pop_back();
  return made;
}

Result<JsonLdContextPtr> JsonLdContexts::process(const JsonLdContextPtr& active, json::View local,
                                                 std::string_view base, Options options, Chain& chain) {
  if (depth_ >= max_depth) return Error{ErrorCode::too_large, "contexts are nested deeper than 128 levels", "", ""};
  struct Depth {
    std::size_t& depth;
    explicit Depth(std::size_t& counted) : depth(++counted) {}
    ~Depth() { --depth; }
  } const depth(depth_);

  if (const json::View propagate = local["@propagate"]; propagate.exists()) {
    if (!propagate.boolean()) return bad("invalid @propagate value", propagate.dump());
    options.propagate = *propagate.boolean();
  }
  JsonLdContextPtr result = active;
  if (!options.propagate && !active->previous) {
    if (auto done = work(active->terms.size()); !done) return done.error();
    auto made = std::make_shared<JsonLdContext>(*active);
    made->previous = active;
    result = std::move(made);
  }
  const std::size_t count = local.is(json::Kind::array) ? local.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const json::View one = local.is(json::Kind::array) ? local[i] : local;
    if (one.is(json::Kind::null)) {
      if (auto done = work(result->terms.size()); !done) return done.error();
      const bool held = std::any_of(result->terms.begin(), result->terms.end(),
                                    [](const auto& term) { return term.second->is_protected; });
      if (held && !options.override_protected) return bad("invalid context nullification", "terms are protected");
      auto made = std::make_shared<JsonLdContext>();
      made->base = base_;
      if (!options.propagate) made->previous = result->previous;
      result = std::move(made);
    } else if (const auto reference = one.string()) {
      auto included = include(result, *reference, base, options, chain);
      if (!included) return included;
      result = std::move(*included);
    } else if (one.is(json::Kind::object)) {
      if (auto done = work(result->terms.size() + one.size()); !done) return done.error();
      auto made = std::make_shared<JsonLdContext>(*result);
      if (auto merged = merge(*made, one, base, options, chain); !merged) return merged.error();
      result = std::move(made);
    } else {
      return bad("invalid local context", one.dump());
    }
  }
  return result;
}

Result<void> JsonLdContexts::merge(JsonLdContext& context, json::View local, std::string_view base,
                                   const Options& options, Chain& chain) {
  JsonLdTerms::Entries entries;
  std::vector<std::string_view> order;
  const auto take = [&](json::View from) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (entries.insert_or_assign(from.key(i), from.member(i)).second) order.push_back(from.key(i));
    }
  };
  if (const json::View version = local["@version"]; version.exists() && version.number() != 1.1)
    return bad("invalid @version value", version.dump());
  if (const json::View import = local["@import"]; import.exists()) {
    if (!import.string()) return bad("invalid @import value", import.dump());
    auto imported = load(resolve_iri(base, *import.string()));
    if (!imported) return imported.error();
    if (!imported->is(json::Kind::object)) return bad("invalid remote context", *import.string());
    if ((*imported)["@import"].exists()) return bad("invalid context entry", "@import inside an imported context");
    if (auto done = work(imported->size()); !done) return done;
    take(*imported);
  }
  take(local);
  const auto entry = [&](std::string_view name) {
    const auto found = entries.find(name);
    return found == entries.end() ? json::View() : found->second;
  };

  if (const json::View value = entry("@base"); value.exists() && chain.empty()) {
    if (value.is(json::Kind::null)) {
      context.base.reset();
    } else {
      if (!value.string()) return bad("invalid base IRI", value.dump());
      std::string iri = context.base ? resolve_iri(*context.base, *value.string()) : std::string(*value.string());
      if (!has_scheme(iri)) return bad("invalid base IRI", iri);
      context.base = std::move(iri);
    }
  }
  if (const json::View value = entry("@vocab"); value.exists()) {
    if (value.is(json::Kind::null)) {
      context.vocabulary.reset();
    } else {
      if (!value.string()) return bad("invalid vocab mapping", value.dump());
      auto iri = expand_iri(context, *value.string(), true, true);
      if (!iri || is_json_ld_keyword(*iri)) return bad("invalid vocab mapping", *value.string());
      context.vocabulary = std::move(iri);
    }
  }
  if (const json::View value = entry("@language"); value.exists()) {
    if (!value.string() && !value.is(json::Kind::null)) return bad("invalid default language", value.dump());
    context.language = value.string().value_or("");
  }
  if (const json::View value = entry("@direction");
      value.exists() && !value.is(json::Kind::null) && value.string() != "ltr" && value.string() != "rtl") {
    return bad("invalid base direction", value.dump());
  }
  if (const json::View value = entry("@propagate"); value.exists() && !value.boolean())
    return bad("invalid @propagate value", value.dump());
  const json::View protect = entry("@protected");
  if (protect.exists() && !protect.boolean()) return bad("invalid @protected value", protect.dump());

  JsonLdTerms terms(*this, context, entries, base, options, chain);
  for (const std::string_view term : order) {
    if (contains(own_entries, term)) continue;
    auto created = terms.create(term, protect.boolean().value_or(false));
    if (created) continue;
    if (!survive_ || created.error().code != ErrorCode::invalid_input) return created;
    survive_(created.error());
  }
  return {};
}

}  // namespace moisson::rdf
