#include "rdf/rdf_xml_reader.h"

#include "core/hash.h"
#include "rdf/iri.h"

#include <algorithm>

namespace moisson::rdf {
namespace {

constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view rdf_first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
constexpr std::string_view rdf_rest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
constexpr std::string_view rdf_nil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
constexpr std::string_view rdf_xml_literal = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral";

bool is_blank_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
}

}  // namespace

RdfXmlReader::RdfXmlReader(std::string_view base, TripleSink& sink, const ReadOptions& options)
    : sink_(sink),
      options_(options),
      parser_(static_cast<xml::Handler&>(*this)),
      bases_{std::string(without_fragment(base))},
      languages_{""} {
  open().inside = Inside::document;
}

Result<void> RdfXmlReader::feed(std::string_view bytes) {
  const std::size_t known = controls_.places().size();
  auto fed = parser_.feed(options_.strict ? bytes : controls_.take(bytes));
  tell_controls(known);
  if (fed) read_ += bytes.size();
  return fed;
}

Result<void> RdfXmlReader::finish() {
  if (auto fed = parser_.feed(controls_.rest()); !fed) return fed;
  return parser_.finish();
}

void RdfXmlReader::tell_controls(std::size_t known) {
  for (std::size_t i = known; i < controls_.places().size(); ++i)
    repaired(controls_.places()[i], "a control character, which XML forbids, was read as a blank",
             "control_characters");
}

// Between the nodes of rdf:RDF everything is said.
bool RdfXmlReader::unfinished() const { return depth_ > 1 && top().inside != Inside::nodes; }

std::string RdfXmlReader::place() const {
  return std::to_string(parser_.line()) + ":" + std::to_string(parser_.column());
}

Error RdfXmlReader::error(std::string message) const {
  return {ErrorCode::invalid_input, std::move(message), place(), ""};
}

Result<void> RdfXmlReader::forbidden(std::string message) {
  if (options_.strict) return error(std::move(message));
  repaired(place(), std::move(message));
  return {};
}

RdfXmlReader::Frame& RdfXmlReader::open() {
  if (depth_ == frames_.size()) frames_.emplace_back();
  Frame& frame = frames_[depth_++];
  frame.base = bases_.size() - 1;
  frame.language = languages_.size() - 1;
  frame.li = 0;
  frame.filled = false;
  frame.datatype.clear();
  frame.statement.clear();
  frame.text.clear();
  return frame;
}

std::string_view RdfXmlReader::resolve(std::string_view reference, std::string& out) const {
  if (has_scheme(reference)) return reference;
  out = resolve_iri(bases_.back(), reference);
  return out;
}

// §6.1.2: namespace and local name put together. RDF knows absolute IRIs only, and a namespace may be none.
void RdfXmlReader::name_iri(const xml::Name& name, std::string& out) const {
  out.assign(name.ns).append(name.local);
  if (!has_scheme(out)) out = resolve_iri(bases_.back(), out);
}

void RdfXmlReader::new_blank(Node& out) {
  out.kind = TermKind::blank;
  out.text = "g" + std::to_string(++blanks_);
}

// Names of the document and names made here must not meet.
Result<void> RdfXmlReader::named_blank(std::string_view id, Node& out) {
  if (!is_ncname(id)) return error("rdf:nodeID=\"" + std::string(id) + "\" is no XML name");
  out.kind = TermKind::blank;
  out.text.assign("n").append(id);
  return {};
}

Result<void> RdfXmlReader::identify(std::string_view id, std::string& out) {
  if (!is_ncname(id)) {
    auto seen = forbidden("rdf:ID=\"" + std::string(id.substr(0, 100)) + "\" is no XML name");
    if (!seen) return seen;
  }
  out = resolve_iri(bases_.back(), "#" + std::string(id));
  constexpr std::size_t max_ids = 1'000'000;
  if (ids_.size() == max_ids) return Error{ErrorCode::too_large, "more than a million rdf:ID", place(), ""};
  if (!ids_.insert(hash64(out)).second) {
    return forbidden("rdf:ID=\"" + std::string(id.substr(0, 100)) + "\" is there twice");
  }
  return {};
}

Result<void> RdfXmlReader::give(const TermView& subject, std::string_view predicate, const TermView& object) {
  return sink_.triple(subject, iri(predicate), object);
}

Result<void> RdfXmlReader::emit(const Frame& property, const TermView& object) {
  const TermView subject = property.subject.view();
  if (auto given = give(subject, property.predicate, object); !given) return given;
  if (property.statement.empty()) return {};
  const TermView statement = iri(property.statement);
  const std::string rdf(rdf_ns);
  if (auto given = give(statement, rdf_type, iri(rdf + "Statement")); !given) return given;
  if (auto given = give(statement, rdf + "subject", subject); !given) return given;
  if (auto given = give(statement, rdf + "predicate", iri(property.predicate)); !given) return given;
  return give(statement, rdf + "object", object);
}

