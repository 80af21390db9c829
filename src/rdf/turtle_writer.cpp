#include "rdf/document_parts.h"
#include "rdf/prefixes.h"
#include "rdf/writer.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace moisson::rdf {
namespace {

constexpr std::size_t max_nesting = 32;  // deeper blank nodes are labelled

// A part of PN_LOCAL that needs no escape; it may not begin with '-' (Turtle 1.1 §6.5).
bool is_plain_local(std::string_view local) {
  return !local.empty() && local.front() != '-' && std::all_of(local.begin(), local.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void append_prefix(const Prefix& prefix, std::string& out) {
  out.append("@prefix ").append(prefix.name).append(": <").append(prefix.iri).append("> .\n");
}

class TurtleWriter {
 public:
  explicit TurtleWriter(const Graph& graph, std::string_view label = "b")
      : graph_(graph), label_(label), type_(graph.find_iri(std::string(dcat::ns::rdf) + "type")) {
    for (const Triple& triple : graph.triples()) {
      if (graph.term(triple.object).is_blank()) ++met_[triple.object];
    }
  }

  std::string write() {
    std::string text = body();
    std::string head;
    for (const Prefix* prefix : used_) append_prefix(*prefix, head);
    return head + text;
  }

  std::string body() {
    const auto triples = graph_.triples();
    for (std::size_t i = 0; i < triples.size();) {
      const TermId subject = triples[i].subject;
      const auto block = graph_.about(subject);
      if (!nested(subject)) {
        describe(subject, block);
      }
      i += block.size();
    }
    // Blank nodes that only meet each other in a circle have no way in from outside.
    for (std::size_t i = 0; i < triples.size(); i += graph_.about(triples[i].subject).size()) {
      if (nested(triples[i].subject) && !written_.contains(triples[i].subject)) {
        labelled_.insert(triples[i].subject);
        describe(triples[i].subject, graph_.about(triples[i].subject));
      }
    }
    return std::move(body_);
  }

 private:
  bool nested(TermId id) const {
    const auto found = met_.find(id);
    return found != met_.end() && found->second == 1 && !labelled_.contains(id);
  }

  void describe(TermId subject, std::span<const Triple> block) {
    body_ += '\n';
    written_.insert(subject);
    term(subject, 0);
    properties(block, 1);
    body_ += " .\n";
  }

  void properties(std::span<const Triple> block, std::size_t depth) {
    TermId predicate = no_term;
    const auto line = [&](const Triple& triple) {
      if (triple.predicate == predicate) {
        body_ += ", ";
      } else {
        body_.append(predicate == no_term ? "\n" : " ;\n").append(depth * 2, ' ');
        if (triple.predicate == type_)
          body_ += 'a';
        else
          iri(graph_.term(triple.predicate).text);
        body_ += ' ';
        predicate = triple.predicate;
      }
      object(triple.object, depth);
    };
    // The type is what a reader looks for first.
    for (const Triple& triple : block)
      if (triple.predicate == type_) line(triple);
    for (const Triple& triple : block)
      if (triple.predicate != type_) line(triple);
  }

  void object(TermId id, std::size_t depth) {
    if (!nested(id) || written_.contains(id)) return term(id, depth);
    if (depth >= max_nesting) {
      labelled_.insert(id);
      return term(id, depth);
    }
    written_.insert(id);
    const auto block = graph_.about(id);
    if (block.empty()) {
      body_ += "[]";
      return;
    }
    body_ += '[';
    properties(block, depth + 1);
    body_.append("\n").append(depth * 2, ' ').append("]");
  }

  void term(TermId id, std::size_t) {
    const TermView view = graph_.term(id);
    if (view.is_iri()) return iri(view.text);
    if (view.is_blank()) {
      if (!met_.contains(id)) {
        body_ += "[]";
        return;
      }
      body_ += "_:" + label_ + std::to_string(numbers_.emplace(id, numbers_.size()).first->second);
      return;
    }
    append_ntriples(literal(view.text, {}, view.language), body_);
    if (!view.datatype.empty()) {
      body_ += "^^";
      iri(view.datatype);
    }
  }

  void iri(std::string_view text) {
    for (const Prefix& prefix : prefixes) {
      if (text.starts_with(prefix.iri) && is_plain_local(text.substr(prefix.iri.size()))) {
        used_.insert(&prefix);
        body_.append(prefix.name).append(":").append(text.substr(prefix.iri.size()));
        return;
      }
    }
    append_ntriples(rdf::iri(text), body_);
  }

  const Graph& graph_;
  const std::string label_;
  TermId type_;
  std::string body_;
  std::set<const Prefix*> used_;
  std::unordered_map<TermId, std::size_t> met_;      // blank nodes: how often they are objects
  std::unordered_map<TermId, std::size_t> numbers_;  // of those that need a label
  std::set<TermId> written_;
  std::set<TermId> labelled_;
};

}  // namespace

std::string write_turtle(const Graph& graph) { return TurtleWriter(graph).write(); }

std::string turtle_head() {
  std::string head;
  for (const Prefix& prefix : prefixes) append_prefix(prefix, head);
  return head;
}

std::string turtle_part(const Graph& graph, std::string_view label) { return TurtleWriter(graph, label).body(); }

}  // namespace moisson::rdf
