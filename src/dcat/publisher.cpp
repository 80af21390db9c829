#include "dcat/publisher.h"

#include "core/text.h"
#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/territory.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace moisson::dcat {
namespace {

enum Column : std::size_t { key, name, territory_key, siren, organisations, aliases, source, columns };
enum FormColumn : std::size_t { form, kind, body, form_source, form_columns };

constexpr std::size_t longest_name = 200;  // bytes; of keys too

const WordTable& bodies() {
  static const WordTable made(embedded("publishers.tsv"), columns, {key, name, siren, organisations, aliases});
  return made;
}

const WordTable& forms() {
  static const WordTable made(embedded("publisher_forms.tsv"), form_columns, {form});
  return made;
}

constexpr unsigned bit(TerritoryKind each) { return 1U << static_cast<unsigned>(each); }

// The kinds that a form speaks of.
unsigned kinds_of(std::string_view word) {
  using enum TerritoryKind;
  if (word == "commune") return bit(commune);
  if (word == "departement") return bit(departement) | bit(collectivite);
  if (word == "region") return bit(region) | bit(collectivite);
  return bit(epci);
}

std::string dashed(std::string_view words) {
  std::string out = comparable(cut(words, longest_name));
  std::replace(out.begin(), out.end(), ' ', '-');
  return out;
}

// A service of a territory, or, without a body, the territory's own authority: "ddt-fr-departement-38", "fr-commune-44109".
PublisherFacts serving(const Territory& territory, std::string_view body) {
  return {body.empty() ? dashed(territory.key) : dashed(body) + '-' + dashed(territory.key), &territory, false};
}

// The territory of such a key, and what stands before it.
std::pair<const Territory*, std::string_view> served(std::string_view publisher_key) {
  const auto at = publisher_key.starts_with("fr-") ? 0 : publisher_key.find("-fr-");
  if (at == std::string_view::npos) return {};
  const auto before = publisher_key.substr(0, at);
  std::string place(publisher_key.substr(at == 0 ? 0 : at + 1));
  std::replace(place.begin(), place.end(), '-', ':');
  for (auto& c : std::span(place).subspan(place.rfind(':') + 1))
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c & ~0x20);  // 2A, 2B
  return {territory(place), before};
}

std::optional<PublisherFacts> in_table(std::string_view word) {
  const auto row = bodies().find(word);
  if (!row) return std::nullopt;
  const auto& found = bodies().rows()[*row];
  return PublisherFacts{std::string(found[key]), territory(found[territory_key]), false};
}

// Of such a name, if it has no namesake of its kind: that one has more people does not say whose authority it is.
const Territory* only_one_named(std::string_view words, unsigned kinds, const Territory* near) {
  const auto all = territories_named(words, kinds, near);
  return all.size() == 1 || (all.size() > 1 && all[0]->kind != all[1]->kind) ? all.front() : nullptr;
}

// "direction departementale des territoires de la drome": the longest form at the beginning, and what follows it.
std::optional<PublisherFacts> after_form(std::string_view words, const Territory* near) {
  constexpr std::size_t longest_form = 120;  // bytes
  for (auto end = words.rfind(' ', longest_form); end != std::string_view::npos && end > 0;
       end = words.rfind(' ', end - 1)) {
    const auto row = forms().find(words.substr(0, end));
    if (!row) continue;
    const auto& found = forms().rows()[*row];
    if (const Territory* place = only_one_named(words.substr(end + 1), kinds_of(found[kind]), near))
      return serving(*place, found[body]);
  }
  return std::nullopt;
}

// The kinds that a name speaks of by a word of its own: "toulouse metropole", "cc du pays de pontchateau", "region sud". Without such a
// word a territory's name is also a landscape's, a town's or a tourist office's.
unsigned kinds_said(std::string_view words) {
  constexpr std::string_view forms_of_epci[] = {"agglo", "agglomeration", "agglopole", "ca", "cc", "communaute",
                                                "cu",    "intercom",      "metropole"};
  unsigned kinds = 0;
  for (const auto word : split(words, ' ')) {
    if (word == "region" || word == "departement") kinds |= kinds_of(word);
    if (std::find(std::begin(forms_of_epci), std::end(forms_of_epci), word) != std::end(forms_of_epci))
      kinds |= kinds_of("epci");
  }
  return kinds;
}

std::optional<PublisherFacts> named(std::string_view spelled, const Territory* near) {
  using enum TerritoryKind;
  if (auto known = in_table(spelled)) return known;
  // "(68)", "(DDT51)", "(La Réunion)" say which of several namesakes is meant.
  if (const auto open = spelled.find('('); open != std::string_view::npos && open > 0) {
    const auto inside = spelled.substr(open + 1, spelled.find(')', open) - open - 1);
    const auto digits = inside.find_first_of("0123456789");
    const Territory* said = digits == std::string_view::npos
                                ? territory_named(inside)
                                : territory("fr:departement:" + std::string(cut(inside.substr(digits), 3)));
    if (said != nullptr) near = said;
    spelled = spelled.substr(0, open);
    if (auto known = in_table(spelled)) return known;
  }
  const std::string words = comparable(spelled);
  if (auto found = after_form(words, near)) return found;
  const Territory* own = only_one_named(words, kinds_said(words), near);
  return own == nullptr ? std::nullopt : std::optional(serving(*own, {}));
}

