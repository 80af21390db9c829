#include "api/record_graph.h"

#include "core/url.h"
#include "rdf/dcat_ap.h"
#include "rdf/geometry.h"
#include "rdf/graph.h"
#include "rdf/reader.h"
#include "rdf/record_writer.h"
#include "rdf/syntax.h"

#include <algorithm>
#include <array>
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
constexpr std::string_view spatial = "http://purl.org/dc/terms/spatial";
constexpr std::string_view place_class = "http://purl.org/dc/terms/Location";
constexpr std::string_view exact_match = "http://www.w3.org/2004/02/skos/core#exactMatch";
// Of which a place has one (DCAT-AP 3.0).
constexpr std::array<std::string_view, 3> drawings{
    "http://www.w3.org/ns/locn#geometry", "http://www.w3.org/ns/dcat#bbox", "http://www.w3.org/ns/dcat#centroid"};

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
      if (leads_nowhere(triple) || is_repeated_box(triple)) continue;
      if (auto done = give_drawn_place(triple); !done) return done;
      const TermView predicate = said_.graph.term(triple.predicate);
      if (auto done = give_said(triple, predicate); !done) return done;
      if (predicate.text != download_url || states(triple.subject, access_url)) continue;
      if (auto done = give_said(triple, rdf::iri(access_url)); !done) return done;
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

  // As it was said, but for literals that DCAT-AP has otherwise.
  Result<void> give_said(const Triple& triple, const TermView& predicate) {
    const TermView said = said_.graph.term(triple.object);
    if (!said.is_literal()) return give(subject_of(triple), predicate, from_said(triple.object, second_));
    if (!rdf::range_of(predicate.text).empty()) return give_as_node(triple, predicate);
    if (const auto typed = rdf::typed(predicate.text, said.text))
      return give(subject_of(triple), predicate, rdf::literal(typed->first, typed->second));
    return give(subject_of(triple), predicate, said);
  }

  // A literal where DCAT-AP has a node ("Licence Ouverte", "fr"): the address that it is, else a node that says it. The
  // spellings of one geometry are said by one node.
  Result<void> give_as_node(const Triple& triple, const TermView& predicate) {
    const TermView said = said_.graph.term(triple.object);
    const TermView subject = subject_of(triple);
    if (is_web_url(said.text) && is_iri(said.text)) return give(subject, predicate, rdf::iri(said.text));
    const bool drawn = predicate.text == drawings.front();
    const std::string label = drawn ? "g" + std::to_string(triple.subject) : "w" + std::to_string(++words_);
    if (auto done = give(subject, predicate, rdf::blank(label)); !done) return done;
    return give(rdf::blank(label), rdf::iri(rdf::word_of(rdf::range_of(predicate.text))), said);
  }

  // A node that would have to be described here and is not, without an address to ask elsewhere: a service that is a
  // record of its own.
  bool leads_nowhere(const Triple& triple) const {
    return said_.graph.term(triple.object).is_blank() && said_.graph.about(triple.object).empty() &&
           rdf::wants_description(said_.graph.term(triple.predicate).text);
  }

  // Another spelling of a box, or of a point, that is given already: GeoDCAT-AP's writers say each as WKT, GML and
  // GeoJSON.
  bool is_repeated_box(const Triple& triple) const {
    const std::string_view predicate = said_.graph.term(triple.predicate).text;
    if (predicate == drawings.front() || std::find(drawings.begin(), drawings.end(), predicate) == drawings.end())
      return false;
    const TermView own = said_.graph.term(triple.object);
    const auto box = rdf::bounds(own.text);
    const auto all = said_.graph.about(triple.subject, triple.predicate);
    return std::any_of(all.begin(), all.end(), [&](const Triple& other) {
      const TermView spelled = said_.graph.term(other.object);
      const auto theirs = rdf::bounds(spelled.text);
      if (other.object == triple.object || (spelled.datatype == own.datatype && (!box || theirs != box))) return false;
      return theirs.has_value() == box.has_value() ? other.object < triple.object : theirs.has_value();
    });
  }

  // The drawing of a place with an address, which others on the page may draw differently: it goes beside it, as
  // RecordWriter puts it.
  bool is_drawing(const Triple& triple) const {
    if (std::find(drawings.begin(), drawings.end(), said_.graph.term(triple.predicate).text) == drawings.end())
      return false;
    const TermId covers = said_.graph.find_iri(spatial);
    if (covers == rdf::no_term || !said_.graph.term(triple.subject).is_iri()) return false;
    const auto places = said_.graph.about(said_.subject, covers);
    return std::any_of(places.begin(), places.end(), [&](const Triple& each) { return each.object == triple.subject; });
  }

  Result<void> give_drawn_place(const Triple& triple) {
    if (!is_drawing(triple) || !drawn_.insert(triple.subject).second) return {};
    const TermView drawing = subject_of(triple);
    if (auto done = give(rdf::iri(iri_), rdf::iri(spatial), drawing); !done) return done;
    if (auto done = give(drawing, rdf::iri(rdf_type), rdf::iri(place_class)); !done) return done;
    return give(drawing, rdf::iri(exact_match), said_.graph.term(triple.subject));
  }

  TermView subject_of(const Triple& triple) {
    if (is_drawing(triple)) return rdf::blank(first_ = "d" + std::to_string(triple.subject));
    return from_said(triple.subject, first_);
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
  std::unordered_set<TermId> drawn_;
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
