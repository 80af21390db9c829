// JsonLdExpander: what stands under the properties of a node, and the maps that their containers make of it.
#include "rdf/json_ld_expander.h"
#include "rdf/json_ld_object.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace moisson::rdf {

using json::Kind;
using json::View;
using To = JsonLdLink::To;

Result<void> JsonLdExpander::reverse(const Entry& entry, const JsonLdResource& subject) {
  if (!entry.value.is(Kind::object)) return bad("invalid @reverse value", entry.value.dump());
  // An object like any other (§5.1.2 step 13.4.13): its node's contexts of types end before it, and it may have its
  // own.
  auto context = enter(entry.context, "", entry.value, false);
  if (!context) return context.error();
  Entries entries;
  if (auto gathered = gather(*context, entry.value, entries); !gathered) return gathered;
  for (const Entry& one : entries) {
    if (one.iri.starts_with('@')) return bad("invalid reverse property map", one.key);
    const Inside inside(path_, one.key);
    if (auto done = survive(property(one, subject, true)); !done) return done;
  }
  return {};
}

// §5.1.2 steps 13.5 to 13.13.
Result<void> JsonLdExpander::property(const Entry& entry, const JsonLdResource& subject, bool reversed) {
  const JsonLdTerm* term = entry.context->find(entry.key);
  static const JsonLdTerm undefined;
  if (term == nullptr) term = &undefined;
  JsonLdLink link;
  link.to = term->reverse != reversed ? To::subject : To::object;
  link.node = &subject;
  if (emitter_.is_usable(entry.iri)) link.predicate = entry.iri;

  const auto contained = [&](unsigned containers) { return (term->containers & containers) != 0; };
  if (term->coercion == "@json") {
    if (link.to == To::subject) return bad("invalid reverse property value", entry.value.dump());
    if (!contained(JsonLdTerm::list)) return emitter_.give_json(link, entry.value);
    JsonLdList cells;
    if (auto given = emitter_.give_json(JsonLdEmitter::into(cells, link), entry.value); !given) return given;
    return emitter_.close_list(cells, link);
  }
  if (entry.value.is(Kind::null)) return {};
  if (entry.value.is(Kind::object) && contained(JsonLdTerm::language)) return language_map(entry, *term, link);
  if (entry.value.is(Kind::object) && contained(JsonLdTerm::index | JsonLdTerm::type | JsonLdTerm::id))
    return index_map(entry, *term, link);
  if (contained(JsonLdTerm::graph) && !contained(JsonLdTerm::id | JsonLdTerm::index))
    return graph_container(entry.context, entry.key, entry.value, link, nullptr);
  if (!contained(JsonLdTerm::list) || has_key(*entry.context, entry.value, "@list"))
    return expand(entry.context, entry.key, entry.value, link);

  if (link.to == To::subject) return bad("invalid reverse property value");
  JsonLdList cells;
  const JsonLdLink members = JsonLdEmitter::into(cells, link);
  if (auto read = expand(entry.context, entry.key, entry.value, members); !read) return read;
  if (cells.head.text.empty() && !entry.value.is(Kind::array)) return {};
  return emitter_.close_list(cells, link);
}

Result<void> JsonLdExpander::language_map(const Entry& entry, const JsonLdTerm&, const JsonLdLink& link) {
  for (std::size_t i = 0; i < entry.value.size(); ++i) {
    const Inside inside(path_, entry.value.key(i));
    const View texts = entry.value.member(i);
    const bool none = expands_to(*entry.context, entry.value.key(i), "@none");
    for (std::size_t n = 0; n < count_of(texts); ++n) {
      const View text = item_of(texts, n);
      if (text.is(Kind::null)) continue;
      Result<void> done = text.is(Kind::string)
                              ? emitter_.give_text(link, *text.string(), {}, none ? "" : entry.value.key(i))
                              : Result<void>(bad("invalid language map value", text.dump()));
      if (done = survive(std::move(done)); !done) return done;
    }
  }
  return {};
}

Result<void> JsonLdExpander::index_map(const Entry& entry, const JsonLdTerm& term, const JsonLdLink& link) {
  const bool by_id = (term.containers & JsonLdTerm::id) != 0;
  const bool by_type = (term.containers & JsonLdTerm::type) != 0;
  for (std::size_t i = 0; i < entry.value.size(); ++i) {
    const std::string_view index = entry.value.key(i);
    const Inside inside(path_, index);
    JsonLdContextPtr context = entry.context;
    if ((by_id || by_type) && context->previous) context = context->previous;
    if (by_type) {
      if (const auto found = context->terms.find(index);
          found != context->terms.end() && found->second->scoped.exists()) {
        auto scoped = placed(contexts_.process_scoped(context, found->second, false, false));
        if (!scoped) return scoped.error();
        context = std::move(*scoped);
      }
    }
    MapKey key;
    const std::string name = expand_iri(*entry.context, index, false, true).value_or("");
    if (name != "@none") {
      if (by_id) key.id = expand_iri(*entry.context, index, true, false).value_or("");
      if (by_type) key.type = expand_iri(*entry.context, index, true, true).value_or("");
      if (!term.index_property.empty()) {
        key.predicate = expand_iri(*entry.context, term.index_property, false, true).value_or("");
        key.index_property = term.index_property;
        key.index = index;
        key.context = entry.context;
      }
    }
    const View values = entry.value.member(i);
    Result<void> done = (term.containers & JsonLdTerm::graph) != 0
                            ? graph_container(context, entry.key, values, link, &key)
                            : expand(context, entry.key, values, link, &key);
    if (done = survive(std::move(done)); !done) return done;
  }
  return {};
}

// Each value becomes the content of a graph of its own (step 13.12); `map_key`: of a map of graphs, whose values may
// be graphs already.
Result<void> JsonLdExpander::graph_container(const JsonLdContextPtr& context, std::string_view property, View element,
                                             const JsonLdLink& link, const MapKey* map_key) {
  for (std::size_t i = 0; i < count_of(element); ++i) {
    const View one = item_of(element, i);
    if (one.is(Kind::null)) continue;
    std::optional<Inside> inside;
    if (element.is(Kind::array)) inside.emplace(path_, i);
    Result<void> done;
    if (map_key != nullptr && is_graph_object(*context, one)) {
      done = expand(context, property, one, link, map_key);
    } else {
      const JsonLdResource name =
          map_key != nullptr && !map_key->id.empty() ? emitter_.resource(map_key->id) : emitter_.blank();
      if (done = give_node(link, name, map_key); !done) return done;
      const JsonLdResource* outer = emitter_.enter(&name);
      done = expand(context, property, one, {});
      emitter_.enter(outer);
    }
    if (done = survive(std::move(done)); !done) return done;
  }
  return {};
}

}  // namespace moisson::rdf
