#include "catalog.h"

#include <moisson/core/uuid.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace moisson::index::test {
namespace {

using search::Field;

// A record of portal `source`; `leader` is the row of its family's leader.
Entry copy(std::uint64_t row, const std::string& source, std::uint64_t leader, std::string title = "Qualité de l'eau") {
  auto made = entry(row, std::move(title));
  made.id = record_uuid(source, std::to_string(row));
  made.family_row = leader;
  made.source_id = source;
  made.source_title = "Portal " + source;
  return made;
}

std::map<std::string, std::uint64_t> counts(const search::Results& results, std::size_t facet = 0) {
  std::map<std::string, std::uint64_t> out;
  for (const auto& value : results.facets.at(facet).values) out[value.value] = value.count;
  return out;
}

search::Query counting(std::string text, std::vector<search::Filter> filters = {}) {
  auto query = asking(std::move(text));
  query.filters = std::move(filters);
  query.facets = {Field::source, Field::keyword};
  return query;
}

// Three copies of one thing (led by 2), another thing alone.
Catalog& three_copies(Catalog& catalog) {
  auto first = copy(1, "etat", 2), second = copy(2, "ville", 2), third = copy(3, "region", 2),
       alone = copy(4, "ville", 4, "Eau potable");
  dataset(first).keyword = {{"eau", "fr"}, {"qualite", "fr"}};
  dataset(second).keyword = {{"eau", "fr"}};
  dataset(third).keyword = {{"eau", "fr"}, {"qualite", "fr"}};
  dataset(alone).keyword = {{"eau", "fr"}};
  catalog.put({first, second, third, alone});
  return catalog;
}

TEST(Families, OneCardStandsForAllAndTellsWhereTheThingIsToo) {
  Catalog catalog;
  const auto snapshot = three_copies(catalog).snapshot();
  const auto found = snapshot->search(asking("eau")).value();
  EXPECT_EQ(found.total, 2U);
  ASSERT_EQ(found.hits.size(), 2U);
  const auto& card = found.hits[0].row == 2 ? found.hits[0] : found.hits[1];
  EXPECT_EQ(card.row, 2U);
  ASSERT_EQ(card.also_in.size(), 2U);
  EXPECT_EQ(card.also_in[0], (search::Copy{record_uuid("etat", "1"), {"etat", "Portal etat"}}));
  EXPECT_EQ(card.also_in[1], (search::Copy{record_uuid("region", "3"), {"region", "Portal region"}}));
}

TEST(Families, AFilterByPortalFindsTheCopyOfThatPortal) {
  Catalog catalog;
  const auto snapshot = three_copies(catalog).snapshot();
  const auto found = snapshot->search(counting("", {{Field::source, {"etat"}}})).value();
  EXPECT_EQ(rows(found), std::vector<std::uint64_t>{1});
  EXPECT_EQ(found.hits[0].also_in.front().source.value, "ville");
  EXPECT_EQ(counts(found), (std::map<std::string, std::uint64_t>{{"etat", 1}, {"region", 1}, {"ville", 2}}))
      << "what each portal would give";
  EXPECT_EQ(rows(snapshot->search(counting("", {{Field::source, {"etat", "region"}}})).value()),
            std::vector<std::uint64_t>{1});
}

TEST(Families, AValueCountsOnceAFamily) {
  Catalog catalog;
  const auto snapshot = three_copies(catalog).snapshot();
  EXPECT_EQ(counts(snapshot->search(counting("")).value(), 1),
            (std::map<std::string, std::uint64_t>{{"eau", 2}, {"qualite", 1}}));
  EXPECT_EQ(counts(snapshot->search(counting("qualité")).value(), 1),
            (std::map<std::string, std::uint64_t>{{"eau", 1}, {"qualite", 1}}));
}

TEST(Families, WhoAsksForEveryCopyGetsEachRecord) {
  Catalog catalog;
  const auto snapshot = three_copies(catalog).snapshot();
  auto query = counting("");
  query.every_copy = true;
  query.sort = search::Sort::row;
  const auto found = snapshot->search(query).value();
  EXPECT_EQ(found.total, 4U);
  EXPECT_EQ(rows(found), (std::vector<std::uint64_t>{1, 2, 3, 4}));
  EXPECT_EQ(counts(found, 1), (std::map<std::string, std::uint64_t>{{"eau", 4}, {"qualite", 2}}));
}

TEST(Families, AFamilyFollowsItsChangesAndAnAbsentLeaderHidesNobody) {
  Catalog catalog;
  three_copies(catalog);
  catalog.put({}, {2});  // between two batches, before its followers hear of it
  EXPECT_EQ(rows(catalog.snapshot()->search(asking("qualité")).value()), std::vector<std::uint64_t>{1});
  catalog.put({copy(1, "etat", 1), copy(3, "region", 3)});
  EXPECT_EQ(catalog.snapshot()->search(asking("qualité")).value().total, 2U);
  catalog.open();
  EXPECT_EQ(catalog.snapshot()->search(asking("qualité")).value().total, 2U);
}

// Against plain counting over every record, for whatever is asked.
TEST(Families, TotalsPagesAndFacetsAreThoseOfCountingByHand) {
  std::mt19937 random(11);
  const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
  const char* sources[] = {"etat", "region", "ville"};
  const char* words[] = {"eau", "bruit", "budget"};
  Catalog catalog;
  std::vector<Entry> entries;
  for (std::uint64_t row = 1; row <= 400; ++row) {
    const std::uint64_t leader = below(2) == 0 ? row : 1 + below(100);
    auto made = copy(row, sources[below(3)], leader, words[below(3)]);
    for (const auto* word : words)
      if (below(2) == 0) dataset(made).keyword.push_back({word, "fr"});
    entries.push_back(std::move(made));
  }
  for (auto& each : entries)
    each.family_row = entries[each.family_row - 1].family_row == each.family_row ? each.family_row : each.row;
  catalog.put(entries);
  const auto snapshot = catalog.snapshot();
  for (int round = 0; round < 60; ++round) {
    const std::string text = below(2) == 0 ? "" : words[below(3)];
    std::vector<search::Filter> filters;
    if (below(2) == 0) filters.push_back({Field::keyword, {words[below(3)]}});
    if (below(2) == 0) filters.push_back({Field::source, {sources[below(3)]}});
    const auto matches = [&](const Entry& each, std::optional<Field> apart) {
      const auto& said = std::get<dcat::Dataset>(each.record);
      if (!text.empty()) {
        bool met = said.title.front().value == text;
        for (const auto& keyword : said.keyword) met = met || keyword.value == text;
        if (!met) return false;
      }
      for (const auto& filter : filters) {
        if (filter.field == apart) continue;
        const bool by_source = filter.field == Field::source && each.source_id == filter.values[0];
        const bool by_keyword = filter.field == Field::keyword &&
                                std::any_of(said.keyword.begin(), said.keyword.end(),
                                            [&](const auto& keyword) { return keyword.value == filter.values[0]; });
        if (!by_source && !by_keyword) return false;
      }
      return true;
    };
    std::map<std::uint64_t, std::uint64_t> standing;  // by leader
    std::map<std::string, std::set<std::uint64_t>> by_source, by_keyword;
    for (const auto& each : entries) {
      if (matches(each, std::nullopt)) {
        const auto [at, first] = standing.emplace(each.family_row, each.row);
        if (!first && each.row == each.family_row) at->second = each.row;
      }
      if (matches(each, Field::source)) by_source[each.source_id].insert(each.family_row);
      if (matches(each, Field::keyword))
        for (const auto& keyword : dcat::resource(each.record).keyword)
          by_keyword[keyword.value].insert(each.family_row);
    }
    std::vector<std::uint64_t> expected;
    for (const auto& [leader, row] : standing) expected.push_back(row);
    std::sort(expected.begin(), expected.end());

    auto query = counting(text, filters);
    query.page_size = 100;
    const auto counted = snapshot->search(query).value();
    ASSERT_EQ(counted.total, expected.size());
    for (const auto& [facet, wanted] : {std::pair{0U, &by_source}, {1U, &by_keyword}}) {
      std::map<std::string, std::uint64_t> sizes;
      for (const auto& [value, families] : *wanted) sizes[value] = families.size();
      auto found = counts(counted, facet);
      std::erase_if(found, [](const auto& value) { return value.second == 0; });
      ASSERT_EQ(found, sizes) << "facet " << facet << " of '" << text << "'";
    }
    std::set<std::uint64_t> listed;
    query.sort = below(2) == 0 ? search::Sort::relevance : search::Sort::title;
    query.reverse = query.sort == search::Sort::title && below(2) == 0;
    for (; listed.size() < expected.size(); ++query.page) {
      const auto page = rows(snapshot->search(query).value());
      ASSERT_FALSE(page.empty());
      for (const auto row : page) ASSERT_TRUE(listed.insert(row).second);
    }
    ASSERT_EQ(std::vector<std::uint64_t>(listed.begin(), listed.end()), expected);
    std::vector<std::uint64_t> read;
    for (query.cursor = 0, query.page = 1; query.cursor;) {
      const auto page = snapshot->search(query).value();
      for (const auto row : rows(page)) read.push_back(row);
      query.cursor = page.next_cursor;
    }
    ASSERT_EQ(read, expected);
  }
}

}  // namespace
}  // namespace moisson::index::test
