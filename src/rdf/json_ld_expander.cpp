#include "rdf/json_ld_expander.h"

#include "rdf/iri.h"
#include "rdf/json_ld_object.h"

#include <algorithm>
#include <map>
#include <utility>

namespace moisson::rdf {
namespace {

using json::Kind;
using json::View;
using To = JsonLdLink::To;

bool is_scalar(View value) { return value.is(Kind::string) || value.is(Kind::number) || value.is(Kind::boolean); }

const View* find(const auto& entries, std::string_view iri) {
  for (const auto& entry : entries)
    if (entry.iri == iri) return &entry.value;
  return nullptr;
}

}  // namespace

JsonLdExpander::JsonLdExpander(const RemoteContexts& remote, const std::string& base, TripleSink& sink, bool strict,
                               Remark remark)
    : emitter_(sink, strict),
      strict_(strict),
      remark_(std::move(remark)),
      contexts_(
          remote, base, strict ? std::function<void(const Error&)>() : [this](const Error& error) {
            remark_(pointer(), error.message + "; the term was left out");
          }) {}

Result<void> JsonLdExpander::document(View root) {
  if (!root.is(Kind::object) && !root.is(Kind::array))
    return bad("loading document failed", "the document is neither an object nor an array");
  const JsonLdContextPtr initial = contexts_.initial();
  return expand(initial, "", root, {});
}

std::string JsonLdExpander::pointer() const {
  std::string out;
  for (const Step& step : path_)
    out.append("/").append(step.is_index ? std::to_string(step.index) : json::pointer_token(step.key));
  return out;
}

Error JsonLdExpander::bad(std::string_view code, std::string_view what) const {
  std::string message(code);
  if (!what.empty()) message.append(": ").append(what.substr(0, 200));
  return {ErrorCode::invalid_input, std::move(message), pointer(), ""};
}

// One wrong value must not cost its neighbours.
Result<void> JsonLdExpander::survive(Result<void>&& result) const {
  if (result || strict_ || emitter_.failed() || result.error().code != ErrorCode::invalid_input)
    return std::move(result);
  remark_(result.error().where, result.error().message + "; it was left out");
  return {};
}

Result<void> JsonLdExpander::expand(const JsonLdContextPtr& context, std::string_view property, View element,
                                    const JsonLdLink& link, const MapKey* map_key) {
  if (element.is(Kind::null)) return {};
  if (element.is(Kind::array)) return array(context, property, element, link, map_key);
  if (element.is(Kind::object)) return object(context, property, element, link, map_key);
  if (link.to == To::included) return bad("invalid @included value", element.text());
  if (property.empty() || property == "@graph") return {};  // said of nothing
  const auto term = context->terms.find(property);
  if (term == context->terms.end() || !term->second->scoped.exists())
    return scalar(*context, property, element, link, map_key);
  auto scoped = placed(contexts_.process_scoped(context, term->second, true, true));
  if (!scoped) return scoped.error();
  return scalar(**scoped, property, element, link, map_key);
}

Result<void> JsonLdExpander::array(const JsonLdContextPtr& context, std::string_view property, View element,
                                   const JsonLdLink& link, const MapKey* map_key) {
  const JsonLdTerm* term = context->find(property);
  const bool of_lists = link.to == To::list && term != nullptr && (term->containers & JsonLdTerm::list) != 0;
  for (std::size_t i = 0; i < element.size(); ++i) {
    const Inside inside(path_, i);
    Result<void> done;
    if (of_lists && element[i].is(Kind::array)) {
      JsonLdList inner;
      done = expand(context, property, element[i], JsonLdEmitter::into(inner, link));
      if (done) done = emitter_.close_list(inner, link);
    } else {
      done = expand(context, property, element[i], link, map_key);
    }
    if (done = survive(std::move(done)); !done) return done;
  }
  return {};
}

// §5.3, value expansion, of a string.
Result<void> JsonLdExpander::text(const JsonLdContext& context, std::string_view property, std::string_view text,
                                  const JsonLdLink& link, const MapKey* map_key) {
  const JsonLdTerm* term = context.find(property);
  const std::string_view coercion = term == nullptr ? std::string_view() : term->coercion;
  if (coercion == "@id" || coercion == "@vocab") {
    auto iri = expand_iri(context, text, true, coercion == "@vocab");
    return iri ? give_node(link, emitter_.resource(std::move(*iri)), map_key) : Result<void>();
  }
  if (link.to == To::subject) return bad("invalid reverse property value", text);
  if (map_key != nullptr && !map_key->predicate.empty()) return bad("invalid value object", text);
  const std::string_view datatype = coercion.starts_with('@') ? std::string_view() : coercion;
  const bool own_tag = term != nullptr && term->language_tag;
  const std::string_view language = own_tag ? *term->language_tag : context.language;
  return emitter_.give_text(link, text, datatype, datatype.empty() ? language : std::string_view());
}

// The same of a string, number or boolean.
Result<void> JsonLdExpander::scalar(const JsonLdContext& context, std::string_view property, View element,
                                    const JsonLdLink& link, const MapKey* map_key) {
  if (element.is(Kind::string)) return text(context, property, *element.string(), link, map_key);
  if (link.to == To::subject) return bad("invalid reverse property value", element.text());
  if (map_key != nullptr && !map_key->predicate.empty()) return bad("invalid value object", element.text());
  const JsonLdTerm* term = context.find(property);
  const std::string_view coercion = term == nullptr ? std::string_view() : term->coercion;
  return emitter_.give_scalar(link, element, coercion.starts_with('@') ? std::string_view() : coercion, {});
}

// §5.1.2 steps 7 to 9: what context holds inside an object.
Result<JsonLdContextPtr> JsonLdExpander::enter(const JsonLdContextPtr& context, std::string_view property, View element,
                                               bool from_map) {
  JsonLdContextPtr active = context;
  if (active->previous && !from_map) {
    const bool reference = element.size() == 1 && expands_to(*active, element.key(0), "@id");
    if (!reference && !has_key(*active, element, "@value")) active = active->previous;
  }
  if (!property.empty()) {
    if (const auto found = context->terms.find(property);
        found != context->terms.end() && found->second->scoped.exists()) {
      auto scoped = placed(contexts_.process_scoped(active, found->second, true, true));
      if (!scoped) return scoped;
      active = std::move(*scoped);
    }
  }
  for (std::size_t i = 0; i < element.size(); ++i) {
    if (element.key(i) != "@context") continue;
    const Inside inside(path_, element.key(i));
    return placed(contexts_.process(active, element.member(i)));
  }
  return active;
}

// Step 11: the contexts of the object's types, in the order of their names.
Result<JsonLdContextPtr> JsonLdExpander::enter_types(const JsonLdContextPtr& context, View element) {
  JsonLdContextPtr active = context;
  std::vector<std::pair<std::string_view, View>> found;
  for (std::size_t i = 0; i < element.size(); ++i)
    if (expands_to(*context, element.key(i), "@type")) found.emplace_back(element.key(i), element.member(i));
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [key, value] : found) {
    std::vector<std::string_view> types;
    for (std::size_t i = 0; i < count_of(value); ++i)
      if (const auto text = item_of(value, i).string()) types.push_back(*text);
    std::sort(types.begin(), types.end());
    for (const std::string_view type : types) {
      const auto term = context->terms.find(type);
      if (term == context->terms.end() || !term->second->scoped.exists()) continue;
      auto scoped = placed(contexts_.process_scoped(active, term->second, false, false));
      if (!scoped) return scoped;
      active = std::move(*scoped);
    }
  }
  return active;
}

