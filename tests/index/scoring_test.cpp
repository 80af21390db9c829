// The index scores by its own pass over the postings: the numbers must be those of Xapian's BM25.
#include "catalog.h"

#include "index/analysis.h"
#include "index/schema.h"

#include <gmock/gmock.h>
#include <xapian.h>

#include <map>

namespace moisson::index::test {
namespace {

Weights text_alone() {
  Weights weights;
  weights.quality = weights.freshness = weights.age = weights.fame = 0;
  weights.first_hand = weights.official = weights.wide = 0;
  weights.title = weights.title_stem = weights.name = weights.synonym = 0;
  weights.title_bigram = weights.title_initials = 0;
  weights.enough = 1'000;
  return weights;
}

search::Results asked(const Snapshot& snapshot, const std::string& text) {
  auto results = snapshot.search(asking(text));
  EXPECT_TRUE(results);
  return std::move(*results);
}

std::map<std::uint64_t, double> scores(const Snapshot& snapshot, const std::string& text) {
  std::map<std::uint64_t, double> found;
  const auto results = asked(snapshot, text);
  for (const auto& hit : results.hits) found[hit.row] = hit.score;
  return found;
}

std::vector<Entry> few() {
  return {entry(1, "Qualité de l'eau potable", "Analyses de l'eau du robinet, de l'eau de source et des eaux usées."),
          entry(2, "Eau"),
          entry(3, "Arbres de la ville", "Essence, hauteur, arrosage : l'eau y est comptée."),
          entry(4, "Budget"),
          entry(5, "Zones de bruit", "Routes."),
          entry(6, "Routes départementales"),
          entry(7, "Eaux de baignade", "Qualité des eaux."),
          entry(8, "Bruit des routes")};
}

}  // namespace

TEST(Scoring, GivesTheNumbersOfXapian) {
  Catalog catalog;
  catalog.put(few());
  Stemmer stemmer;
  Xapian::Database database(catalog.path().string());
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"eau"}, {"eaux"}, {"eau", "qualite"}, {"bruit", "routes", "budget"}}) {
    std::vector<std::string> terms;
    std::string text;
    for (const auto& word : words) {
      text += word + ' ';
      terms.push_back(word);
      terms.push_back(term(prefix::stem, stemmer.stem("fr", word)));
    }
    const Weights weights = text_alone();
    const auto snapshot = catalog.writer().snapshot(weights);
    ASSERT_TRUE(snapshot);
    const auto ours = scores(**snapshot, text);
    Xapian::Enquire enquire(database);
    enquire.set_query({Xapian::Query::OP_OR, terms.begin(), terms.end()});
    enquire.set_weighting_scheme(Xapian::BM25Weight(weights.k1, 0, 1, weights.b, weights.least_length));
    const auto theirs = enquire.get_mset(0, 100);
    ASSERT_EQ(ours.size(), theirs.size()) << text;
    for (auto at = theirs.begin(); at != theirs.end(); ++at)
      EXPECT_NEAR(ours.at(*at), at.get_weight(), 1e-4) << text << *at;
  }
}

TEST(Scoring, AsksTheSameAgainAndGetsTheSame) {
  Catalog catalog;
  catalog.put(few());
  const auto snapshot = catalog.snapshot();
  const auto first = scores(*snapshot, "eau des routes");
  EXPECT_EQ(scores(*snapshot, "eau \"eau potable\" -budget").size(), 1U);
  EXPECT_EQ(scores(*snapshot, "eau des routes"), first);
}

TEST(Scoring, RaisesWhatIsReadMuchButNotWithoutBound) {
  Catalog catalog;
  auto entries = few();
  for (auto& each : entries) each.popularity = 0;
  entries[6].popularity = 1'000'000;
  catalog.put(std::move(entries));
  const auto snapshot = catalog.snapshot();
  EXPECT_EQ(asked(*snapshot, "eau").hits.front().row, 7U);
  auto found = scores(*snapshot, "eau");
  const Weights weights;
  EXPECT_LE(found[7], found[2] + weights.fame * weights.fame_limit + 10);
}

TEST(Scoring, TakesARecordWhoseSourceCountsNothingAsUsual) {
  Catalog catalog;
  auto read = entry(1, "Eau"), unread = entry(2, "Eau"), uncounted = entry(3, "Eau");
  read.popularity = 1'000;
  unread.popularity = 0;
  catalog.put({read, unread, uncounted});
  EXPECT_EQ(rows(asked(*catalog.snapshot(), "eau")), (std::vector<std::uint64_t>{1, 3, 2}));
}

TEST(Scoring, PrefersWordsOfAPhraseSideBySideInATitle) {
  Catalog catalog;
  catalog.put({entry(1, "Potable : analyses de rivières, et leur eau"),
               entry(2, "Analyses de rivières et de leur eau potable")});
  const auto snapshot = catalog.writer().snapshot(text_alone());
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(asked(**snapshot, "\"eau potable\"").hits.front().row, 2U);
}

}  // namespace moisson::index::test
