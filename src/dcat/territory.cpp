#include "dcat/territory.h"

#include "core/hash.h"
#include "core/text.h"
#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/territory_table.h"

#include <algorithm>
#include <charconv>

namespace moisson::dcat {
namespace {

template <class Row>
void each_row(std::string_view file, std::size_t columns, Row&& read) {
  std::string_view text = embedded(file);
  std::vector<std::string_view> cells(columns);
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty() || line.front() == '#') continue;
    std::string_view rest = line;
    for (auto& cell : cells) {
      cell = rest.substr(0, rest.find('\t'));
      rest.remove_prefix(std::min(rest.size(), cell.size() + 1));
    }
    read(cells);
  }
}

std::uint32_t number(std::string_view digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

TerritoryKind kind_of(std::string_view key) {
  using enum TerritoryKind;
  static constexpr std::pair<std::string_view, TerritoryKind> beginnings[] = {
      {"country-group:", group},        {"country:", country},
      {"country-subset:", subset},      {"fr:region:", region},
      {"fr:departement:", departement}, {"fr:collectivite:", collectivite},
      {"fr:commune:", commune},         {"fr:epci:", epci}};
  for (const auto& [beginning, kind] : beginnings)
    if (key.starts_with(beginning)) return kind;
  return group;
}

std::optional<BoundingBox> box_of(std::string_view cell) {
  const auto edges = split(cell, ',');
  if (edges.size() != 4) return std::nullopt;
  double degrees[4] = {};
  for (std::size_t i = 0; i < 4; ++i) std::from_chars(edges[i].data(), edges[i].data() + edges[i].size(), degrees[i]);
  return BoundingBox{degrees[0], degrees[1], degrees[2], degrees[3]};
}

// "CC du Pays de Pontchâteau" is also called "Pays de Pontchâteau".
std::string_view without_form(std::string_view epci) {
  for (const std::string_view form : {"CC ", "CA ", "CU "})
    if (epci.starts_with(form)) return epci.substr(form.size());
  return epci;
}

}  // namespace

std::string bare_name(std::string_view name) {
  static constexpr std::string_view articles[] = {"de", "la", "le", "les", "l", "du", "des", "d"};
  constexpr int most_articles = 3;  // "de", "la", and another
  std::string words = comparable(name);
  std::size_t begin = 0;
  for (int i = 0; i < most_articles; ++i) {
    const auto end = words.find(' ', begin);
    if (end == std::string::npos) break;
    const auto first = std::string_view(words).substr(begin, end - begin);
    if (std::find(std::begin(articles), std::end(articles), first) == std::end(articles)) break;
    begin = end + 1;
  }
  return words.substr(begin);
}

TerritoryTable::TerritoryTable() {
  // First every territory, then what refers to another by its key: a reserve that holds keeps the pointers true.
  constexpr std::size_t most_territories = 40'000;
  all_.reserve(most_territories);
  struct Within {
    std::size_t row;
    std::string key;
  };
  std::vector<Within> within;
  const auto add = [&](std::string key, std::string_view fr, std::string_view en) -> Territory& {
    auto& made = all_.emplace_back();
    made.kind = kind_of(key);
    made.key = std::move(key);
    made.name_fr = fr;
    made.name_en = en.empty() ? fr : en;
    by_key_.emplace(made.key, &made);
    name(fr, made);
    if (!en.empty()) name(en, made);
    return made;
  };
  for (const auto file : {"countries.tsv", "departements.tsv"})
    each_row(file, 6, [&](const auto& row) {
      auto& made = add(std::string(row[0]), row[1], row[2]);
      for (const auto outer : split(row[3], ';')) within.push_back({all_.size() - 1, std::string(outer)});
      if (const auto box = box_of(row[4])) boxes_.push_back({*box, &made});
      for (const auto other : split(row[5], ';')) name(other, made);
    });
  each_row("epci.tsv", 5, [&](const auto& row) {
    auto& made = add("fr:epci:" + std::string(row[0]), row[1], {});
    made.population = number(row[4]);
    within.push_back({all_.size() - 1, std::string(row[3])});
    by_siren_.emplace(row[0], &made);
    if (const auto short_name = without_form(row[1]); short_name != row[1]) name(short_name, made);
  });
  each_row("communes.tsv", 7, [&](const auto& row) {
    auto& made = add("fr:commune:" + std::string(row[0]), row[1], {});
    made.population = number(row[6]);
    if (!row[3].empty()) within.push_back({all_.size() - 1, "fr:commune:" + std::string(row[3])});
    if (!row[4].empty()) within.push_back({all_.size() - 1, "fr:epci:" + std::string(row[4])});
    within.push_back({all_.size() - 1, std::string(row[2])});
    if (!row[5].empty()) by_siren_.emplace(row[5], &made);
  });
  each_row("territories.tsv", 6, [&](const auto& row) {
    const Territory* known = find(row[0]);
    if (known == nullptr) {
      known = &add(std::string(row[0]), row[1], row[2]);
      for (const auto outer : split(row[3], ';')) within.push_back({all_.size() - 1, std::string(outer)});
      if (const auto box = box_of(row[4])) boxes_.push_back({*box, known});
    }
    for (const auto other : split(row[5], ';')) name(other, *known);
  });
  for (const auto& [row, key] : within)
    if (const Territory* outer = find(key)) all_[row].within.push_back(outer);
  each_row("former_communes.tsv", 3, [&](const auto& row) {
    const Territory* now = find("fr:commune:" + std::string(row[2]));
    if (now == nullptr) return;
    former_.push_back("fr:commune:" + std::string(row[0]));
    by_key_.emplace(former_.back(), now);
  });
  each_row("territory_ids.tsv", 2, [&](const auto& row) {
    if (const Territory* known = find(row[1])) by_id_.emplace(row[0], known);
  });
  std::sort(names_.begin(), names_.end());
}