// The members of `element` and, where @nest says that they are written one level deeper, of what stands there.
Result<void> JsonLdExpander::gather(const JsonLdContextPtr& context, View element, Entries& entries) {
  for (std::size_t i = 0; i < element.size(); ++i) {
    const std::string_view key = element.key(i);
    if (key == "@context") continue;
    auto iri = expand_iri(*context, key, false, true);
    if (!iri || (!is_json_ld_keyword(*iri) && iri->find(':') == iri->npos)) continue;
    if (*iri != "@nest") {
      entries.push_back({key, std::move(*iri), element.member(i), context});
      continue;
    }
    const View nested = element.member(i);
    JsonLdContextPtr inside = context;
    if (const auto term = context->terms.find(key); term != context->terms.end() && term->second->scoped.exists()) {
      auto scoped = placed(contexts_.process_scoped(context, term->second, true, true));
      if (!scoped) return scoped.error();
      inside = std::move(*scoped);
    }
    for (std::size_t n = 0; n < count_of(nested); ++n) {
      const View one = item_of(nested, n);
      if (!one.is(Kind::object) || has_key(*inside, one, "@value")) return bad("invalid @nest value", key);
      if (auto gathered = gather(inside, one, entries); !gathered) return gathered;
    }
  }
  return {};
}

