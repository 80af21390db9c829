#include "rdf/canonical_triples.h"
#include "rdf/document_parts.h"
#include "rdf/language_tag.h"
#include "rdf/writer.h"

#include <array>
#include <cstdio>
#include <unordered_map>
#include <utility>

namespace moisson::rdf {
namespace {

using Bytes = std::array<bool, 256>;

// Canonical N-Triples escapes only what it must: `"`, `\`, LF and CR (§4).
constexpr Bytes escaped_in_string = [] {
  Bytes table{};
  for (const unsigned char c : std::string_view("\"\\\n\r")) table[c] = true;
  return table;
}();

// IRIREF allows no blanks, control characters or <>"{}|^`\ but as \uXXXX (§3).
constexpr Bytes escaped_in_iri = [] {
  Bytes table{};
  for (int c = 0; c <= 0x20; ++c) table[c] = true;
  for (const unsigned char c : std::string_view("<>\"{}|^`\\")) table[c] = true;
  return table;
}();

// `text` with `escape(byte, out)` for each byte of the table; runs of others are copied whole.
template <class Escape>
void append_escaped(std::string_view text, const Bytes& table, std::string& out, Escape escape) {
  bool any = false;
  for (const unsigned char c : text) any |= table[c];
  if (!any) {
    out.append(text);
    return;
  }
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!table[c]) continue;
    out.append(text, from, i - from);
    escape(c, out);
    from = i + 1;
  }
  out.append(text, from);
}

void append_string(std::string_view text, std::string& out) {
  out += '"';
  append_escaped(text, escaped_in_string, out, [](unsigned char c, std::string& to) {
    to += '\\';
    to += c == '\n' ? 'n' : c == '\r' ? 'r' : static_cast<char>(c);
  });
  out += '"';
}

void append_iri(std::string_view text, std::string& out) {
  out += '<';
  append_escaped(text, escaped_in_iri, out, [](unsigned char c, std::string& to) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04X", c);
    to += escape;
  });
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
  std::string mended;
  if (const auto language = mend_language(term.language, mended); !language.empty()) {
    out.append("@").append(language);
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
  return std::move(canonical_triples(graph, triples).lines);
}

std::string ntriples_part(const Graph& graph, std::string_view label) {
  std::unordered_map<TermId, std::string> labels;
  const auto term = [&](TermId id) {
    TermView view = graph.term(id);
    if (!view.is_blank()) return view;
    auto& own = labels[id];
    if (own.empty()) own = std::string(label) + std::to_string(labels.size());
    view.text = own;
    return view;
  };
  std::string out;
  for (const Triple& triple : graph.triples())
    append_ntriples(term(triple.subject), term(triple.predicate), term(triple.object), out);
  return out;
}

std::string write_ntriples(const Graph& graph) { return write_ntriples(graph, graph.triples()); }

}  // namespace moisson::rdf
