#include "core/word_table.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

constexpr std::string_view text =
    "# key\tlabel\taliases\ncsv\tCSV\ttext/csv;Valeurs séparées\n\nshp\tShapefile\tcsv;shape file\nbare\n";

TEST(WordTable, FindsARowByAnyOfItsWords) {
  const WordTable table(text, 3, {0, 1, 2});
  ASSERT_EQ(table.rows().size(), 3u);
  for (const auto* word : {"csv", "CSV", ".csv", "TEXT/CSV", "valeurs separees"})
    EXPECT_EQ(table.find(word), 0u) << word;
  EXPECT_EQ(table.find("Shape-File"), 1u);
  EXPECT_EQ(table.find("bare"), 2u);
  EXPECT_EQ(table.find("label"), std::nullopt);
  EXPECT_EQ(table.find(""), std::nullopt);
  EXPECT_EQ(table.find(std::string(10'000, 'c')), std::nullopt);
  EXPECT_EQ(table.rows()[2][2], "");
}

TEST(Comparable, ReadsEverySignAsABlank) {
  EXPECT_EQ(comparable("  Text/CSV;charset=utf-8 "), "text csv charset utf 8");
  EXPECT_EQ(comparable("Données"), "donnees");
  EXPECT_EQ(comparable("---"), "");
}

}  // namespace
}  // namespace moisson
