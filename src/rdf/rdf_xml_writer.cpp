#include "core/xml.h"
#include "rdf/document_parts.h"
#include "rdf/language_tag.h"
#include "rdf/prefixes.h"
#include "rdf/writer.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

namespace moisson::rdf {
namespace {

bool is_name_byte(unsigned char c, bool first) {
  const unsigned char lower = c | 0x20;
  if ((lower >= 'a' && lower <= 'z') || c == '_') return true;
  return !first && ((c >= '0' && c <= '9') || c == '-' || c == '.');
}

// Where the longest XML name at the end of an IRI begins; npos: there is none.
std::size_t name_start(std::string_view iri) {
  std::size_t at = iri.size();
  while (at > 0 && is_name_byte(static_cast<unsigned char>(iri[at - 1]), false)) --at;
  while (at < iri.size() && !is_name_byte(static_cast<unsigned char>(iri[at]), true)) ++at;
  return at < iri.size() && at > 0 ? at : std::string_view::npos;
}

constexpr std::string_view opening = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF";
constexpr std::string_view closing = "</rdf:RDF>\n";

void append_namespace(std::string_view prefix, std::string_view ns, std::string& out) {
  out.append("\n    xmlns:").append(prefix).append("=\"").append(xml::escape(ns)).append("\"");
}

class RdfXmlWriter {
 public:
  explicit RdfXmlWriter(const Graph& graph, std::string_view label = "b")
      : graph_(graph), label_(label), type_(graph.find_iri(std::string(dcat::ns::rdf) + "type")) {}

  Result<std::string> write() {
    namespaces_.emplace(dcat::ns::rdf, "rdf");
    if (auto described = describe_all(); !described) return described.error();
    std::string out(opening);
    for (const auto& [ns, prefix] : namespaces_) append_namespace(prefix, ns, out);
    return out + ">\n" + body_ + std::string(closing);
  }

  // Its own namespaces stand on each of its nodes.
  Result<std::string> part() {
    for (const Prefix& prefix : prefixes) namespaces_.emplace(prefix.iri, prefix.name);
    if (auto described = describe_all(); !described) return described.error();
    std::string declared;
    for (const auto& [ns, prefix] : namespaces_)
      if (std::ranges::find(prefixes, ns, &Prefix::iri) == prefixes.end()) append_namespace(prefix, ns, declared);
    if (declared.empty()) return std::move(body_);
    std::string out;
    std::size_t from = 0;
    for (const std::size_t start : starts_) {
      out.append(body_, from, start - from).append(declared);
      from = start;
    }
    return out.append(body_, from);
  }

 private:
  Result<void> describe_all() {
    const auto triples = graph_.triples();
    for (std::size_t i = 0; i < triples.size();) {
      const auto block = graph_.about(triples[i].subject);
      if (auto written = describe(block); !written) return written;
      i += block.size();
    }
    return {};
  }

  Result<void> describe(std::span<const Triple> block) {
    const auto typed = std::find_if(block.begin(), block.end(), [this](const Triple& triple) {
      return triple.predicate == type_ && name_start(graph_.term(triple.object).text) != std::string_view::npos &&
             graph_.term(triple.object).is_iri();
    });
    const std::string element = typed == block.end() ? "rdf:Description" : name(graph_.term(typed->object).text);
    body_.append("  <").append(element);
    starts_.push_back(body_.size());
    reference(block.front().subject, "rdf:about");
    body_ += ">\n";
    for (const Triple& triple : block) {
      if (typed != block.end() && triple == *typed) continue;
      if (auto written = property(triple); !written) return written;
    }
    body_.append("  </").append(element).append(">\n");
    return {};
  }

  Result<void> property(const Triple& triple) {
    const std::string_view predicate = graph_.term(triple.predicate).text;
    if (name_start(predicate) == std::string_view::npos) {
      return Error{ErrorCode::unsupported, "the predicate <" + std::string(predicate) + "> cannot be an XML name", "",
                   "take Turtle or N-Triples"};
    }
    const std::string element = name(predicate);
    const TermView object = graph_.term(triple.object);
    body_.append("    <").append(element);
    if (!object.is_literal()) {
      reference(triple.object, "rdf:resource");
      body_ += "/>\n";
      return {};
    }
    std::string mended;
    if (const auto language = mend_language(object.language, mended); !language.empty())
      body_.append(" xml:lang=\"").append(language).append("\"");
    if (!object.datatype.empty()) body_.append(" rdf:datatype=\"").append(xml::escape(object.datatype)).append("\"");
    body_ += '>';
    text(object.text);
    body_.append("</").append(element).append(">\n");
    return {};
  }

  // A CR as it stands would be read as LF (XML §2.11).
  void text(std::string_view value) {
    for (std::size_t at = 0;;) {
      const auto cr = value.find('\r', at);
      body_ += xml::escape(value.substr(at, cr - at));
      if (cr == value.npos) return;
      body_ += "&#13;";
      at = cr + 1;
    }
  }

  void reference(TermId id, std::string_view attribute) {
    const TermView view = graph_.term(id);
    if (view.is_iri()) {
      body_.append(" ").append(attribute).append("=\"").append(xml::escape(view.text)).append("\"");
    } else {
      body_ += " rdf:nodeID=\"" + label_ + std::to_string(blanks_.emplace(id, blanks_.size()).first->second) + "\"";
    }
  }

  std::string name(std::string_view iri) {
    const std::size_t at = name_start(iri);
    const std::string ns(iri.substr(0, at));
    auto found = namespaces_.find(ns);
    if (found == namespaces_.end()) {
      const auto known =
          std::find_if(prefixes.begin(), prefixes.end(), [&](const Prefix& prefix) { return prefix.iri == ns; });
      found =
          namespaces_.emplace(ns, known != prefixes.end() ? std::string(known->name) : "ns" + std::to_string(++made_))
              .first;
    }
    return found->second + ":" + std::string(iri.substr(at));
  }

  const Graph& graph_;
  const std::string label_;
  TermId type_;
  std::string body_;
  std::vector<std::size_t> starts_;  // in body_, behind the name of each node's element
  std::map<std::string, std::string> namespaces_;
  std::unordered_map<TermId, std::size_t> blanks_;
  int made_ = 0;
};

}  // namespace

Result<std::string> write_rdf_xml(const Graph& graph) { return RdfXmlWriter(graph).write(); }

std::string rdf_xml_head() {
  std::string out(opening);
  for (const Prefix& prefix : prefixes) append_namespace(prefix.name, prefix.iri, out);
  return out + ">\n";
}

Result<std::string> rdf_xml_part(const Graph& graph, std::string_view label) {
  return RdfXmlWriter(graph, label).part();
}

}  // namespace moisson::rdf
