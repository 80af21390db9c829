#include "rdf/canonical_triples.h"

#include "rdf/blank_labels.h"
#include "rdf/writer.h"

#include <algorithm>
#include <string_view>

namespace moisson::rdf {
namespace {

// A line, before they are sorted: its bytes in one text with all others.
struct Line {
  std::size_t begin = 0;
  std::size_t size = 0;
  std::size_t predicate = 0;  // where it begins in the line
  std::size_t object = 0;
  Triple triple;
};

// Appends one line after the other. Triples come grouped by their subjects and predicates: what the line before begins
// with is copied from it.
class Lines {
 public:
  Lines(const Graph& graph, const std::unordered_map<TermId, std::string>& labels) : graph_(graph), labels_(labels) {}

  Line append(const Triple& triple) {
    Line line{text.size(), 0, 0, 0, triple};
    const bool same_subject = triple.subject == last_.triple.subject;
    const bool same_predicate = same_subject && triple.predicate == last_.triple.predicate;
    if (same_subject)
      text.append(text, last_.begin, same_predicate ? last_.object : last_.predicate);
    else
      term(triple.subject);
    line.predicate = same_predicate ? last_.predicate : text.size() - line.begin;
    if (!same_predicate) term(triple.predicate);
    line.object = text.size() - line.begin;
    append_ntriples(view(triple.object), text);
    text += " .\n";
    line.size = text.size() - line.begin;
    return last_ = line;
  }

  std::string text;

 private:
  TermView view(TermId id) const {
    TermView out = graph_.term(id);
    if (out.is_blank()) out.text = labels_.at(id);
    return out;
  }
  void term(TermId id) {
    append_ntriples(view(id), text);
    text += ' ';
  }

  const Graph& graph_;
  const std::unordered_map<TermId, std::string>& labels_;
  Line last_;
};

}  // namespace

CanonicalTriples canonical_triples(const Graph& graph, std::span<const Triple> triples) {
  CanonicalTriples out;
  out.labels = blank_labels(graph, triples);
  Lines all(graph, out.labels);
  std::vector<Line> lines;
  lines.reserve(triples.size());
  for (const Triple& triple : triples) lines.push_back(all.append(triple));
  const auto bytes = [&all](const Line& line, std::size_t from = 0) {
    return std::string_view(all.text).substr(line.begin + from, line.size - from);
  };
  std::ranges::sort(lines, [&](const Line& a, const Line& b) {  // without looking again at what both begin with
    const std::size_t from = a.triple.subject != b.triple.subject       ? 0
                             : a.triple.predicate != b.triple.predicate ? a.predicate
                                                                        : a.object;
    return bytes(a, from) < bytes(b, from);
  });
  const auto same = [&](const Line& a, const Line& b) { return bytes(a) == bytes(b); };
  lines.erase(std::unique(lines.begin(), lines.end(), same), lines.end());
  out.lines.reserve(all.text.size());
  out.triples.reserve(lines.size());
  for (const Line& line : lines) {
    out.lines += bytes(line);
    out.triples.push_back(line.triple);
  }
  return out;
}

}  // namespace moisson::rdf
