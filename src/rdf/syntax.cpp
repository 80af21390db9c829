#include "rdf/syntax.h"

#include <moisson/core/result.h>

#include "core/media_type.h"
#include "core/text.h"

#include <array>
#include <string>

namespace moisson::rdf {
namespace {

struct Row {
  std::string_view word;
  Syntax syntax;
};

constexpr std::array extensions{
    Row{"ttl", Syntax::turtle},      Row{"turtle", Syntax::turtle},     Row{"n3", Syntax::turtle},
    Row{"nt", Syntax::ntriples},     Row{"ntriples", Syntax::ntriples}, Row{"n-triples", Syntax::ntriples},
    Row{"rdf", Syntax::rdf_xml},     Row{"xml", Syntax::rdf_xml},       Row{"rdfxml", Syntax::rdf_xml},
    Row{"rdf-xml", Syntax::rdf_xml}, Row{"owl", Syntax::rdf_xml},       Row{"jsonld", Syntax::json_ld},
    Row{"json-ld", Syntax::json_ld}, Row{"json", Syntax::json_ld},
};

constexpr std::array media_types{
    Row{"text/turtle", Syntax::turtle},
    Row{"application/x-turtle", Syntax::turtle},
    Row{"text/n3", Syntax::turtle},
    Row{"text/rdf+n3", Syntax::turtle},
    Row{"application/n-triples", Syntax::ntriples},
    Row{"application/rdf+xml", Syntax::rdf_xml},
    Row{"application/xml", Syntax::rdf_xml},
    Row{"text/xml", Syntax::rdf_xml},
    Row{"application/ld+json", Syntax::json_ld},
    Row{"application/json", Syntax::json_ld},
};

std::optional<Syntax> look_up(const auto& rows, std::string_view word) {
  for (const Row& row : rows) {
    if (row.word == word) return row.syntax;
  }
  return std::nullopt;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view skip_blank(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && iequals_ascii(text.substr(0, word.size()), word);
}

Error html_error() {
  return Error{ErrorCode::refused, "the answer is an HTML page, not RDF", "",
               "a login, a challenge or a page for people: give the address of the catalog file itself",
               "html_instead"};
}

// The name of the first element after declarations, comments and instructions; empty: not in these bytes.
std::string_view root_element(std::string_view text) {
  for (text = skip_blank(text); text.starts_with("<"); text = skip_blank(text)) {
    const std::string_view end = text.starts_with("<!--") ? "-->" : text.starts_with("<?") ? "?>" : "";
    if (!end.empty()) {
      const auto at = text.find(end);
      if (at == text.npos) return {};
      text.remove_prefix(at + end.size());
    } else if (starts_with_word(text, "<!doctype")) {
      auto at = text.find_first_of("[>");
      if (at != text.npos && text[at] == '[') {  // an internal subset holds entities with '>' of their own
        at = text.find("]", at);
        if (at != text.npos) at = text.find('>', at);
      }
      if (at == text.npos) return {};
      text.remove_prefix(at + 1);
    } else {
      return text.substr(1, text.find_first_of(" \t\r\n/>", 1) - 1);
    }
  }
  return {};
}

std::optional<Result<Syntax>> syntax_of_markup(std::string_view text) {
  if (starts_with_word(text, "<!doctype html") || starts_with_word(text, "<html")) return Result<Syntax>(html_error());
  const bool xml = starts_with_word(text, "<?xml") || starts_with_word(text, "<!doctype") || text.starts_with("<!--");
  const std::string_view root = root_element(text);
  const auto colon = root.find(':');
  const std::string local = lower_ascii(colon == root.npos ? root : root.substr(colon + 1));
  if (local == "html") return Result<Syntax>(html_error());
  const std::string_view head = text.substr(0, 4096);
  if (head.find("http://www.w3.org/1999/02/22-rdf-syntax-ns#") != head.npos && (xml || colon != root.npos)) {
    if (head.find("xmlns") != head.npos) return Result<Syntax>(Syntax::rdf_xml);
  }
  if (local == "rdf") return Result<Syntax>(Syntax::rdf_xml);
  if (xml && !root.empty()) {
    return Result<Syntax>(Error{ErrorCode::unsupported,
                                "the answer is XML with root <" + std::string(root) + ">, not RDF/XML", "",
                                "ask the portal for its RDF/XML or Turtle export", "not_a_catalog"});
  }
  return std::nullopt;
}

// `<iri> <iri> …` and nothing that only Turtle has: N-Triples is also Turtle, so either reader reads it.
bool looks_like_ntriples(std::string_view line) {
  const auto first = line.find('>');
  if (!line.starts_with("<") || first == line.npos) return line.starts_with("_:") && line.find(" <") != line.npos;
  const std::string_view rest = skip_blank(line.substr(first + 1));
  return rest.starts_with("<") && rest.find("> ") != rest.npos && line.ends_with('.');
}

}  // namespace

std::string_view to_string(Syntax syntax) {
  switch (syntax) {
    case Syntax::turtle:
      return "Turtle";
    case Syntax::ntriples:
      return "N-Triples";
    case Syntax::rdf_xml:
      return "RDF/XML";
    case Syntax::json_ld:
      return "JSON-LD";
  }
  return "";
}

std::string_view media_type(Syntax syntax) {
  switch (syntax) {
    case Syntax::turtle:
      return "text/turtle";
    case Syntax::ntriples:
      return "application/n-triples";
    case Syntax::rdf_xml:
      return "application/rdf+xml";
    case Syntax::json_ld:
      return "application/ld+json";
  }
  return "";
}

std::optional<Syntax> syntax_of_extension(std::string_view extension) {
  return look_up(extensions, lower_ascii(extension));
}

std::optional<Syntax> syntax_of_media_type(std::string_view header) {
  return look_up(media_types, parse_media_type(header).type);
}

std::optional<Result<Syntax>> syntax_of_content(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    return Result<Syntax>(Syntax::rdf_xml);  // UTF-16: of these syntaxes only XML may be
  }
  for (std::string_view text = skip_blank(head); !text.empty(); text = skip_blank(text)) {
    if (text.front() == '#') {  // a comment of Turtle
      const auto end = text.find('\n');
      if (end == text.npos) return std::nullopt;
      text.remove_prefix(end);
      continue;
    }
    if (text.front() == '{') return Result<Syntax>(Syntax::json_ld);
    if (text.front() == '[') {
      const std::string_view rest = skip_blank(text.substr(1));
      if (rest.starts_with("{") || rest.starts_with("]")) return Result<Syntax>(Syntax::json_ld);
      return Result<Syntax>(Syntax::turtle);
    }
    if (text.front() == '@' || starts_with_word(text, "prefix ") || starts_with_word(text, "base ")) {
      return Result<Syntax>(Syntax::turtle);
    }
    const std::string_view line = trim(text.substr(0, text.find('\n')));
    if (looks_like_ntriples(line)) return Result<Syntax>(Syntax::ntriples);
    if (text.front() != '<') return std::nullopt;
    if (auto markup = syntax_of_markup(text)) return markup;
    // "<" and an absolute IRI: Turtle that needs no prefix.
    const auto close = line.find('>');
    if (close != line.npos && line.substr(0, close).find("://") != line.npos &&
        line.substr(0, close).find_first_of(" =\"") == line.npos) {
      return Result<Syntax>(Syntax::turtle);
    }
    return std::nullopt;
  }
  return std::nullopt;
}

Result<Syntax> recognise(std::string_view head, std::string_view content_type, std::string_view address) {
  if (auto content = syntax_of_content(head)) return *content;
  if (auto syntax = syntax_of_media_type(content_type)) return *syntax;
  if (parse_media_type(content_type).type == "text/html") return html_error();
  address = address.substr(0, address.find_first_of("?#"));
  const auto dot = address.rfind('.');
  if (dot != address.npos) {
    if (auto syntax = syntax_of_extension(address.substr(dot + 1))) return *syntax;
  }
  return Error{ErrorCode::invalid_input,
               "neither the content nor the media type nor the name says which RDF syntax this is", "",
               "set the option \"format\" of the source", "not_a_catalog"};
}

}  // namespace moisson::rdf
