#include "web/citation.h"

#include "core/text.h"
#include "web/calendar.h"
#include "web/typography.h"

namespace moisson::web {
namespace {

// One line, whatever the publisher wrote: a line break would begin another field.
std::string one_line(std::string_view text) {
  std::string out;
  for (std::string_view part : split(text, '\n'))
    if (part = trim(part); !part.empty()) (out += out.empty() ? "" : " ") += part;
  return out;
}

// The characters that TeX reads as commands (The TeXbook, chapter 7), so that a title stays a title.
std::string tex(std::string_view text) {
  std::string out;
  for (char c : one_line(text)) switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '{':
      case '}':
      case '%':
      case '&':
      case '$':
      case '#':
      case '_':
        (out += '\\') += c;
        break;
      default:
        out += c;
    }
  return out;
}

}  // namespace

Citation citation_of(const Sheet& sheet) {
  const std::string publisher = sheet.publisher();
  const auto& dated = sheet.common().modified ? sheet.common().modified : sheet.common().issued;
  return {.author = publisher.empty() ? shown(sheet.source.source.title) : publisher,
          .year = dated ? format_moment(*dated).substr(0, 4) : std::string(),
          .title = sheet.title(),
          .site = sheet.page.context().title,
          .address = sheet.links().dataset(sheet.stored.id),
          .version = sheet.common().version,
          .language = sheet.language,
          .consulted = format_rfc3339(sheet.page.now()).substr(0, 10),
          .key = sheet.stored.id};
}

std::string bibtex(const Citation& citation) {
  std::string out = "@dataset{" + citation.key;
  // Braces around the whole keep an organisation's name whole, and a title's capitals.
  const auto field = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) (((out += ",\n  ") += name) += " = {") += value + "}";
  };
  field("author", "{" + tex(citation.author) + "}");
  field("title", "{" + tex(citation.title) + "}");
  field("year", citation.year);
  field("version", tex(citation.version));
  field("publisher", tex(citation.site));
  field("langid", citation.language);
  field("url", citation.address);
  field("urldate", citation.consulted);
  return out + "\n}\n";
}

std::string ris(const Citation& citation) {
  std::string out;
  const auto field = [&](std::string_view tag, const std::string& value) {
    if (!value.empty()) ((out += tag) += "  - ") += one_line(value) + "\r\n";
  };
  field("TY", "DATA");
  field("AU", citation.author);
  field("TI", citation.title);
  field("PY", citation.year);
  field("ET", citation.version);
  field("PB", citation.site);
  field("LA", citation.language);
  field("UR", citation.address);
  std::string day = citation.consulted;
  for (char& c : day)
    if (c == '-') c = '/';
  field("Y2", day);
  return out + "ER  - \r\n";
}

void cite(const Sheet& sheet, Model& model) {
  const Citation citation = citation_of(sheet);
  model.set("CITE_AUTHOR", citation.author)
      .set("CITE_CONSULTED", sheet.words().fill("dataset.consulted", {{"date", day(sheet.words(), sheet.page.now())}}))
      .set("CITE_URL", citation.address)
      .maybe("CITE_YEAR", citation.year);
  model.set("BIBTEX_URL", sheet.page.plain(sheet.links().dataset_as(sheet.stored.id, "bib")))
      .set("RIS_URL", sheet.page.plain(sheet.links().dataset_as(sheet.stored.id, "ris")));
}

}  // namespace moisson::web