Result<void> RdfXmlReader::property_attributes(const TermView& subject, const RdfXmlAttributes& attributes) {
  for (const xml::Attribute* attribute : attributes.properties) {
    const bool bare_type = attribute->name.ns.empty() || is_rdf(attribute->name, "type");
    if (bare_type) {
      if (auto given = give(subject, rdf_type, iri(resolve(attribute->value, object_))); !given) return given;
      continue;
    }
    name_iri(attribute->name, scratch_);
    if (auto given = give(subject, scratch_, literal(attribute->value, {}, languages_.back())); !given) return given;
  }
  return {};
}

// A node element closes nothing: what it is to its parent is known as soon as its name is.
Result<void> RdfXmlReader::hand_to_parent(const Node& node) {
  Frame& parent = frames_[depth_ - 2];
  if (parent.inside == Inside::property || parent.inside == Inside::empty) {
    if (parent.filled) {
      if (auto seen = forbidden("a property holds two nodes"); !seen) return seen;
    }
    parent.filled = true;
    return emit(parent, node.view());
  }
  if (parent.inside != Inside::collection) return {};
  Node cell;
  new_blank(cell);
  auto linked = parent.filled ? give(parent.last.view(), rdf_rest, cell.view()) : emit(parent, cell.view());
  if (!linked) return linked;
  parent.filled = true;
  parent.last = cell;
  return give(cell.view(), rdf_first, node.view());
}

Result<void> RdfXmlReader::start_node(const xml::Name& name, const RdfXmlAttributes& attributes) {
  if (auto named = check_node_name(name); !named) return error(std::move(named.error().message));
  if (attributes.resource != nullptr || attributes.datatype != nullptr || attributes.parse_type != nullptr) {
    if (auto seen = forbidden("a node takes no rdf:resource, rdf:datatype or rdf:parseType"); !seen) return seen;
  }
  if ((attributes.id != nullptr) + (attributes.node_id != nullptr) + (attributes.about != nullptr) > 1) {
    return error("a node takes one of rdf:about, rdf:ID and rdf:nodeID");
  }
  Frame& frame = top();
  frame.inside = Inside::node;
  Node& node = frame.subject;
  const std::string_view* const about = attributes.about != nullptr ? attributes.about : attributes.resource;
  if (about != nullptr) {
    node.kind = TermKind::iri;
    node.text = resolve(*about, object_);
  } else if (attributes.id != nullptr) {
    node.kind = TermKind::iri;
    if (auto named = identify(*attributes.id, node.text); !named) return named;
  } else if (attributes.node_id != nullptr) {
    if (auto named = named_blank(*attributes.node_id, node); !named) return named;
  } else {
    new_blank(node);
  }
  if (auto handed = hand_to_parent(node); !handed) return handed;
  if (!is_rdf(name, "Description")) {
    name_iri(name, scratch_);
    if (auto given = give(node.view(), rdf_type, iri(scratch_)); !given) return given;
  }
  return property_attributes(node.view(), attributes);
}

Result<void> RdfXmlReader::start_property(const xml::Name& name, const RdfXmlAttributes& attributes) {
  if (auto named = check_property_name(name); !named) return error(std::move(named.error().message));
  if (attributes.about != nullptr) {  // where it is repaired: meant as rdf:resource
    if (auto seen = forbidden("a property takes no rdf:about"); !seen) return seen;
  }
  if (attributes.resource != nullptr && attributes.node_id != nullptr) {
    return error("a property takes one of rdf:resource and rdf:nodeID");
  }
  Frame& parent = frames_[depth_ - 2];
  Frame& frame = top();
  frame.subject = parent.subject;
  if (is_rdf(name, "li")) {
    frame.predicate.assign(rdf_ns).append("_").append(std::to_string(++parent.li));
  } else {
    name_iri(name, frame.predicate);
  }
  if (attributes.id != nullptr) {
    if (auto named = identify(*attributes.id, frame.statement); !named) return named;
  }
  if (attributes.parse_type != nullptr) {
    if (attributes.resource != nullptr || attributes.node_id != nullptr || attributes.datatype != nullptr ||
        !attributes.properties.empty()) {
      return error("rdf:parseType stands only with rdf:ID");
    }
    if (*attributes.parse_type == "Resource") {
      Node node;
      new_blank(node);
      if (auto given = emit(frame, node.view()); !given) return given;
      frame.subject = std::move(node);
      frame.inside = Inside::resource;
    } else if (*attributes.parse_type == "Collection") {
      frame.inside = Inside::collection;
    } else {  // "Literal", and every word that is not known (§7.2.20)
      frame.inside = Inside::literal;
      xml_literal_.emplace();
    }
    return {};
  }
  if (attributes.resource != nullptr || attributes.about != nullptr || attributes.node_id != nullptr ||
      !attributes.properties.empty()) {
    if (attributes.datatype != nullptr) return error("rdf:datatype stands only with text");
    return start_empty_property(attributes);
  }
  frame.inside = Inside::property;
  if (attributes.datatype != nullptr) frame.datatype = resolve(*attributes.datatype, object_);
  return {};
}

