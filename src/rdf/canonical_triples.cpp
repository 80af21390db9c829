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
  Triple triple;
};

// Appends one line after the other. Triples come grouped by their subjects and predicates: what the line before begins
// with is copied from it.
class Lines {
 public:
  Lines(const Graph& graph, const std::unordered_map<TermId, std::string>& labels) : graph_(graph), labels_(labels) {}

  Line append(const Triple& triple) {
    const std::size_t begin = text.size();
    if (triple.subject != last_.triple.subject) {
      term(triple.subject);
      subject_ = text.size() - begin;
    }
    const bool again = text.size() == begin;
    if (again) text.append(text, last_.begin, triple.predicate == last_.triple.predicate ? predicate_ : subject_);
    if (!again || triple.predicate != last_.triple.predicate) {
      term(triple.predicate);
      predicate_ = text.size() - begin;
    }
    append_ntriples(view(triple.object), text);
    text += " .\n";
    last_ = {begin, text.size() - begin, triple};
    return last_;
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
  std::size_t subject_ = 0;    // bytes of the last line up to its predicate
  std::size_t predicate_ = 0;  // … up to its object
};

}  // namespace

CanonicalTriples canonical_triples(const Graph& graph, std::span<const Triple> triples) {
  CanonicalTriples out;
  out.labels = blank_labels(graph, triples);
  Lines all(graph, out.labels);
  std::vector<Line> lines;
  lines.reserve(triples.size());
  for (const Triple& triple : triples) lines.push_back(all.append(triple));
  const auto bytes = [&all](const Line& line) { return std::string_view(all.text).substr(line.begin, line.size); };
  std::ranges::sort(lines, {}, bytes);
  const auto repeated = std::ranges::unique(lines, {}, bytes);
  lines.erase(repeated.begin(), repeated.end());
  out.lines.reserve(all.text.size());
  out.triples.reserve(lines.size());
  for (const Line& line : lines) {
    out.lines += bytes(line);
    out.triples.push_back(line.triple);
  }
  return out;
}

}  // namespace moisson::rdf