void TerritoryTable::name(std::string_view name, const Territory& territory) {
  if (const auto bare = bare_name(name); !bare.empty()) names_.emplace_back(hash64(bare), &territory);
}

const Territory* TerritoryTable::find(std::string_view key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : found->second;
}

const Territory* TerritoryTable::with_id(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const Territory* TerritoryTable::with_siren(std::string_view siren) const {
  const auto found = by_siren_.find(siren);
  return found == by_siren_.end() ? nullptr : found->second;
}

std::vector<const Territory*> TerritoryTable::named(std::string_view bare) const {
  std::vector<const Territory*> found;
  const auto hash = hash64(bare);
  for (auto at =
           std::lower_bound(names_.begin(), names_.end(), std::pair{hash, static_cast<const Territory*>(nullptr)});
       at != names_.end() && at->first == hash; ++at)
    if (std::find(found.begin(), found.end(), at->second) == found.end()) found.push_back(at->second);
  return found;
}

const TerritoryTable& territory_table() {
  static const TerritoryTable made;
  return made;
}

const Territory* territory(std::string_view key) {
  const auto& table = territory_table();
  if (const Territory* found = table.find(key)) return found;
  if (key.size() > 100) return nullptr;
  std::string spelled(key.substr(0, key.find('@')));
  std::replace(spelled.begin(), spelled.end(), '/', ':');
  return table.find(spelled);
}

const Territory* territory_with_siren(std::string_view siren) {
  constexpr std::size_t siren_digits = 9, siret_digits = 14;
  if (siren.size() == siret_digits) siren = siren.substr(0, siren_digits);
  return siren.size() == siren_digits ? territory_table().with_siren(siren) : nullptr;
}

std::vector<const Territory*> containing(const Territory& territory) {
  std::vector<const Territory*> found(territory.within);
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const Territory* outer : found[i]->within)
      if (std::find(found.begin(), found.end(), outer) == found.end()) found.push_back(outer);
  return found;
}

bool lies_within(const Territory& inner, const Territory& outer) {
  return &inner == &outer || std::any_of(inner.within.begin(), inner.within.end(),
                                         [&](const Territory* next) { return lies_within(*next, outer); });
}

std::vector<const Territory*> territories_named(std::string_view name, unsigned kinds, const Territory* near) {
  constexpr std::size_t longest_name = 200;
  if (name.size() > longest_name) return {};
  auto found = territory_table().named(bare_name(name));
  std::erase_if(found, [&](const Territory* each) { return (kinds & (1U << static_cast<unsigned>(each->kind))) == 0; });
  if (near != nullptr) {
    const auto meets = [&](const Territory* each) { return lies_within(*each, *near) || lies_within(*near, *each); };
    if (std::any_of(found.begin(), found.end(), meets))
      std::erase_if(found, [&](const Territory* each) { return !meets(each); });
  }
  std::sort(found.begin(), found.end(), [](const Territory* a, const Territory* b) {
    return a->kind != b->kind ? a->kind < b->kind : a->population > b->population;
  });
  return found;
}

const Territory* territory_named(std::string_view name, unsigned kinds, const Territory* near) {
  constexpr std::uint32_t dominance = 20;
  const auto found = territories_named(name, kinds, near);
  if (found.empty()) return nullptr;
  if (found.size() == 1 || found[1]->kind != found[0]->kind) return found[0];
  return found[0]->population / dominance > found[1]->population ? found[0] : nullptr;
}

}  // namespace moisson::dcat
