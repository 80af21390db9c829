// Citation: how to name a record in somebody's work, as a sentence's parts and as files for reference managers. Pure.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

#include <string>
#include <string_view>

namespace moisson::web {

struct Citation {
  std::string author;  // its publisher, else the portal that lists it
  std::string year;    // of the data; empty if not stated
  std::string title;
  std::string site;       // this catalog
  std::string address;    // the record's, absolute
  std::string version;    // empty if not stated
  std::string language;   // BCP 47, empty if not known
  std::string consulted;  // 2026-01-16
  std::string key;        // the record's id
};

Citation citation_of(const Sheet& sheet);

// An entry of BibTeX, in UTF-8 as biber reads it; what TeX would take for commands is escaped.
std::string bibtex(const Citation& citation);

// A record of RIS (type DATA), one tag a line, CRLF as its readers expect.
std::string ris(const Citation& citation);

// The sentence on the record's page, with links to both files.
void cite(const Sheet& sheet, Model& model);

}  // namespace moisson::web
