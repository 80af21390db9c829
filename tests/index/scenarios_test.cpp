// What citizens type, asked of a part of the real catalogue. One test: the index is built once, and each row tells itself.
#include "real_catalog.h"

#include "core/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index::test {
namespace {

using search::Field;
using search::Results;

// A list of titles for a failed check.
std::string titles(const Results& results) {
  std::string out = std::to_string(results.total) + " results:";
  for (const auto& hit : results.hits) out += "\n  " + hit.title.value;
  return out;
}

using Check = std::function<bool(const Results&)>;

bool says(const search::Hit& hit, std::string_view folded) {
  return fold(hit.title.value).find(folded) != std::string::npos;
}

// One of the first `most` titles says so (folded).
Check among(std::size_t most, std::string folded) {
  return [=](const Results& results) {
    const auto end = results.hits.begin() + static_cast<std::ptrdiff_t>(std::min(most, results.hits.size()));
    return std::any_of(results.hits.begin(), end, [&](const auto& hit) { return says(hit, folded); });
  };
}
Check first(std::string folded) { return among(1, std::move(folded)); }

Check both(Check a, Check b) {
  return [=](const Results& results) { return a(results) && b(results); };
}

Check each(std::function<bool(const search::Hit&)> test) {
  return [=](const Results& results) {
    return !results.hits.empty() && std::all_of(results.hits.begin(), results.hits.end(), test);
  };
}
Check in_format(std::string format) {
  return each(
      [=](const auto& hit) { return std::find(hit.formats.begin(), hit.formats.end(), format) != hit.formats.end(); });
}
Check of_publisher(std::string key) {
  return each([=](const auto& hit) { return !hit.publisher.empty() && hit.publisher.front().value == key; });
}
Check meaning(std::string corrected) {
  return [=](const Results& results) {
    return results.corrected && results.did_you_mean == corrected && results.total > 0;
  };
}
Check nothing() {
  return [](const Results& results) { return results.total == 0 && results.did_you_mean.empty(); };
}

struct Scenario {
  std::string_view what, typed;
  Check check;
  std::vector<search::Filter> filters = {};
};

std::vector<Scenario> scenarios() {
  return {
      {"the name", "Base Adresse Nationale", first("base adresse nationale")},
      {"capitals", "BASE ADRESSE NATIONALE", first("base adresse nationale")},
      {"no accents", "repertoire national des associations", first("repertoire national des associations")},
      {"a slip", "base adrese nationale", both(meaning("base adresse nationale"), first("base adresse nationale"))},
      {"letters swapped", "demandes de valeurs foncirèes", first("demandes de valeurs foncieres")},
      {"two words as one", "baseadresse", among(5, "base adresse")},
      {"plural", "codes postaux", first("codes postaux")},
      {"singular", "code postal", first("codes postaux")},
      {"an acronym", "RNA", first("repertoire national des associations")},
      {"an acronym in small letters", "dvf", first("demandes de valeurs foncieres")},
      {"an acronym with dots", "R.N.A.", first("repertoire national des associations")},
      {"a name for its acronym", "registre parcellaire graphique", among(10, "rpg")},
      {"elision", "l'annuaire de l'éducation", among(3, "annuaire de l'education")},
      {"typographic apostrophes", "l’annuaire de l’éducation", among(3, "annuaire de l'education")},
      {"an English word", "drinking water", among(3, "eau du robinet")},
      {"an English word for a register", "first names", among(5, "prenoms")},
      {"an everyday word", "accident de la route", among(5, "accident")},
      {"another everyday word", "prix de l'essence", among(5, "carburant")},
      {"a place in words", "arbres Paris", among(10, "arbres")},
      {"a place as filter", "", each([](const auto&) { return true; }), {{Field::territory, {"fr:region:53"}}}},
      {"a publisher's name in the question", "gares SNCF", among(3, "gares")},
      {"a publisher by its field", "producteur:insee", of_publisher("insee")},
      {"a format by filter", "élections", in_format("csv"), {{Field::format, {"csv"}}}},
      {"a format by its field", "format:csv élections", in_format("csv")},
      {"either of two formats", "élections format:csv OR format:xlsx", each([](const auto& hit) {
         return std::any_of(hit.formats.begin(), hit.formats.end(),
                            [](const auto& f) { return f == "csv" || f == "xlsx"; });
       })},
      {"an excluded word", "élections -municipales", each([](const auto& hit) { return !says(hit, "municipales"); })},
      {"a phrase", "\"valeurs foncières\"", first("valeurs foncieres")},
      {"a beginning", "bibliothèqu*", among(10, "biblioth")},
      {"years", "modified:2024..2026",
       each([](const auto& hit) { return hit.modified && format_rfc3339(hit.modified->instant) >= "2024"; })},
      {"a number", "loi de finances 2016", among(10, "finances")},
      {"a hyphen", "Île-de-France", among(5, "ile-de-france")},
      {"stop words alone", "de la", [](const Results& results) { return results.total > 0; }},
      {"stop words around", "la liste des gares de la SNCF", among(3, "gares")},
      {"nothing typed", "", [](const Results& results) { return results.total > 1'000 && !results.hits.empty(); }},
      {"nonsense", "zzqxv kwyjb", nothing()},
      {"nonsense beside a word", "gares zzqxvw", among(5, "gares")},
      {"signs", "((\" -- : *", [](const Results&) { return true; }},
  };
}

}  // namespace

TEST(Scenarios, FindWhatACitizenTypes) {
  const RealCatalog catalog;
  if (catalog.snapshot() == nullptr) GTEST_SKIP() << "no fixtures";
  for (const auto& scenario : scenarios()) {
    auto query = asking(std::string(scenario.typed));
    query.filters = scenario.filters;
    const auto results = catalog.snapshot()->search(query);
    ASSERT_TRUE(results) << scenario.what;
    EXPECT_TRUE(scenario.check(*results))
        << scenario.what << ": " << scenario.typed << "\ndid you mean \"" << results->did_you_mean << "\"\n"
        << titles(*results);
  }
  // What is typed one way or the other finds the same.
  const auto total = [&](std::string text) { return catalog.snapshot()->search(asking(std::move(text)))->total; };
  EXPECT_EQ(total("Saint-Denis"), total("saint denis"));
  EXPECT_EQ(total("œuvres d’art"), total("oeuvres d'art"));
  EXPECT_EQ(total("ÉCOLES"), total("ecoles"));

  // Suggestions: of each kind, and with a slip.
  const auto kinds = [&](std::string_view typed) {
    std::vector<std::string> found;
    for (const auto& each : *catalog.snapshot()->suggest(typed, "fr", 10)) found.push_back(each.kind);
    return found;
  };
  const auto has = [](const std::vector<std::string>& all, const std::string& kind) {
    return std::find(all.begin(), all.end(), kind) != all.end();
  };
  EXPECT_TRUE(has(kinds("base adr"), "dataset"));
  EXPECT_TRUE(has(kinds("institut nat"), "publisher") || has(kinds("insee"), "publisher"));
  EXPECT_TRUE(has(kinds("environ"), "theme"));
  EXPECT_TRUE(has(kinds("breta"), "territory"));
  EXPECT_TRUE(has(kinds("adrese"), "dataset"));
  EXPECT_TRUE(kinds("zzqxv").empty());
}

}  // namespace moisson::index::test
