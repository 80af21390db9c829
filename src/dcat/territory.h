// Territories: which place a record is about, as one of a closed set with its containing ones (commune → EPCI, département →
// région → country → continent), from whatever a portal states. Keys are those of udata's geographic zones ("fr:commune:13055",
// "fr:epci:200054807", "fr:departement:13", "fr:region:93", "country:fr", "country-group:ue"). Tables: config/vocab/territories.tsv
// and the files beside it. The first call of the process reads them (about 30 ms). Pure, thread-safe; views live for the program.
#pragma once

#include <moisson/dcat/record.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::dcat {

// From the widest to the narrowest: of several territories of one name the first kind is meant.
enum class TerritoryKind : std::uint8_t { group, country, subset, region, departement, collectivite, commune, epci };

struct Territory {
  std::string key;
  TerritoryKind kind = TerritoryKind::group;
  std::string_view name_fr;
  std::string_view name_en;
  std::uint32_t population = 0;          // of communes and EPCI
  std::vector<const Territory*> within;  // the next containing ones
};

// By its key, also as older udata wrote it ("fr/commune/13055", "fr:commune:13055@1942-01-01"); nullptr: none.
const Territory* territory(std::string_view key);

// By a SIREN (or the SIREN of a SIRET) of a commune or EPCI. nullptr: none.
const Territory* territory_with_siren(std::string_view siren);

// Everything that it lies within, nearest first; not itself.
std::vector<const Territory*> containing(const Territory& territory);
bool lies_within(const Territory& inner, const Territory& outer);  // or is the same

// All of such a name, in any spelling, by kind, those with the most people first. Where some meet `near` (may be
// nullptr), these alone. `kinds`: bits 1 << TerritoryKind.
inline constexpr unsigned every_kind = ~0U;
std::vector<const Territory*> territories_named(std::string_view name, unsigned kinds = every_kind,
                                                const Territory* near = nullptr);

// By its name, in any spelling. Namesakes of one kind: the one that meets `near` (may be nullptr), else the one that has twenty times
// the people of the next; else none.
const Territory* territory_named(std::string_view name, unsigned kinds = every_kind, const Territory* near = nullptr);

// The territories that a stated place names: by its IRI (EU authority tables, NUTS, GeoNames, Wikidata, INSEE, udata), else its
// label ("Bouches-du-Rhône (13)", "Lyon, France", a list), else by its box if that is nearly a country's (seven tenths in common).
// Of a place that is not in the tables but in one that is (a NUTS region of Italy), the latter. `near` as above.
std::vector<const Territory*> territories_of(const Location& stated, const Territory* near = nullptr);

}  // namespace moisson::dcat
