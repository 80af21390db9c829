// Normalisation by tables: what portals write → the value that we filter and count by. The tables are files of
// config/vocab/, compiled in; each row names its source. Pure, thread-safe.
#pragma once

#include <moisson/dcat/record.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::dcat {

// A key with what people read.
struct Term {
  std::string_view key;
  std::string_view label_fr;
  std::string_view label_en;
};

// EU data themes: key "ENVI" from an IRI, a code or a label in any language. nullptr: none.
const Term* theme(const Concept& stated);
std::span<const Term> all_themes();
std::string theme_iri(std::string_view key);

// File formats: key "csv", "geojson", "shp" … from IRI, media type, extension or loose spelling.
struct Format {
  std::string_view key;
  std::string_view label;   // "CSV", "GeoJSON"
  std::string_view family;  // tabular, geographic, machine_readable, document, other
  std::string_view media_type;
  std::string_view iri;  // of the EU authority table; empty: it does not hold it
};
const Format* format(const Concept& stated);
const Format* format_of(const Distribution& distribution);  // format, else media type, else the URL's extension
std::span<const Term> all_format_families();

// Licences: key "lov2", "odbl", "cc-by-4.0" … with whether it is open (Open Definition 2.1).
struct Licence {
  std::string_view key;
  std::string_view label;
  std::string_view iri;
  bool open = false;
};
const Licence* licence(const Concept& stated);
const Licence* named_licence(const Concept& stated);  // the same; nullptr for terms of the portal's own, too
// The record's licence: its own, else its distributions'.
std::optional<Concept> licence_of(const Record& record);

// Update frequencies: key "daily", "monthly", … (EU authority table, CKAN and data.gouv.fr words).
const Term* frequency(const Concept& stated);

// The address of a frequency in the EU authority table.
std::string frequency_iri(std::string_view key);

// Access rights: key "PUBLIC", "RESTRICTED", "NON_PUBLIC" of the EU authority table. nullptr: none.
const Term* access_rights(const Concept& stated);
std::string access_rights_iri(std::string_view key);

// Whether all that it says is that the value of the field ("licence", "format") is not known ("License Not Specified").
bool says_unknown(std::string_view field, const Concept& stated);

// Words for any key of any table above, by field name ("theme", "format_family", "frequency", "language", "type", "open").
// The key itself where there is none.
std::string label(std::string_view field, std::string_view key, std::string_view language);

}  // namespace moisson::dcat
