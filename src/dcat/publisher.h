// Publishers: every spelling of one body under one key. Reconciled by SIREN or SIRET; by an IRI that a table knows; then, marked as guessed,
// by a name of the alias table (config/vocab/publishers.tsv), or because the name says which official territory's authority or service it is
// ("Mairie de Nantes", "DDT de la Drôme"; publisher_forms.tsv), or is such a body's own ("Toulouse Métropole"). Never by an equal name alone:
// of namesakes none is meant, nothing goes by name where the source is of another country, and what nothing reconciles goes by its IRI, or is
// its source's own.
// Pure, thread-safe; views live for the program.
#pragma once

#include <moisson/dcat/record.h>

#include <string>
#include <string_view>
#include <vector>

namespace moisson::dcat {

struct Territory;

// What is known of a body.
struct PublisherFacts {
  std::string key;                       // empty: it has neither name nor number
  const Territory* territory = nullptr;  // that it serves; nullptr: not known
  bool guessed = false;                  // concluded from its name
};

// `source`: the id of the source that names it. `near`: where the source is; tells namesakes apart.
PublisherFacts publisher(const Agent& stated, std::string_view source, const Territory* near);

// What to call the body of a key, whatever its records call it: "Insee", "Nantes (commune)". Empty: as its records do.
std::string publisher_name(std::string_view key, std::string_view language);

// Each body of the alias table that has several names: its names, the usual one first.
std::vector<std::vector<std::string_view>> publisher_names();

}  // namespace moisson::dcat
