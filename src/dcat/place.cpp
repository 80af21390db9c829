// From a stated place to territories: what the registers' addresses look like, and how people write names of places.
#include "core/text.h"
#include "dcat/territory.h"
#include "dcat/territory_table.h"

#include <algorithm>
#include <cctype>

namespace moisson::dcat {
namespace {

constexpr std::size_t most_places = 32;  // of one label
constexpr std::size_t longest_label = 1'000;

const Territory* with_id(std::string_view scheme, std::string_view code) {
  return territory_table().with_id(std::string(scheme).append(":").append(code));
}

// The part after the last slash or number sign that is not empty.
std::string_view last_segment(std::string_view iri) {
  while (iri.ends_with('/')) iri.remove_suffix(1);
  return iri.substr(iri.find_last_of("/#") + 1);
}

std::string_view segment_after(std::string_view iri, std::string_view part) {
  const auto at = iri.find(part);
  if (at == std::string_view::npos) return {};
  iri.remove_prefix(at + part.size());
  return iri.substr(0, iri.find_first_of("/?#"));
}

bool upper_or_digit(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// A NUTS code; of a country whose regions are not in the tables, the country.
const Territory* nuts(std::string_view code) {
  if (code.size() < 2 || code.size() > 5 || !upper_or_digit(code)) return nullptr;
  if (const Territory* found = with_id("nuts", code)) return found;
  return with_id("iso", code.substr(0, 2));
}

// http://id.insee.fr/geo/departement/13, http://rdf.insee.fr/geo/commune/13055, with or without a version behind the code.
const Territory* insee(std::string_view iri) {
  static constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"/geo/commune/", "fr:commune:"},
      {"/geo/departement/", "fr:departement:"},
      {"/geo/region/", "fr:region:"},
      {"/geo/intercommunalite/", "fr:epci:"},
      {"/geo/communeDeleguee/", "fr:commune:"},
      {"/geo/communeAssociee/", "fr:commune:"},
      {"/geo/collectiviteDOutreMer/", "fr:collectivite:"},
      {"/geo/arrondissementMunicipal/", "fr:commune:"}};
  for (const auto& [part, key] : kinds) {
    const auto code = segment_after(iri, part);
    if (!code.empty() && code.size() <= 20) return territory(std::string(key).append(code));
  }
  return iri.find("/geo/pays/france") != std::string_view::npos ? territory("country:fr") : nullptr;
}

const Territory* of_iri(std::string_view iri) {
  if (const Territory* known = territory(iri)) return known;
  const auto holds = [iri](std::string_view part) { return iri.find(part) != std::string_view::npos; };
  const auto last = last_segment(iri);
  if (holds("/authority/country/")) return with_id("iso", last);
  if (holds("/authority/continent/")) return with_id("continent", last);
  // Places and administrative units of the EU's tables begin with their country: ITA_BZO.
  if (holds("/authority/place/") || holds("/authority/atu/")) return with_id("iso", last.substr(0, 3));
  if (holds("nuts")) return nuts(last);
  if (holds("geonames.org/")) return with_id("geonames", segment_after(iri, "geonames.org/"));
  if (holds("wikidata.org/")) return with_id("wikidata", last);
  if (holds("insee.fr/")) return insee(iri);
  return territory(last);
}

// "(13)", "(DDT51)" and "(La Réunion)" say which of several namesakes is meant.
const Territory* hint_of(std::string_view inside) {
  while (!inside.empty() && std::isalpha(static_cast<unsigned char>(inside.front())) != 0 && inside.size() > 3)
    inside.remove_prefix(1);
  if (inside.empty() || inside.size() > 3) return nullptr;
  return territory(std::string("fr:departement:").append(inside));
}

const Territory* of_words(std::string_view words, const Territory* near) {
  words = trim(words);
  if (words.empty()) return nullptr;
  if (words.find(':') != std::string_view::npos || words.find('/') != std::string_view::npos)
    if (const Territory* known = of_iri(words)) return known;
  // "FR", "FRA": codes are written in capitals, words are not.
  if ((words.size() == 2 || words.size() == 3) && upper_or_digit(words))
    if (const Territory* country = with_id("iso", words)) return country;
  if (const auto open = words.find('('); open != std::string_view::npos && open > 0) {
    const auto inside = words.substr(open + 1, words.find(')', open) - open - 1);
    const Territory* hint = hint_of(inside);
    if (hint == nullptr) hint = territory_named(inside);
    if (const Territory* known = territory_named(words.substr(0, open), every_kind, hint != nullptr ? hint : near))
      return known;
  }
  return territory_named(words, every_kind, near);
}

// What a label says before a name: "Région Bretagne", "commune de Nantes". The name then is one of that kind.
const Territory* of_form(std::string_view words, const Territory* near) {
  using enum TerritoryKind;
  static constexpr std::pair<std::string_view, TerritoryKind> forms[] = {{"region ", region},
                                                                         {"departement ", departement},
                                                                         {"commune ", commune},
                                                                         {"ville ", commune},
                                                                         {"pays ", country}};
  const auto folded = fold(cut(trim(words), 200));
  for (const auto& [form, kind] : forms)
    if (folded.starts_with(form))
      return territory_named(std::string_view(folded).substr(form.size()), 1U << static_cast<unsigned>(kind), near);
  return nullptr;
}

const Territory* of_name(std::string_view words, const Territory* near) {
  const Territory* found = of_words(words, near);
  return found != nullptr ? found : of_form(words, near);
}

std::vector<const Territory*> of_label(std::string_view label, const Territory* near) {
  label = cut(label, longest_label);
  if (const Territory* whole = of_name(label, near)) return {whole};
  std::vector<const Territory*> parts;
  bool narrowing = true;  // "Lyon, Rhône, France": each lies within the next, and the first is meant
  while (!label.empty() && parts.size() < most_places) {
    const auto end = std::min(label.find_first_of(",;|>\n"), label.size());
    const Territory* part = end == label.size() && parts.empty() ? nullptr : of_name(label.substr(0, end), near);
    label.remove_prefix(std::min(end + 1, label.size()));
    if (part == nullptr) continue;
    if (!parts.empty() && !lies_within(*parts.back(), *part)) narrowing = false;
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
  if (narrowing && parts.size() > 1) parts.resize(1);
  return parts;
}

double area(const BoundingBox& box) {
  return std::max(0.0, box.east - box.west) * std::max(0.0, box.north - box.south);
}

const Territory* of_box(const BoundingBox& stated) {
  // Share of both together: the tables' boxes hold territorial waters, many portals' do not.
  constexpr double least_common = 0.7;
  const Territory* nearest = nullptr;
  double most = 0;
  for (const auto& [box, territory] : territory_table().boxes()) {
    const BoundingBox common{std::max(box.west, stated.west), std::max(box.south, stated.south),
                             std::min(box.east, stated.east), std::min(box.north, stated.north)};
    const double shared = area(common);
    const double share = shared > 0 ? shared / (area(box) + area(stated) - shared) : 0;
    if (share < least_common || share <= most) continue;
    most = share;
    nearest = territory;
  }
  return nearest;
}

}  // namespace

std::vector<const Territory*> territories_of(const Location& stated, const Territory* near) {
  if (const Territory* known = stated.iri.empty() ? nullptr : of_iri(stated.iri)) return {known};
  for (const auto& label : stated.label)
    if (auto named = of_label(label.value, near); !named.empty()) return named;
  if (const Territory* known = stated.bbox ? of_box(*stated.bbox) : nullptr) return {known};
  return {};
}

}  // namespace moisson::dcat
