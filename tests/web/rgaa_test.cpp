#include "web/rgaa.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace moisson::web::test {
namespace {

const std::string& committed() {
  static const std::string tsv = [] {
    std::ifstream in(std::string(MOISSON_SOURCE_DIR) + "/src/web/rgaa.tsv", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  return tsv;
}

TEST(Rgaa, HasEachOfThe106CriteriaOnceUnderItsTheme) {
  constexpr std::array<int, 13> sizes{9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12};
  const auto table = read_rgaa(committed(), "fr").value();
  std::set<std::string_view> numbers;
  for (const auto& criterion : table.criteria) numbers.insert(criterion.number);
  EXPECT_EQ(table.criteria.size(), 106U);
  for (int theme = 1; theme <= 13; ++theme)
    for (int i = 1; i <= sizes[static_cast<std::size_t>(theme) - 1]; ++i)
      EXPECT_TRUE(numbers.contains(std::to_string(theme) + "." + std::to_string(i))) << theme << "." << i;
}

TEST(Rgaa, SaysWhyWhatDoesNotApplyOrIsNotMet) {
  for (const std::string_view language : {"fr", "en"}) {
    const auto table = read_rgaa(committed(), language).value();
    for (const auto& criterion : table.criteria) {
      EXPECT_FALSE(criterion.title.empty()) << criterion.number;
      EXPECT_FALSE(criterion.methods.empty()) << criterion.number;
      if (criterion.verdict != Verdict::met) {
        EXPECT_FALSE(criterion.note.empty()) << criterion.number;
      }
    }
  }
}

TEST(Rgaa, CountsTheRateOverWhatAppliesAndNeverRoundsItUp) {
  const auto table = read_rgaa(
                         "criterion\tverdict\tmethods\tfr\ten\tnote_fr\tnote_en\n"
                         "date\t2026-01-02\t–\t–\t–\t–\t–\n"
                         "1.1\tc\taxe\ta\tb\t–\t–\n1.2\tc\taxe,code\ta\tb\t–\t–\n"
                         "2.1\tnc\ttest\ta\tb\tc\td\n3.1\tna\tcode\ta\tb\tc\td\n",
                         "en")
                         .value();
  EXPECT_EQ(table.percent_met(), 66U);
  EXPECT_EQ(table.date, "2026-01-02");
  EXPECT_EQ(table.criteria[2].note, "d");
  EXPECT_EQ(table.count(Verdict::met, 1), 2U);
}

TEST(Rgaa, RefusesARowThatDoesNotSayHowItWasChecked) {
  constexpr std::string_view header = "criterion\tverdict\tmethods\tfr\ten\tnote_fr\tnote_en\n";
  for (const std::string_view row : {"1.1\tc\t\ta\tb\t–\t–\n", "1.1\tyes\taxe\ta\tb\t–\t–\n", "1.1\tc\taxe\n"}) {
    const auto table = read_rgaa(std::string(header) + std::string(row), "fr");
    ASSERT_FALSE(table) << row;
    EXPECT_EQ(table.error().where, "rgaa.tsv:2");
  }
}

}  // namespace
}  // namespace moisson::web::test
