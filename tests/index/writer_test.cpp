#include "catalog.h"

#include "index/card.h"
#include "index/plain_text.h"
#include "index/schema.h"

namespace moisson::index::test {
namespace {

TEST(Writer, RemembersItsEpochAndSeq) {
  Catalog catalog;
  catalog.put({entry(1, "Eau")}).put({entry(2, "Air")});
  const auto known = identity(catalog.path());
  ASSERT_TRUE(known);
  EXPECT_EQ(known->epoch, "epoch");
  EXPECT_EQ(known->seq, 2U);
  EXPECT_EQ(known->schema, schema_version);
  EXPECT_EQ(identity(catalog.path() / "none").error().code, ErrorCode::not_found);
}

TEST(Writer, KeepsItsSeqThroughCompaction) {
  Catalog catalog(true);
  catalog.put({entry(1, "Eau")}).put({entry(2, "Air")}, {1});
  ASSERT_TRUE(catalog.writer().finish());
  EXPECT_EQ(identity(catalog.path())->seq, 2U);
  catalog.open();
  EXPECT_EQ(catalog.snapshot()->document_count(), 1U);
}

TEST(Writer, LetsNobodyElseWriteTheSameDirectory) {
  Catalog catalog;
  const auto second = Writer::open(catalog.path(), "epoch");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST(Writer, TakesLongWordsAndValues) {
  Catalog catalog;
  auto odd = entry(1, std::string(5'000, 'x'), std::string(300'000, 'y'));
  dataset(odd).keyword = {{std::string(4'000, 'k'), "fr"}};
  odd.remote_id = std::string(2'000, 'r');
  odd.id = std::string(400, 'i');
  catalog.put({odd});
  EXPECT_EQ(catalog.snapshot()->document_count(), 1U);
}

TEST(Writer, RefusesARowThatXapianCannotNumber) {
  Catalog catalog;
  const std::vector<Entry> entries{entry(std::uint64_t{1} << 32, "Eau")};
  EXPECT_EQ(catalog.writer().apply(entries, {}, 1).error().code, ErrorCode::too_large);
}

TEST(Card, ReadsBackEqual) {
  auto full = entry(1, "Eau", "Des eaux");
  auto& data = dataset(full);
  data.title.push_back({"Water", "en"});
  data.modified = day(2024, 5, 1);
  data.keyword = {{"Eau", "fr"}, {"eau", "fr"}, {"Air", "fr"}};
  data.temporal = {{day(2010), std::nullopt}};
  data.spatial = {dcat::Location{{}, {{"Provence", "fr"}}, {}, dcat::BoundingBox{1, 2, 3, 4}, {"fr:region:93"}, false}};
  data.licence = dcat::Concept{{}, {{"House terms", ""}}, false};
  full.popularity = 12;
  full.first_seen = day(2024).instant;
  const auto card = card_of(full);
  EXPECT_EQ(card[search::Field::keyword].size(), 2U);
  EXPECT_EQ(card[search::Field::territory].front().value, "fr:region:93");
  const auto bytes = encode(card);
  const auto back = decode(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->title, card.title);
  EXPECT_EQ(back->temporal, card.temporal);
  EXPECT_EQ(encode(*back), bytes);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(decode(std::string_view(bytes).substr(0, length)));
}

TEST(PlainText, DropsMarksAndKeepsWords) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<p>Un <b>jeu</b></p><p>de données</p>", "Un jeu de données"},
      {"# Titre\n\n* un\n* deux", "Titre un deux"},
      {"Voir [la page](https://example.org/a_(b)) ici", "Voir la page ) ici"},
      {"a &lt; b &amp;&amp; c&nbsp;d &inconnu;", "a < b && c d &inconnu;"},
      {"<script>alert(1)</script>x", "x"},
      {"1 < 2 et <", "1 < 2 et <"},
      {"<!-- non -->oui", "oui"},
      {"", ""},
  };
  for (const auto& [markup, text] : cases) EXPECT_EQ(plain_text(markup, 10'000), text) << markup;
}

}  // namespace
}  // namespace moisson::index::test
