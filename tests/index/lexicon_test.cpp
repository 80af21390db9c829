#include "index/lexicon.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace moisson::index {
namespace {

const Lexicon& lexicon() {
  static const Lexicon made(std::vector<std::pair<std::string, std::uint32_t>>{{"adresse", 90},
                                                                               {"adresses", 40},
                                                                               {"arbre", 12},
                                                                               {"arbres", 30},
                                                                               {"ban", 3},
                                                                               {"base", 200},
                                                                               {"bibliotheque", 15},
                                                                               {"commune", 400},
                                                                               {"eau", 300},
                                                                               {"inondables", 8},
                                                                               {"inondation", 20},
                                                                               {"zone", 60},
                                                                               {"zones", 80}});
  return made;
}

TEST(Lexicon, FindsTheWordThatIsMeant) {
  struct Case {
    std::string_view typed, meant;
  };
  const Case cases[] = {
      {"adrese", "adresse"},         // left out
      {"adressse", "adresse"},       // added: before "adresses", which is as near but rarer
      {"abrres", "arbres"},          // swapped
      {"inondzbles", "inondables"},  // another letter
      {"bibliotheqe", "bibliotheque"},
      {"biblioteqe", "bibliotheque"},  // two slips of a long word
      {"aue", ""},                     // too short to guess
      {"bse", ""},
      {"xommune", "commune"},  // the first letter costs one more, and is allowed
      {"zzqxv", ""},
      {"adresse", "adresses"},  // itself is not what else was meant
  };
  for (const auto& each : cases) {
    const auto near = lexicon().nearest(each.typed);
    EXPECT_EQ(near ? near->word.text : std::string_view{}, each.meant) << each.typed;
  }
}

TEST(Lexicon, CompletesABeginningWithASlip) {
  EXPECT_EQ(lexicon().nearest_beginning("biblo")->word.text, "bibliotheque");
  EXPECT_EQ(lexicon().nearest_beginning("inonad")->word.text, "inondation");
  EXPECT_FALSE(lexicon().nearest_beginning("qqqqq"));
}

TEST(Lexicon, PartsTwoWordsWrittenAsOne) {
  const auto parts = lexicon().parted("baseadresse");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->first.text, "base");
  EXPECT_EQ(parts->second.text, "adresse");
  EXPECT_FALSE(lexicon().parted("banadresse"));  // "ban" is rare
}

TEST(Lexicon, GivesTheMostFrequentThatBeginSo) {
  const auto found = lexicon().beginning("a", 3);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].text, "adresse");
  EXPECT_EQ(found[1].text, "adresses");
  EXPECT_EQ(found[2].text, "arbres");
  EXPECT_TRUE(lexicon().beginning("zz", 3).empty());
}

}  // namespace
}  // namespace moisson::index