Result<void> RdfXmlReader::start_empty_property(const RdfXmlAttributes& attributes) {
  Frame& frame = top();
  frame.inside = Inside::empty;
  Node node;
  const std::string_view* const reference = attributes.resource != nullptr ? attributes.resource : attributes.about;
  if (reference != nullptr) {
    node.text = resolve(*reference, object_);
  } else if (attributes.node_id != nullptr) {
    if (auto named = named_blank(*attributes.node_id, node); !named) return named;
  } else {
    new_blank(node);
  }
  if (auto given = emit(frame, node.view()); !given) return given;
  return property_attributes(node.view(), attributes);
}

Result<void> RdfXmlReader::start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                                         const std::vector<xml::NamespaceDeclaration>&) {
  if (xml_literal_) {
    xml_literal_->start_element(name, attributes);
    return {};
  }
  const Inside inside = top().inside;
  for (const xml::Attribute& attribute : attributes) {
    if (attribute.name.ns != xml_ns) continue;
    if (attribute.name.local == "base") {
      bases_.push_back(resolve_iri(bases_.back(), without_fragment(attribute.value)));
    } else if (attribute.name.local == "lang") {
      languages_.emplace_back(attribute.value);
    }
  }
  auto sorted = rdf_xml_attributes(attributes);
  if (!sorted) return error(std::move(sorted.error().message));
  Frame& frame = open();
  switch (inside) {
    case Inside::document:
      if (is_rdf(name, "RDF")) {
        frame.inside = Inside::nodes;
        return {};
      }
      return start_node(name, *sorted);
    case Inside::nodes:
    case Inside::collection:
    case Inside::property:
      return start_node(name, *sorted);
    case Inside::node:
    case Inside::resource:
      return start_property(name, *sorted);
    case Inside::empty: {
      auto seen = forbidden("a property with rdf:resource, rdf:nodeID or property attributes must be empty");
      return seen ? start_node(name, *sorted) : seen;
    }
    case Inside::literal:
      break;
  }
  return error("an element where none may be");
}

Result<void> RdfXmlReader::end_property(Frame& frame) {
  if (!frame.filled)
    return emit(frame, literal(frame.text, frame.datatype, frame.datatype.empty() ? languages_[frame.language] : ""));
  if (is_blank_text(frame.text)) return {};
  return forbidden("a property holds both a node and text");
}

Result<void> RdfXmlReader::end_element(const xml::Name&) {
  if (xml_literal_ && xml_literal_->end_element()) return {};
  Frame& frame = top();
  Result<void> ended;
  switch (frame.inside) {
    case Inside::property:
      ended = end_property(frame);
      break;
    case Inside::collection:
      ended = frame.filled ? give(frame.last.view(), rdf_rest, iri(rdf_nil)) : emit(frame, iri(rdf_nil));
      break;
    case Inside::literal:
      ended = emit(frame, literal(xml_literal_->text(), rdf_xml_literal));
      xml_literal_.reset();
      break;
    default:
      break;
  }
  --depth_;
  bases_.resize(top().base + 1);
  languages_.resize(top().language + 1);
  return ended;
}

Result<void> RdfXmlReader::characters(std::string_view text) {
  if (xml_literal_) {
    xml_literal_->characters(text);
    return {};
  }
  Frame& frame = top();
  if (frame.inside == Inside::property) {
    constexpr std::size_t max_text = std::size_t{16} << 20;
    if (frame.text.size() + text.size() > max_text) {
      return Error{ErrorCode::too_large, "a text passes the cap of 16 MiB", place(), ""};
    }
    frame.text.append(text);
    return {};
  }
  if (is_blank_text(text)) return {};
  return forbidden("text where none may be");
}

Result<void> RdfXmlReader::comment(std::string_view text) {
  if (xml_literal_) xml_literal_->comment(text);
  return {};
}

Result<void> RdfXmlReader::processing_instruction(std::string_view target, std::string_view data) {
  if (xml_literal_) xml_literal_->processing_instruction(target, data);
  return {};
}

}  // namespace moisson::rdf
