#include "catalog.h"

#include <gmock/gmock.h>

namespace moisson::index::test {
namespace {

using search::Field;
using testing::Contains;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

search::Results answer(const Snapshot& snapshot, const search::Query& query) {
  auto results = snapshot.search(query);
  EXPECT_TRUE(results) << query.text;
  return results ? *results : search::Results{};
}

TEST(Search, FindsARecordHoweverItsWordsAreSpelled) {
  Catalog catalog;
  catalog.put(
      {entry(1, "Qualité de l'eau potable"), entry(2, "Résultats des élections"), entry(3, "Bornes de recharge")});
  const auto snapshot = catalog.snapshot();
  for (const auto* text : {"l'eau potable", "l’eau potable", "eau potable", "EAUX POTABLES", "qualite eau",
                           "\"eau potable\"", "title:eau"})
    EXPECT_THAT(rows(answer(*snapshot, asking(text))), ElementsAre(1)) << text;
  EXPECT_THAT(rows(answer(*snapshot, asking("elections"))), ElementsAre(2));
  EXPECT_THAT(rows(answer(*snapshot, asking("élection"))), ElementsAre(2));
}

TEST(Search, StemsEachRecordInItsLanguageAndTheQuestionInAll) {
  Catalog catalog;
  catalog.put({entry(1, "Drinking waters", "", "en"), entry(2, "Las aguas minerales", "", "es"),
               entry(3, "Wasserqualitäten", "", "de"), entry(4, "Les eaux", "", "fr")});
  const auto snapshot = catalog.snapshot();
  EXPECT_THAT(rows(answer(*snapshot, asking("drink water"))), ElementsAre(1));
  EXPECT_THAT(rows(answer(*snapshot, asking("mineral"))), ElementsAre(2));
  EXPECT_THAT(rows(answer(*snapshot, asking("wasserqualität"))), ElementsAre(3));
}

TEST(Search, NeverFailsWhateverIsTyped) {
  Catalog catalog;
  catalog.put({entry(1, "Qualité de l'eau potable")});
  const auto snapshot = catalog.snapshot();
  for (const std::string& text : {std::string("\"eau"), std::string("(((("), std::string("AND OR"),
                                  std::string(10'000, 'a'), std::string("\xff\xfe eau"), std::string("-"),
                                  std::string("-de"), std::string("a\0b", 3), std::string("publisher:")})
    EXPECT_TRUE(snapshot->search(asking(text)));
}

TEST(Search, PutsTheWholeMatchBeforeThePartialOne) {
  Catalog catalog;
  catalog.put({entry(1, "Eau de mer"), entry(2, "Qualité de l'eau potable"), entry(3, "Potable")});
  EXPECT_EQ(rows(answer(*catalog.snapshot(), asking("qualité de l'eau potable"))).front(), 2U);
}

TEST(Search, DoesNotFindByArticlesAlone) {
  Catalog catalog;
  catalog.put({entry(1, "Le port de Marseille"), entry(2, "La gare de Lyon")});
  const auto snapshot = catalog.snapshot();
  EXPECT_THAT(rows(answer(*snapshot, asking("la gare de"))), ElementsAre(2));
  EXPECT_EQ(answer(*snapshot, asking("de")).total, 2U);
}

TEST(Search, ExcludesAndRestricts) {
  Catalog catalog;
  auto second = entry(2, "Eau de mer");
  dataset(second).keyword = {{"Littoral", "fr"}};
  catalog.put({entry(1, "Eau potable"), second});
  const auto snapshot = catalog.snapshot();
  EXPECT_THAT(rows(answer(*snapshot, asking("eau -mer"))), ElementsAre(1));
  EXPECT_THAT(rows(answer(*snapshot, asking("-potable"))), ElementsAre(2));
  EXPECT_THAT(rows(answer(*snapshot, asking("eau keyword:Littoral"))), ElementsAre(2));
  EXPECT_THAT(rows(answer(*snapshot, asking("eau type:series"))), ElementsAre());
}

TEST(Search, MarksWhatMatchedAndSaysWhere) {
  Catalog catalog;
  auto only = entry(1, "Qualité de l'eau potable", "<p>Mesures de la **qualité** des eaux &amp; des sols</p>");
  dataset(only).keyword = {{"eau", "fr"}};
  catalog.put({only});
  const auto results = answer(*catalog.snapshot(), asking("eaux"));
  ASSERT_EQ(results.hits.size(), 1U);
  const auto& hit = results.hits.front();
  EXPECT_EQ(hit.description.value, "Mesures de la qualité des eaux & des sols");
  EXPECT_THAT(hit.title_spans, Contains(search::Span{"eau", true}));
  EXPECT_THAT(hit.snippet, Contains(search::Span{"eaux", true}));
  EXPECT_THAT(hit.found_in, ElementsAre("title", "keyword", "description"));
  std::string whole;
  for (const auto& span : hit.title_spans) whole += span.text;
  EXPECT_EQ(whole, "Qualité de l'eau potable");
}

TEST(Search, ShowsTheNewestFirstWhenNothingIsAsked) {
  Catalog catalog;
  auto old = entry(1, "Old"), fresh = entry(2, "Fresh"), undated = entry(3, "Undated");
  dataset(old).modified = day(2010);
  dataset(fresh).modified = day(2024);
  catalog.put({old, fresh, undated});
  EXPECT_THAT(rows(answer(*catalog.snapshot(), {})), ElementsAre(2, 1, 3));
}

TEST(Search, ReadsEverythingByCursorInRowOrder) {
  Catalog catalog;
  std::vector<Entry> many;
  for (std::uint64_t row = 1; row <= 45; ++row) many.push_back(entry(row * 3, "Jeu " + std::to_string(row)));
  catalog.put(many);
  const auto snapshot = catalog.snapshot();
  for (const auto* text : {"", "jeu"}) {
    auto query = asking(text);
    query.cursor = 0;
    std::vector<std::uint64_t> seen;
    for (;;) {
      const auto results = answer(*snapshot, query);
      for (const auto row : rows(results)) seen.push_back(row);
      if (!results.next_cursor) break;
      query.cursor = results.next_cursor;
    }
    ASSERT_EQ(seen.size(), 45U) << text;
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  }
}

TEST(Search, RefusesToGoTooDeepByRelevanceAndNamesThePage) {
  Catalog catalog;
  catalog.put({entry(1, "Eau")});
  auto query = asking("eau");
  query.page = 501;
  const auto refused = catalog.snapshot()->search(query);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(refused.error().where, "page");
  query.sort = search::Sort::modified;
  EXPECT_TRUE(catalog.snapshot()->search(query));
}

TEST(Search, MeetsPlacesAcrossTheAntimeridianAndPeriodsThatOverlap) {
  Catalog catalog;
  auto fiji = entry(1, "Fiji"), paris = entry(2, "Paris");
  dataset(fiji).spatial = {dcat::Location{.bbox = dcat::BoundingBox{177, -20, -178, -15}}};
  dataset(paris).spatial = {dcat::Location{.bbox = dcat::BoundingBox{2.2, 48.8, 2.5, 48.9}}};
  dataset(paris).temporal = {{day(2010), day(2012)}, {day(2020), std::nullopt}};
  catalog.put({fiji, paris});
  const auto snapshot = catalog.snapshot();
  search::Query query;
  query.bbox = dcat::BoundingBox{-179, -30, -170, 0};
  EXPECT_THAT(rows(answer(*snapshot, query)), ElementsAre(1));
  query.bbox = dcat::BoundingBox{0, 40, 10, 50};
  EXPECT_THAT(rows(answer(*snapshot, query)), ElementsAre(2));
  query = {};
  query.temporal = {day(2013).instant, day(2019).instant};
  EXPECT_EQ(answer(*snapshot, query).total, 0U);
  query.temporal = {day(2030).instant, std::nullopt};
  EXPECT_THAT(rows(answer(*snapshot, query)), ElementsAre(2));
}

TEST(Search, MeetsTerritoriesWithinAroundAndExactly) {
  Catalog catalog;
  std::vector<Entry> entries;
  for (const char* key : {"fr:commune:13055", "fr:region:93", "country:fr", "fr:region:53", "country:de"}) {
    auto& made = entries.emplace_back(entry(entries.size() + 1, "Arbres"));
    dataset(made).spatial = {{.territory = {key}}};
  }
  catalog.put(entries);
  const auto snapshot = catalog.snapshot();
  search::Query query;
  query.sort = search::Sort::row;
  query.filters = {{search::Field::territory, {"fr:region:93"}}};
  EXPECT_THAT(rows(answer(*snapshot, query)), ElementsAre(1, 2));
  query.territory_match = search::TerritoryMatch::exact;
  EXPECT_THAT(rows(answer(*snapshot, query)), ElementsAre(2));
  query.territory_match = search::TerritoryMatch::any;
  EXPECT_THAT(rows(answer(*snapshot, query)), ElementsAre(1, 2, 3));
  query.filters = {{search::Field::territory, {"country-group:europe"}}};
  query.territory_match = search::TerritoryMatch::within;
  query.facets = {search::Field::territory};
  query.language = "fr";
  const auto results = answer(*snapshot, query);
  EXPECT_EQ(results.total, 5u);
  const auto& values = results.facets.front().values;
  const auto region =
      std::find_if(values.begin(), values.end(), [](const auto& each) { return each.value == "fr:region:93"; });
  ASSERT_NE(region, values.end());
  EXPECT_EQ(region->label, "Provence-Alpes-Côte d'Azur");
  EXPECT_EQ(region->count, 2u);
}

TEST(Search, KeepsASelectedValueOfAFacetThatNothingHas) {
  Catalog catalog;
  catalog.put({entry(1, "Eau")});
  auto query = asking("eau");
  query.filters = {{Field::format, {"csv"}}};
  query.facets = {Field::format, Field::type};
  const auto results = answer(*catalog.snapshot(), query);
  EXPECT_EQ(results.total, 0U);
  ASSERT_EQ(results.facets.size(), 2U);
  ASSERT_EQ(results.facets[0].values.size(), 1U);
  EXPECT_EQ(results.facets[0].values[0].value, "csv");
  EXPECT_TRUE(results.facets[0].values[0].selected);
}

TEST(Search, LabelsAFreeValueByItsCommonestSpelling) {
  Catalog catalog;
  auto one = entry(1, "A"), two = entry(2, "B"), three = entry(3, "C");
  dataset(one).keyword = {{"EAU", "fr"}};
  dataset(two).keyword = {{"Eau", "fr"}};
  dataset(three).keyword = {{"Eau", "fr"}};
  catalog.put({one, two, three});
  search::Query query;
  query.facets = {Field::keyword};
  EXPECT_EQ(answer(*catalog.snapshot(), query).facets[0].values[0].label, "Eau");
  catalog.put({}, {2, 3});
  EXPECT_EQ(answer(*catalog.snapshot(), query).facets[0].values[0].label, "EAU");
}

TEST(Search, CountsFewValuesOfManyRecords) {
  Catalog catalog;
  std::vector<Entry> entries;
  for (std::uint64_t row = 1; row <= 400; ++row) {
    entries.push_back(entry(row, row % 2 == 0 ? "Eau" : "Eau et arbres", "", row % 4 == 0 ? "en" : "fr"));
    dataset(entries.back()).licence = dcat::Concept{{}, {{"lov2", {}}}, false};
  }
  catalog.put(std::move(entries));
  auto query = asking("eau");
  query.facets = {Field::language, Field::type, Field::licence};
  query.filters = {{Field::language, {"en"}}};
  const auto found = answer(*catalog.snapshot(), query);
  EXPECT_EQ(found.total, 100U);
  const auto counts = [&](std::size_t facet) {
    std::vector<std::pair<std::string, std::uint64_t>> out;
    for (const auto& each : found.facets[facet].values) out.emplace_back(each.value, each.count);
    return out;
  };
  using Counts = std::vector<std::pair<std::string, std::uint64_t>>;
  EXPECT_EQ(counts(0), (Counts{{"fr", 300}, {"en", 100}}));  // without its own filter
  EXPECT_EQ(counts(1), (Counts{{"dataset", 100}}));
  EXPECT_EQ(counts(2), (Counts{{"lov2", 100}}));
}

TEST(Search, ReplacesAWordThatNoRecordHasAndSaysSo) {
  Catalog catalog;
  catalog.put({entry(1, "Bibliothèques de la ville"), entry(2, "Arbres de la ville")});
  const auto snapshot = catalog.snapshot();
  const auto found = answer(*snapshot, asking("bibliotèque de la ville"));
  EXPECT_TRUE(found.corrected);
  EXPECT_EQ(found.did_you_mean, "bibliothèques de la ville");
  EXPECT_EQ(rows(found).front(), 1U);
  const auto right = answer(*snapshot, asking("bibliothèque de la ville"));
  EXPECT_FALSE(right.corrected);
  EXPECT_EQ(right.did_you_mean, "");
  const auto nonsense = answer(*snapshot, asking("zzqxv"));
  EXPECT_EQ(nonsense.total, 0U);
  EXPECT_EQ(nonsense.did_you_mean, "");
}

TEST(Search, ProposesAFrequentWordForAVeryRareOneAndLeavesTheQuestion) {
  Catalog catalog;
  std::vector<Entry> entries{entry(1, "Anonyme", "Une adrrsse.")};
  for (std::uint64_t row = 2; row < 120; ++row) entries.push_back(entry(row, "Adresse " + std::to_string(row)));
  catalog.put(std::move(entries));
  const auto found = answer(*catalog.snapshot(), asking("adrrsse"));
  EXPECT_FALSE(found.corrected);
  EXPECT_EQ(found.did_you_mean, "adresse");
  EXPECT_EQ(rows(found), (std::vector<std::uint64_t>{1}));
}

TEST(Search, AsksForAllWordsAndForFewerWhereHardlyAnyRecordHasThem) {
  std::vector<Entry> entries;
  for (std::uint64_t row = 1; row <= 120; ++row) entries.push_back(entry(row, "Qualité de l'eau potable"));
  for (std::uint64_t row = 121; row <= 240; ++row) entries.push_back(entry(row, "Qualité de l'eau"));
  entries.push_back(entry(241, "Qualité du logement"));
  Catalog catalog;
  catalog.put(std::move(entries));
  const auto snapshot = catalog.snapshot();
  using search::WordsMatched;
  const auto asked = [&](std::string text) {
    const auto found = answer(*snapshot, asking(std::move(text)));
    return std::pair(found.words_matched, found.total);
  };
  EXPECT_EQ(asked("qualité eau"), (std::pair<WordsMatched, std::uint64_t>(WordsMatched::all, 240)));
  EXPECT_EQ(asked("qualité eau potable"), (std::pair<WordsMatched, std::uint64_t>(WordsMatched::all, 120)));
  EXPECT_EQ(asked("qualité eau logement"), (std::pair<WordsMatched, std::uint64_t>(WordsMatched::most, 241)));
  EXPECT_EQ(asked("eau logement"), (std::pair<WordsMatched, std::uint64_t>(WordsMatched::any, 241)));
}

TEST(Search, FindsARecordByOtherWordsForTheQuestionAndNamesThem) {
  Catalog catalog;
  auto registry = entry(1, "Répertoire national des associations");
  auto waste = entry(2, "Déchets ménagers");
  auto named = entry(3, "Annuaire");
  dataset(named).alternative = {{"ZQX", ""}};
  catalog.put({registry, waste, named});
  const auto snapshot = catalog.snapshot();
  const auto acronym = answer(*snapshot, asking("RNA"));
  EXPECT_EQ(rows(acronym), (std::vector<std::uint64_t>{1}));
  EXPECT_FALSE(acronym.also_searched.empty());
  EXPECT_EQ(rows(answer(*snapshot, asking("poubelles"))), (std::vector<std::uint64_t>{2}));
  EXPECT_FALSE(answer(*snapshot, asking("poubelles")).corrected);
  EXPECT_EQ(rows(answer(*snapshot, asking("waste"))), (std::vector<std::uint64_t>{2}));
  const auto other = answer(*snapshot, asking("zqx"));
  EXPECT_EQ(rows(other), (std::vector<std::uint64_t>{3}));
  EXPECT_EQ(other.hits.front().found_in, (std::vector<std::string>{"alternative"}));
}

TEST(Search, FindsAPhraseWhereItsWordsStandSideBySide) {
  Catalog catalog;
  auto described = entry(3, "Réseau", "Le réseau de distribution de l'eau potable.");
  auto keyed = entry(4, "Analyses");
  dataset(keyed).keyword = {{"eaux potables", "fr"}};
  catalog.put({entry(1, "Eau potable"), entry(2, "Eau rarement potable", "De l'eau qui n'est guère potable."),
               described, keyed, entry(5, "Potable", "L'eau.")});
  const auto snapshot = catalog.snapshot();
  EXPECT_THAT(rows(answer(*snapshot, asking("\"eau potable\""))), UnorderedElementsAre(1, 3, 4));
  EXPECT_THAT(rows(answer(*snapshot, asking("\"distribution de l’eau potable\""))), UnorderedElementsAre(3));
  EXPECT_THAT(rows(answer(*snapshot, asking("\"potable eau\""))), ElementsAre());
  EXPECT_THAT(rows(answer(*snapshot, asking("potable -\"eau potable\""))), UnorderedElementsAre(2, 5));
}

TEST(Search, TakesBeginningsAndDatesFromTheText) {
  Catalog catalog;
  auto old = entry(1, "Hydrographie"), fresh = entry(2, "Hydrologie"), other = entry(3, "Arbres");
  dataset(old).modified = day(2015);
  dataset(fresh).modified = day(2022, 6, 1);
  dataset(other).modified = day(2022);
  catalog.put({old, fresh, other});
  const auto snapshot = catalog.snapshot();
  EXPECT_EQ(answer(*snapshot, asking("hydro*")).total, 2U);
  EXPECT_EQ(rows(answer(*snapshot, asking("hydro* modified:2020..2023"))), (std::vector<std::uint64_t>{2}));
  EXPECT_EQ(answer(*snapshot, asking("modifié:2022")).total, 2U);
  EXPECT_EQ(rows(answer(*snapshot, asking("-hydro*"))), (std::vector<std::uint64_t>{3}));
}

TEST(Suggest, CompletesThemesPublishersPlacesKeywordsAndTitles) {
  Catalog catalog;
  auto one = entry(1, "Éclairage public"), two = entry(2, "Points d'éclairage");
  dcat::Agent agent;
  agent.name = {{"Société Éclat", "fr"}};
  dataset(one).publisher = {agent};
  for (auto* each : {&one, &two}) dataset(*each).keyword = {{"Éclair", "fr"}};
  catalog.put({one, two});
  const auto snapshot = catalog.snapshot();
  const auto kinds = [&](std::string_view typed) {
    std::vector<std::string> found;
    for (const auto& each : *snapshot->suggest(typed, "fr", 10)) found.push_back(each.kind);
    return found;
  };
  // A word anywhere in a label or title.
  EXPECT_THAT(kinds("écla"), ElementsAre("publisher", "keyword", "dataset", "dataset"));
  EXPECT_THAT(kinds("eclairage pub"), ElementsAre("dataset"));
  EXPECT_THAT(kinds("éclaiarge"), ElementsAre("dataset", "dataset"));  // a slip
  EXPECT_TRUE(kinds("").empty());
  EXPECT_TRUE(kinds("zzqxv").empty());
}

}  // namespace
}  // namespace moisson::index::test