Result<void> JsonLdExpander::check_collisions(const Entries& entries) const {
  std::vector<std::string_view> met;
  for (const Entry& entry : entries) {
    if (!is_json_ld_keyword(entry.iri) || entry.iri == "@type" || entry.iri == "@included") continue;
    if (std::find(met.begin(), met.end(), entry.iri) != met.end()) return bad("colliding keywords", entry.iri);
    met.push_back(entry.iri);
  }
  return {};
}

Result<void> JsonLdExpander::object(const JsonLdContextPtr& context, std::string_view property, View element,
                                    const JsonLdLink& link, const MapKey* map_key) {
  auto types = enter(context, property, element, map_key != nullptr);
  if (!types) return types.error();
  auto active = enter_types(*types, element);
  if (!active) return active.error();
  Entries entries;
  if (auto gathered = gather(*active, element, entries); !gathered) return gathered;
  if (auto checked = check_collisions(entries); !checked) return checked;

  if (find(entries, "@value") != nullptr) return value(entries, **types, link, map_key);
  const View* set = find(entries, "@set");
  const bool is_list = find(entries, "@list") != nullptr;
  if (is_list || set != nullptr) {
    for (const Entry& entry : entries) {
      if (entry.iri != "@index" && entry.iri != (is_list ? "@list" : "@set"))
        return bad("invalid set or list object", entry.key);
    }
    if (!is_list) return expand(*active, property, *set, link, map_key);
    return list(entries, property, link);
  }
  if (entries.size() == 1 && entries.front().iri == "@language") return {};
  // A document that is nothing but @graph is that graph (§9.2.1 step 8).
  if (path_.empty() && find(entries, "@graph") != nullptr &&
      std::all_of(entries.begin(), entries.end(),
                  [](const Entry& entry) { return entry.iri == "@graph" || entry.value.is(Kind::null); })) {
    for (const Entry& entry : entries) {
      const Inside inside(path_, entry.key);
      if (auto read = expand(*active, "@graph", entry.value, {}); !read) return read;
    }
    return {};
  }
  return node(entries, **types, link, map_key);
}

Result<void> JsonLdExpander::value(const Entries& entries, const JsonLdContext& types, const JsonLdLink& link,
                                   const MapKey* map_key) {
  const View* type = find(entries, "@type");
  const View* language = find(entries, "@language");
  const View* direction = find(entries, "@direction");
  const View& content = *find(entries, "@value");
  for (const Entry& entry : entries) {
    if (entry.iri != "@value" && entry.iri != "@type" && entry.iri != "@language" && entry.iri != "@direction" &&
        entry.iri != "@index")
      return bad("invalid value object", entry.key);
    if (entry.iri == "@index" && !entry.value.string()) return bad("invalid @index value", entry.value.dump());
  }
  if (type != nullptr && (language != nullptr || direction != nullptr))
    return bad("invalid value object", "both a type and a language or direction");
  std::string datatype;
  if (type != nullptr && !type->is(Kind::null)) {
    if (!type->string()) return bad(type->is(Kind::array) ? "invalid typed value" : "invalid type value", type->dump());
    datatype = expand_iri(types, *type->string(), true, true).value_or("");
  }
  if (link.to == To::subject) return bad("invalid reverse property value");
  if (link.to == To::included) return bad("invalid @included value");
  if (map_key != nullptr && !map_key->predicate.empty()) return bad("invalid value object", "it has an index property");
  if (datatype == "@json") return emitter_.give_json(link, content);
  if (!content.is(Kind::null) && !is_scalar(content)) return bad("invalid value object value", content.dump());
  if (language != nullptr && !language->string()) return bad("invalid language-tagged string", language->dump());
  if (direction != nullptr && direction->string() != "ltr" && direction->string() != "rtl")
    return bad("invalid base direction", direction->dump());
  if (content.is(Kind::null)) return {};
  if (language != nullptr && !content.is(Kind::string)) return bad("invalid language-tagged value", content.dump());
  if (type != nullptr && !type->is(Kind::null) &&
      (datatype.starts_with("_:") || !has_scheme(datatype) || datatype.find_first_of(" \t\r\n") != datatype.npos))
    return bad("invalid typed value", datatype);
  if (direction != nullptr && !direction_met_) {
    direction_met_ = true;
    remark_(pointer(), "@direction is not supported: the direction of texts is not kept");
  }
  return emitter_.give_scalar(link, content, datatype, language == nullptr ? "" : *language->string());
}

