#include "isomorphism.h"

#include "rdf/writer.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace moisson::rdf {
namespace {

using Mapping = std::map<std::string, std::string>;
using Line = std::vector<TermView>;

std::vector<Line> lines(const Graph& graph) {
  std::vector<Line> out;
  for (const Triple& t : graph.triples())
    out.push_back({graph.term(t.subject), graph.term(t.predicate), graph.term(t.object)});
  return out;
}

std::set<std::string> rendered(const std::vector<Line>& all, const Mapping& mapping) {
  std::set<std::string> out;
  for (const Line& line : all) {
    std::string text;
    for (TermView term : line) {
      if (term.is_blank()) {
        const auto found = mapping.find(std::string(term.text));
        text += found == mapping.end() ? "_:?" : "_:" + found->second;
      } else {
        append_ntriples(term, text);
      }
      text += ' ';
    }
    out.insert(text);
  }
  return out;
}

// A word for each blank node that any isomorphism keeps: the lines it stands in, after some rounds.
Mapping colours(const std::vector<Line>& all) {
  Mapping colour;
  for (const Line& line : all)
    for (const TermView& term : line)
      if (term.is_blank()) colour[std::string(term.text)] = "";
  for (int round = 0; round < 6; ++round) {
    Mapping next;
    for (const auto& [label, old] : colour) {
      std::multiset<std::string> seen;
      for (const Line& line : all) {
        std::string text;
        bool here = false;
        for (const TermView& term : line) {
          if (!term.is_blank())
            append_ntriples(term, text);
          else if (term.text == label) {
            text += "@";
            here = true;
          } else
            text += "_:" + colour[std::string(term.text)];
          text += ' ';
        }
        if (here) seen.insert(text);
      }
      std::string all_text;
      for (const auto& text : seen) all_text += text + "|";
      next[label] = std::to_string(std::hash<std::string>{}(all_text));
    }
    colour = std::move(next);
  }
  return colour;
}

struct Search {
  std::vector<Line> a, b;
  Mapping colour_a, colour_b;
  std::vector<std::string> todo;
  Mapping mapping_a, mapping_b;
  int tries = 0;

  bool run(std::size_t at) {
    if (++tries > 20'000) return false;
    if (at == todo.size()) return rendered(a, mapping_a) == rendered(b, mapping_b);
    for (const auto& [candidate, colour] : colour_b) {
      if (colour != colour_a[todo[at]] || mapping_b.contains(candidate)) continue;
      mapping_a[todo[at]] = mapping_b[candidate] = std::to_string(at);
      if (run(at + 1)) return true;
      mapping_b.erase(candidate);
    }
    mapping_a.erase(todo[at]);
    return false;
  }
};

}  // namespace

bool isomorphic(const Graph& a, const Graph& b) {
  if (a.size() != b.size()) return false;
  Search search{lines(a), lines(b), {}, {}, {}, {}, {}};
  search.colour_a = colours(search.a);
  search.colour_b = colours(search.b);
  if (search.colour_a.size() != search.colour_b.size()) return false;
  for (const auto& [label, colour] : search.colour_a) search.todo.push_back(label);
  return search.run(0);
}

}  // namespace moisson::rdf
