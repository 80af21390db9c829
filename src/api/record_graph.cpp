#include "api/record_graph.h"

#include "core/url.h"
#include "rdf/dcat_ap.h"
#include "rdf/graph.h"
#include "rdf/reader.h"
#include "rdf/record_writer.h"
#include "rdf/syntax.h"

#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

namespace moisson::api {
namespace {

using rdf::Graph;
using rdf::TermId;
using rdf::TermView;
using rdf::Triple;

constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view access_url = "http://www.w3.org/ns/dcat#accessURL";
constexpr std::string_view download_url = "http://www.w3.org/ns/dcat#downloadURL";

// The triples as they were harvested (RawSource: N-Triples for every RDF page), and the node that is the record.
struct Said {
  Graph graph;
  TermId subject = rdf::no_term;
};

std::optional<Said> said(const harvest::RawSource& raw) {
  const auto syntax = rdf::syntax_of_media_type(raw.media_type);
  if (syntax != rdf::Syntax::turtle && syntax != rdf::Syntax::ntriples) return std::nullopt;
  Said out;
  rdf::GraphLoader loader(out.graph);
  if (!rdf::read(raw.bytes, rdf::Syntax::ntriples, raw.page_url, loader)) return std::nullopt;
  out.graph.index();
  const std::string_view pointer = raw.pointer;
  if (pointer.starts_with("_:"))
    out.subject = loader.blank_node(pointer.substr(2));
  else if (pointer.size() > 2)
    out.subject = out.graph.find_iri(pointer.substr(1, pointer.size() - 2));
  if (out.subject == rdf::no_term) return std::nullopt;
  return out;
}

class Merge {
 public:
  Merge(const Said& said, const Graph& known, const std::string& iri, rdf::TripleSink& sink)
      : said_(said), known_(known), iri_(iri), sink_(sink) {}

  Result<void> write() {
    for (const Triple& triple : said_.graph.triples()) {
      const TermView predicate = said_.graph.term(triple.predicate);
      auto given = is_misplaced(triple)
                       ? give_as_node(triple)
                       : give(from_said(triple.subject, first_), predicate, from_said(triple.object, second_));
      if (!given) return given;
      if (predicate.text != download_url || states(triple.subject, access_url)) continue;
      if (auto done = give(from_said(triple.subject, first_), rdf::iri(access_url), from_said(triple.object, second_));
          !done)
        return done;
    }
    return fill();
  }

 private:
  Result<void> give(const TermView& subject, const TermView& predicate, const TermView& object) {
    return sink_.triple(subject, predicate, object);
  }

  bool states(TermId subject, std::string_view predicate) const {
    const TermId id = said_.graph.find_iri(predicate);
    return subject != rdf::no_term && id != rdf::no_term && !said_.graph.about(subject, id).empty();
  }

  // A literal where DCAT-AP has a node: "Licence Ouverte", "fr".
  bool is_misplaced(const Triple& triple) const {
    return said_.graph.term(triple.object).is_literal() &&
           !rdf::range_of(said_.graph.term(triple.predicate).text).empty();
  }

  // The address that the literal is, else a node that says it.
  Result<void> give_as_node(const Triple& triple) {
    const TermView predicate = said_.graph.term(triple.predicate), said = said_.graph.term(triple.object);
    const TermView subject = from_said(triple.subject, first_);
    if (is_web_url(said.text) && is_iri(said.text)) return give(subject, predicate, rdf::iri(said.text));
    const std::string label = "w" + std::to_string(++words_);
    if (auto done = give(subject, predicate, rdf::blank(label)); !done) return done;
    return give(rdf::blank(label), rdf::iri(rdf::word_of(rdf::range_of(predicate.text))), said);
  }

  TermView from_said(TermId id, std::string& label) const {
    if (id == said_.subject) return rdf::iri(iri_);
    const TermView term = said_.graph.term(id);
    return term.is_blank() ? rdf::blank(label = "s" + std::string(term.text)) : term;
  }
  TermView from_known(TermId id, std::string& label) const {
    const TermView term = known_.term(id);
    return term.is_blank() ? rdf::blank(label = "k" + std::string(term.text)) : term;
  }

  // Node by node, from the record on: each property that the harvested triples do not state of it.
  Result<void> fill() {
    std::vector<TermId> waiting{known_.find_iri(iri_)};
    std::unordered_set<TermId> met{waiting.front(), rdf::no_term};
    while (!waiting.empty()) {
      const TermId subject = waiting.back();
      waiting.pop_back();
      const TermView node = known_.term(subject);
      const TermId stated = node.is_blank() ? rdf::no_term : node.text == iri_ ? said_.subject : said_.graph.find(node);
      for (const Triple& triple : known_.about(subject)) {
        const TermView predicate = known_.term(triple.predicate), object = known_.term(triple.object);
        const bool missing = predicate.text == rdf_type || !states(stated, predicate.text);
        if (missing) {
          auto done = give(from_known(subject, first_), predicate, from_known(triple.object, second_));
          if (!done) return done;
        }
        // A blank node that stands for what was harvested under another label is left to it.
        if ((object.is_iri() || (object.is_blank() && missing)) && met.insert(triple.object).second)
          waiting.push_back(triple.object);
      }
    }
    return {};
  }

  const Said& said_;
  const Graph& known_;
  const std::string& iri_;
  rdf::TripleSink& sink_;
  std::string first_, second_;
  std::uint64_t words_ = 0;  // literals given as nodes
};

dcat::Record with_access(dcat::Record record) {
  if (auto* dataset = std::get_if<dcat::Dataset>(&record))
    for (dcat::Distribution& distribution : dataset->distribution)
      if (distribution.access_url.empty()) distribution.access_url = distribution.download_url;
  return record;
}

}  // namespace

std::string record_iri(const dcat::Record& record, std::string_view id, const links::Links& links) {
  const std::string& own = dcat::resource(record).iri;
  return is_iri(own) ? own : links.dataset(id);
}

Result<void> write_record(const dcat::Record& record, const std::string& iri, const harvest::RawSource& raw,
                          rdf::TripleSink& sink) {
  dcat::Record named = with_access(record);
  dcat::resource(named).iri = iri;
  const auto harvested = said(raw);
  if (!harvested) return rdf::RecordWriter(sink).record(named, iri);
  Graph known;
  rdf::GraphLoader loader(known);
  if (auto written = rdf::RecordWriter(loader).record(named, iri); !written) return written;
  known.index();
  return Merge(*harvested, known, iri, sink).write();
}

}  // namespace moisson::api