std::optional<PublisherFacts> by_name(std::string_view spelled, const Territory* near) {
  spelled = trim(spelled);
  if (spelled.size() > longest_name) return std::nullopt;
  // The tables are of French bodies, and other countries have an IGN too.
  if (const Territory* home = territory("country:fr");
      near != nullptr && !lies_within(*near, *home) && !lies_within(*home, *near))
    return std::nullopt;
  if (auto whole = named(spelled, near)) return whole;
  // "Conseil départemental de la Haute-Garonne - Haute-Garonne Open Data"
  for (const std::string_view sign : {" - ", " – ", " | ", " : "})
    if (const auto at = spelled.find(sign); at != std::string_view::npos)
      if (auto first = named(spelled.substr(0, at), near)) return first;
  return std::nullopt;
}

// The last digit of a SIREN or SIRET proves the others (Luhn's sum): portals' own numbers do not pass for one.
bool is_proven(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    sum += i % 2 == 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 == 0;
}

// The SIREN of "21440109300015", "130 025 265", "http://…/siren/130025265"; empty if it is none.
std::string siren_of(std::string_view stated) {
  constexpr std::size_t siren_digits = 9, siret_digits = 14;
  std::string digits;
  for (const char c : cut(stated.substr(stated.find_last_of("/:") + 1), 40)) {
    if (c == ' ') continue;
    if (c < '0' || c > '9') return {};
    digits += c;
  }
  if ((digits.size() != siren_digits && digits.size() != siret_digits) || !is_proven(digits)) return {};
  return digits.substr(0, siren_digits);
}

std::optional<PublisherFacts> by_number(std::string_view stated) {
  const std::string number = siren_of(stated);
  if (number.empty()) return std::nullopt;
  if (auto known = in_table(number)) return known;
  if (const Territory* owner = territory_with_siren(number)) return serving(*owner, {});
  return PublisherFacts{"siren-" + number, nullptr, false};
}

// By the address of an organisation of data.gouv.fr, with its id or its slug:
// "https://www.data.gouv.fr/fr/organizations/ademe/", "https://www.data.gouv.fr/api/1/organizations/534fff4ca3a7292c64a77c95/".
std::optional<PublisherFacts> by_iri(std::string_view iri) {
  constexpr std::string_view host = "://www.data.gouv.fr/", folder = "/organizations/";
  const auto at = iri.find(folder);
  if (at == iri.npos || iri.find(host) > at) return std::nullopt;
  auto id = iri.substr(at + folder.size());
  id = id.substr(0, id.find_first_of("/?#"));
  const auto row = bodies().find(id);
  if (!row) return std::nullopt;
  const auto known = split(bodies().rows()[*row][organisations], ';');
  return std::find(known.begin(), known.end(), id) != known.end() ? in_table(id) : std::nullopt;
}

}  // namespace

PublisherFacts publisher(const Agent& stated, std::string_view source_id, const Territory* near) {
  for (const auto& identifier : stated.identifier)
    if (auto found = by_number(identifier)) return *found;
  if (auto found = by_number(stated.iri)) return *found;
  if (auto found = by_iri(stated.iri)) return *found;
  for (const auto& each : stated.name)
    if (auto found = by_name(each.value, near)) {
      found->guessed = true;
      return *found;
    }
  if (!stated.iri.empty()) return {dashed(stated.iri), nullptr, false};
  const auto* words = best(stated.name, "fr");
  const std::string own = words != nullptr            ? dashed(words->value)
                          : stated.identifier.empty() ? std::string()
                                                      : dashed(stated.identifier.front());
  return {own.empty() ? std::string() : std::string(cut(own, 130)) + '_' + std::string(source_id), nullptr, false};
}

std::string publisher_name(std::string_view publisher_key, std::string_view language) {
  using enum TerritoryKind;
  const bool french = language.starts_with("fr");
  if (const auto [place, service] = served(publisher_key); place != nullptr) {
    const std::string name(french ? place->name_fr : place->name_en);
    for (const auto& row : forms().rows())
      if (!service.empty() && !row[body].empty() && dashed(row[body]) == service)
        return name + " (" + std::string(row[body]) + ')';
    if (!service.empty()) return {};
    return name + (place->kind == commune       ? french ? " (commune)" : " (municipality)"
                   : place->kind == departement ? " (département)"
                   : place->kind == region      ? french ? " (région)" : " (region)"
                                                : "");
  }
  const auto row = bodies().find(publisher_key);
  return row && bodies().rows()[*row][key] == publisher_key ? std::string(bodies().rows()[*row][name]) : std::string();
}

std::vector<std::vector<std::string_view>> publisher_names() {
  std::vector<std::vector<std::string_view>> all;
  for (const auto& row : bodies().rows()) {
    std::vector<std::string_view> names{row[name]};
    for (const auto alias : split(row[aliases], ';'))
      if (!alias.empty()) names.push_back(alias);
    if (names.size() > 1) all.push_back(std::move(names));
  }
  return all;
}

}  // namespace moisson::dcat
