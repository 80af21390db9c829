// Normalisation: what we conclude from what a portal says, by the tables of config/vocab/, written into the record beside what it
// says. The one place where that happens; harvest, preview and remap go through it (store/draft.h). What a table chose is marked as
// guessed where the record does not state it. Pure, thread-safe.
#pragma once

#include <moisson/dcat/record.h>

#include <cstdint>
#include <string>

namespace moisson::dcat {

// What the record's source says of its records, for those that do not say it themselves.
struct NormaliseDefaults {
  std::string source;     // its id: publishers that nothing reconciles are its own
  std::string language;   // BCP 47; empty: not known
  std::string territory;  // a key of territory.h; empty: none
};

void normalise(Record& record, const NormaliseDefaults& defaults);

// Another number whenever a table or a rule of normalise() is another.
std::uint64_t vocabulary_version();

}  // namespace moisson::dcat
