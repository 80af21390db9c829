#include "rdf/blank_labels.h"
#include "rdf/writer.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace moisson::rdf {
namespace {

// Canonical N-Triples escapes only what it must: `"`, `\`, LF and CR (§4).
void append_string(std::string_view text, std::string& out) {
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
  out += '"';
}

// IRIREF allows no blanks, control characters or <>"{}|^`\ but as \uXXXX (§3).
void append_iri(std::string_view text, std::string& out) {
  out += '<';
  for (unsigned char c : text) {
    if (c <= 0x20 || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '^' || c == '`' ||
        c == '\\') {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04X", c);
      out += escape;
    } else {
      out += static_cast<char>(c);
    }
  }
  out += '>';
}

}  // namespace

void append_ntriples(const TermView& term, std::string& out) {
  switch (term.kind) {
    case TermKind::iri:
      append_iri(term.text, out);
      return;
    case TermKind::blank:
      out.append("_:").append(term.text);
      return;
    case TermKind::literal:
      break;
  }
  append_string(term.text, out);
  if (!term.language.empty()) {
    out.append("@").append(term.language);
  } else if (!term.datatype.empty()) {
    out.append("^^");
    append_iri(term.datatype, out);
  }
}

void append_ntriples(const TermView& subject, const TermView& predicate, const TermView& object, std::string& out) {
  append_ntriples(subject, out);
  out += ' ';
  append_ntriples(predicate, out);
  out += ' ';
  append_ntriples(object, out);
  out += " .\n";
}

std::string write_ntriples(const Graph& graph, std::span<const Triple> triples) {
  const auto labels = blank_labels(graph, triples);
  const auto term = [&](TermId id) {
    TermView view = graph.term(id);
    if (view.is_blank()) view.text = labels.at(id);
    return view;
  };
  std::vector<std::string> lines(triples.size());
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < triples.size(); ++i) {
    append_ntriples(term(triples[i].subject), term(triples[i].predicate), term(triples[i].object), lines[i]);
    bytes += lines[i].size();
  }
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  std::string out;
  out.reserve(bytes);
  for (const std::string& line : lines) out += line;
  return out;
}

std::string write_ntriples(const Graph& graph) { return write_ntriples(graph, graph.triples()); }

}  // namespace moisson::rdf
