#include "core/json.h"
#include "rdf/document_parts.h"
#include "rdf/language_tag.h"
#include "rdf/prefixes.h"
#include "rdf/writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace moisson::rdf {
namespace {

constexpr std::size_t max_nesting = 32;  // deeper blank nodes are labelled

// Compact IRIs stand only where a document may be read without guessing: names of properties, classes and datatypes.
// A prefix that is also the scheme of an IRI ("geo:") would change what that IRI means, and is not used.
class JsonLdWriter {
 public:
  explicit JsonLdWriter(const Graph& graph, std::string_view label = {})
      : graph_(graph),
        label_(label),
        type_(graph.find_iri(std::string(dcat::ns::rdf) + "type")),
        nodes_(graph.terms()) {
    for (const Triple& triple : graph.triples())
      if (nodes_[triple.object].met < 2) ++nodes_[triple.object].met;
  }

  std::string write() {
    choose_prefixes();
    out_.begin_object();
    out_.key("@context").begin_object();
    for (std::size_t i = 0; i < prefixes.size(); ++i)
      if (states_[i] == State::used) out_.field(prefixes[i].name, prefixes[i].iri);
    out_.end_object();
    out_.key("@graph").begin_array();
    describe_all();
    out_.end_array();
    out_.end_object();
    return out_.take();
  }

  std::string part() {
    out_.begin_array();
    describe_all();
    out_.end_array();
    const std::string array = out_.take();
    return array.substr(1, array.size() - 2);
  }

 private:
  enum class State : std::uint8_t { unused, used, forbidden };

  struct Node {
    std::uint8_t met = 0;  // as an object: never, once, more often
    bool labelled = false;
    bool written = false;
  };

  void choose_prefixes() {
    for (const Triple& triple : graph_.triples())
      for (const TermId id : {triple.subject, triple.predicate, triple.object}) forbid_scheme(graph_.term(id));
    for (const Triple& triple : graph_.triples()) {
      const TermView object = graph_.term(triple.object);
      if (triple.predicate == type_ && object.is_iri())
        use(object.text);
      else
        use(graph_.term(triple.predicate).text);
      if (object.is_literal()) use(object.datatype);
    }
  }

  void describe_all() {
    each_subject([this](TermId subject) {
      if (!may_nest(subject)) describe(subject, 0);
    });
    // What is left are blank nodes that only meet each other in a circle, or stand too deep.
    each_subject([this](TermId subject) {
      if (!may_nest(subject) || nodes_[subject].written) return;
      nodes_[subject].labelled = true;
      describe(subject, 0);
    });
  }

  template <class Visit>
  void each_subject(Visit visit) {
    const auto triples = graph_.triples();
    for (std::size_t i = 0; i < triples.size(); ++i)
      if (i == 0 || triples[i].subject != triples[i - 1].subject) visit(triples[i].subject);
  }

  bool may_nest(TermId id) const { return nodes_[id].met == 1 && !nodes_[id].labelled && graph_.term(id).is_blank(); }

  void forbid_scheme(const TermView& term) {
    const auto forbid = [this](std::string_view iri) {
      const std::string_view scheme = iri.substr(0, iri.find(':'));
      if (scheme == "http" || scheme == "https") return;
      for (std::size_t i = 0; i < prefixes.size(); ++i)
        if (prefixes[i].name == scheme && scheme.size() < iri.size()) states_[i] = State::forbidden;
    };
    if (term.is_iri()) forbid(term.text);
    forbid(term.datatype);
  }

  static const Prefix* prefix_of(std::string_view iri) {
    const auto found = std::find_if(prefixes.begin(), prefixes.end(), [&](const Prefix& prefix) {
      // "prefix://…" would be an IRI as it stands.
      return iri.size() > prefix.iri.size() && iri.starts_with(prefix.iri) && iri[prefix.iri.size()] != '/';
    });
    return found == prefixes.end() ? nullptr : &*found;
  }

  void use(std::string_view iri) {
    const Prefix* prefix = prefix_of(iri);
    if (prefix == nullptr) return;
    State& state = states_[static_cast<std::size_t>(prefix - prefixes.data())];
    if (state == State::unused) state = State::used;
  }

  std::string compact(std::string_view iri) const {
    const Prefix* prefix = prefix_of(iri);
    if (prefix == nullptr || states_[static_cast<std::size_t>(prefix - prefixes.data())] != State::used)
      return std::string(iri);
    return std::string(prefix->name).append(":").append(iri.substr(prefix->iri.size()));
  }

  std::string name(const TermView& node) const {
    return node.is_blank() ? "_:" + label_ + std::string(node.text) : std::string(node.text);
  }

  void describe(TermId subject, std::size_t depth) {
    const TermView node = graph_.term(subject);
    out_.begin_object();
    nodes_[subject].written = true;
    if (!node.is_blank() || (nodes_[subject].met != 0 && !may_nest(subject))) out_.field("@id", name(node));
    const auto block = graph_.about(subject);
    for (std::size_t i = 0; i < block.size();) {
      std::size_t end = i;
      while (end < block.size() && block[end].predicate == block[i].predicate) ++end;
      property(block.subspan(i, end - i), depth);
      i = end;
    }
    out_.end_object();
  }

  // The triples of one property.
  void property(std::span<const Triple> triples, std::size_t depth) {
    const bool types = triples.front().predicate == type_ &&
                       std::all_of(triples.begin(), triples.end(),
                                   [this](const Triple& triple) { return graph_.term(triple.object).is_iri(); });
    out_.key(types ? "@type" : compact(graph_.term(triples.front().predicate).text));
    if (triples.size() > 1) out_.begin_array();
    for (const Triple& triple : triples) {
      if (types)
        out_.string(compact(graph_.term(triple.object).text));
      else
        object(triple.object, depth);
    }
    if (triples.size() > 1) out_.end_array();
  }

  void object(TermId id, std::size_t depth) {
    const TermView term = graph_.term(id);
    std::string mended;
    const auto language = mend_language(term.language, mended);
    if (!term.is_literal()) {
      if (depth < max_nesting && may_nest(id) && !nodes_[id].written) return describe(id, depth + 1);
      nodes_[id].labelled = true;
      out_.begin_object().field("@id", name(term)).end_object();
    } else if (!language.empty()) {
      out_.begin_object().field("@language", language).field("@value", term.text).end_object();
    } else if (!term.datatype.empty()) {
      out_.begin_object().field("@type", compact(term.datatype)).field("@value", term.text).end_object();
    } else {
      out_.string(term.text);
    }
  }

  const Graph& graph_;
  const std::string label_;
  TermId type_;
  std::vector<Node> nodes_;  // by TermId
  std::array<State, prefixes.size()> states_{};
  json::Writer out_;
};

}  // namespace

std::string write_json_ld(const Graph& graph) { return JsonLdWriter(graph).write(); }

std::string json_ld_part(const Graph& graph, std::string_view label) { return JsonLdWriter(graph, label).part(); }

}  // namespace moisson::rdf