Result<void> JsonLdExpander::list(const Entries& entries, std::string_view property, const JsonLdLink& link) {
  if (link.to == To::subject) return bad("invalid reverse property value");
  if (link.to == To::included) return bad("invalid @included value");
  if (property.empty() || property == "@graph") return {};
  const auto entry = std::find_if(entries.begin(), entries.end(), [](const Entry& e) { return e.iri == "@list"; });
  const Inside inside(path_, entry->key);
  JsonLdList cells;
  if (auto read = expand(entry->context, property, entry->value, JsonLdEmitter::into(cells, link)); !read) return read;
  return emitter_.close_list(cells, link);
}

Result<void> JsonLdExpander::give_node(const JsonLdLink& link, const JsonLdResource& subject, const MapKey* map_key) {
  if (auto given = emitter_.give(link, subject); !given || map_key == nullptr) return given;
  if (!map_key->type.empty()) {
    if (auto typed = emitter_.give_type(subject, emitter_.resource(map_key->type)); !typed) return typed;
  }
  if (map_key->predicate.empty()) return {};
  JsonLdLink index;
  index.to = To::object;
  index.node = &subject;
  if (emitter_.is_usable(map_key->predicate)) index.predicate = map_key->predicate;
  return text(*map_key->context, map_key->index_property, map_key->index, index, nullptr);
}

Result<void> JsonLdExpander::types_of(const JsonLdResource& subject, const JsonLdContext& types, View value) {
  for (std::size_t i = 0; i < count_of(value); ++i) {
    const auto text = item_of(value, i).string();
    if (!text) {
      if (value.is(Kind::null)) return {};
      return bad("invalid type value", value.dump());
    }
    auto iri = expand_iri(types, *text, true, true);
    if (!iri) continue;
    if (auto typed = emitter_.give_type(subject, emitter_.resource(std::move(*iri))); !typed) return typed;
  }
  return {};
}

Result<void> JsonLdExpander::node(const Entries& entries, const JsonLdContext& types, const JsonLdLink& link,
                                  const MapKey* map_key) {
  JsonLdResource subject;
  if (const View* id = find(entries, "@id"); id != nullptr) {
    if (!id->string()) return bad("invalid @id value", id->dump());
    auto iri = expand_iri(*entries.front().context, *id->string(), true, false);
    if (iri) subject = emitter_.resource(std::move(*iri));
  } else if (map_key != nullptr && !map_key->id.empty()) {
    subject = emitter_.resource(map_key->id);
  } else {
    subject = emitter_.blank();
  }
  if (auto given = give_node(link, subject, map_key); !given) return given;
  for (const Entry& entry : entries) {
    const Inside inside(path_, entry.key);
    Result<void> done;
    if (entry.iri == "@type")
      done = types_of(subject, types, entry.value);
    else if (entry.iri.starts_with('@'))
      done = keyword(entry, subject);
    else
      done = property(entry, subject, false);
    if (done = survive(std::move(done)); !done) return done;
  }
  return {};
}

Result<void> JsonLdExpander::keyword(const Entry& entry, const JsonLdResource& subject) {
  if (entry.iri == "@graph") {
    const JsonLdResource* outer = emitter_.enter(&subject);
    auto read = expand(entry.context, "@graph", entry.value, {});
    emitter_.enter(outer);
    return read;
  }
  if (entry.iri == "@included") {
    JsonLdLink included;
    included.to = To::included;
    return expand(entry.context, "", entry.value, included);
  }
  if (entry.iri == "@reverse") return reverse(entry, subject);
  if (entry.iri == "@index" && !entry.value.string()) return bad("invalid @index value", entry.value.dump());
  if (entry.iri == "@language" && !entry.value.string())
    return bad("invalid language-tagged string", entry.value.dump());
  return {};
}

}  // namespace moisson::rdf
