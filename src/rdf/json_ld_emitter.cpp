#include "rdf/json_ld_emitter.h"

#include "rdf/iri.h"
#include "rdf/json_literal.h"
#include "rdf/language_tag.h"

#include <utility>

namespace moisson::rdf {
namespace {

constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view rdf_first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
constexpr std::string_view rdf_rest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
constexpr std::string_view rdf_nil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
constexpr std::string_view rdf_json = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
constexpr std::string_view xsd_boolean = "http://www.w3.org/2001/XMLSchema#boolean";
constexpr std::string_view xsd_integer = "http://www.w3.org/2001/XMLSchema#integer";
constexpr std::string_view xsd_double = "http://www.w3.org/2001/XMLSchema#double";

}  // namespace

// Labels of the document and our own must not meet: "n1" is ours, "l1" is its "_:1".
JsonLdResource JsonLdEmitter::blank() { return {TermKind::blank, "n" + std::to_string(blanks_++), true}; }

JsonLdResource JsonLdEmitter::resource(std::string expanded) const {
  if (expanded.starts_with("_:")) return {TermKind::blank, "l" + expanded.substr(2), true};
  const bool usable = is_usable(expanded);
  return {TermKind::iri, std::move(expanded), usable};
}

bool JsonLdEmitter::is_usable(std::string_view iri) const {
  if (!has_scheme(iri)) return false;
  if (!strict_) return true;
  std::string mended;
  return mend_iri(iri, mended).data() == iri.data() && std::count(iri.begin(), iri.end(), '#') <= 1;
}

const JsonLdResource* JsonLdEmitter::enter(const JsonLdResource* graph) { return std::exchange(graph_, graph); }

Result<void> JsonLdEmitter::emit(const TermView& subject, std::string_view predicate, const TermView& object) {
  if (graph_ != nullptr && !graph_->usable) return {};
  given_ = true;
  auto taken = graph_ == nullptr ? sink_.triple(subject, iri(predicate), object)
                                 : sink_.quad(subject, iri(predicate), object, graph_->view());
  failed_ = !taken;
  return taken;
}

// A new cell at the end.
Result<void> JsonLdEmitter::extend(JsonLdList& list) {
  JsonLdResource cell = blank();
  if (list.head.text.empty()) {
    list.head = cell;
  } else if (auto linked = emit(list.last.view(), rdf_rest, cell.view()); !linked) {
    return linked;
  }
  list.last = std::move(cell);
  return {};
}

Result<void> JsonLdEmitter::close_list(JsonLdList& list, const JsonLdLink& link) {
  if (list.head.text.empty()) return give(link, {TermKind::iri, std::string(rdf_nil), true});
  if (auto closed = emit(list.last.view(), rdf_rest, iri(rdf_nil)); !closed) return closed;
  return give(link, list.head);
}

bool JsonLdEmitter::says(const JsonLdLink& link) {
  if (link.to == JsonLdLink::To::object || link.to == JsonLdLink::To::subject)
    return link.node->usable && !link.predicate.empty();
  return link.to == JsonLdLink::To::list;
}

JsonLdLink JsonLdEmitter::into(JsonLdList& list, const JsonLdLink& link) {
  JsonLdLink members;
  if (says(link)) members.to = JsonLdLink::To::list;
  members.list = &list;
  return members;
}

Result<void> JsonLdEmitter::give_term(const JsonLdLink& link, const TermView& term) {
  if (!says(link)) return {};
  switch (link.to) {
    case JsonLdLink::To::object:
      return emit(link.node->view(), link.predicate, term);
    case JsonLdLink::To::subject:
      return emit(term, link.predicate, link.node->view());
    case JsonLdLink::To::list:
      if (auto extended = extend(*link.list); !extended) return extended;
      return emit(link.list->last.view(), rdf_first, term);
    case JsonLdLink::To::nothing:
    case JsonLdLink::To::included:
      break;
  }
  return {};
}

Result<void> JsonLdEmitter::give(const JsonLdLink& link, const JsonLdResource& node) {
  if (node.usable) return give_term(link, node.view());
  // The place of an element that cannot be said stays (§8.4.2).
  return link.to == JsonLdLink::To::list ? extend(*link.list) : Result<void>();
}

Result<void> JsonLdEmitter::give_type(const JsonLdResource& node, const JsonLdResource& type) {
  return node.usable && type.usable ? emit(node.view(), rdf_type, type.view()) : Result<void>();
}

Result<void> JsonLdEmitter::give_json(const JsonLdLink& link, json::View value) {
  return give_term(link, literal(json_literal(value), rdf_json));
}

Result<void> JsonLdEmitter::give_text(const JsonLdLink& link, std::string_view text, std::string_view datatype,
                                      std::string_view language) {
  if (!datatype.empty() && !is_usable(datatype)) return {};
  if (strict_ && !language.empty() && !is_language_tag(language)) return {};
  return give_term(link, literal(text, datatype, language));
}

Result<void> JsonLdEmitter::give_scalar(const JsonLdLink& link, json::View scalar, std::string_view datatype,
                                        std::string_view language) {
  if (scalar.is(json::Kind::string)) return give_text(link, *scalar.string(), datatype, language);
  if (!datatype.empty() && !is_usable(datatype)) return {};
  if (scalar.is(json::Kind::boolean))
    return give_term(link, literal(scalar.text(), datatype.empty() ? xsd_boolean : datatype));
  const NumberLiteral number = number_literal(scalar, datatype == xsd_double);
  return give_term(link, literal(number.text, !datatype.empty()  ? datatype
                                              : number.is_double ? xsd_double
                                                                 : xsd_integer));
}

}  // namespace moisson::rdf
