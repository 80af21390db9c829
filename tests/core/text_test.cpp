#include "core/text.h"

#include "core/utf8.h"
#include "core/windows_1252.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

TEST(IsUtf8, KnowsWhatRfc3629Allows) {
  for (const std::string_view text : {"", "abc", "é", "œuvre 😀", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD"})
    EXPECT_TRUE(is_utf8(text));
  for (const std::string_view text :
       {"\xe9", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xC3", "\xE2\x80", "\x80", "plain ascii and then \xff"})
    EXPECT_FALSE(is_utf8(text));
}

TEST(IsTemplateField, IsTheFieldAloneAndNotATextThatHoldsOne) {
  for (const auto text : {"{{description}}", "{{default.description}}"}) EXPECT_TRUE(is_template_field(text)) << text;
  for (const auto text : {"", "{{}}", "{{a}} and {{b}}", "see {{a}}", "{a}", "{{a}"})
    EXPECT_FALSE(is_template_field(text)) << text;
}

TEST(CleanUtf8, MendsAndTells) {
  bool changed = true;
  EXPECT_EQ(clean_utf8("é\tx\r\n", &changed), "é\tx\r\n");
  EXPECT_FALSE(changed);
  EXPECT_EQ(clean_utf8("caf\xe9 !", &changed), "caf\xEF\xBF\xBD !");
  EXPECT_TRUE(changed);
  EXPECT_EQ(clean_utf8(std::string_view("a\0b\x07\x7f", 5), &changed), "ab");
  EXPECT_TRUE(changed);
  EXPECT_EQ(clean_utf8("l\xC2\x92"
                       "eau\xC2\x85 1726\xC2\x96"
                       "1814",
                       &changed),
            "l’eau… 1726–1814");
  EXPECT_TRUE(changed);
  EXPECT_EQ(clean_utf8("a\xC2\x81"
                       "b"),
            "ab");
  EXPECT_EQ(clean_utf8("a\uFFFE\uFFFF b \U0001FFFF", &changed), "a b \U0001FFFF");  // XML forbids only the first two
  EXPECT_TRUE(changed);
}

TEST(CleanUtf8, FindsAControlCharacterWhereverItStands) {
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string head(before, 'x'), tail(20, '~');
    for (const std::string_view dropped : {"\x01", "\x1f", "\x7f", "\xC2\x81"})
      EXPECT_EQ(clean_utf8(head + std::string(dropped) + tail), head + tail) << before;
    for (const std::string_view kept : {"\t", "\r\n", " ", "~", "é", "\U0001F600"})
      EXPECT_EQ(clean_utf8(head + std::string(kept) + tail), head + std::string(kept) + tail) << before;
  }
}

TEST(Fold, MakesSpellingsMeet) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Élections", "elections"},
      {"œuvre", "oeuvre"},
      {"ŒUVRE", "oeuvre"},
      {"Straße", "strasse"},
      {"Ærø", "aero"},
      {"Łódź", "lodz"},
      {"İstanbul ı", "istanbul i"},
      {"Đakovo", "dakovo"},
      {"l’eau", "l'eau"},
      {"a–b—c", "a-b-c"},
      {"ﬁn", "fin"},
      {"m²", "m2"},
      {"ｆｕｌｌ", "full"},
      {"e\xCC\x81t\xC3\xA9", "ete"},
      {"ΑΘΉΝΑ", "αθηνα"},
      {"МОСКВА", "москва"},
      {"한국", "한국"},
      {"co­operation", "cooperation"},
      {"a\xC2\xA0"
       "b",
       "a b"},
      {"", ""},
      {"Ç ñ Ü ÿ Å", "c n u y a"},
      {"ẞ", "ss"},
  };
  for (const auto& [text, folded] : cases) EXPECT_EQ(fold(text), folded) << text;
}

TEST(Fold, IsSettledAfterOnce) {
  for (const std::string_view text : {"Élections à l’Île", "Ωmega ŉ ǆ ẛ", "½ ① ㎏ ﷺ", "日本語 テスト"})
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
  for (char32_t code = 1; code < 0x110000; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    std::string character;
    utf8::append(character, code);
    EXPECT_EQ(fold(fold(character)), fold(character)) << "U+" << std::hex << static_cast<std::uint32_t>(code);
  }
}

TEST(Cut, NeverSplitsACharacter) {
  EXPECT_EQ(cut("été", 5), "été");
  EXPECT_EQ(cut("été", 4), "ét");
  EXPECT_EQ(cut("été", 1), "");
  EXPECT_EQ(cut("😀", 3), "");
  EXPECT_EQ(cut("abc", 0), "");
}

TEST(Shorten, EndsAtAWord) {
  EXPECT_EQ(shorten("  a  b\n c ", 10), "a b c");
  EXPECT_EQ(shorten("Zones inondables du Doubs", 17), "Zones inondables…");
  EXPECT_EQ(shorten("Zones inondables du Doubs", 12), "Zones…");
  EXPECT_EQ(shorten("Zones", 5), "Zones");
  EXPECT_EQ(shorten("étésétésétés", 5), "étés…");
  EXPECT_EQ(shorten("", 5), "");
}

TEST(Trim, KnowsTheNoBreakSpace) {
  EXPECT_EQ(trim(" \t\xC2\xA0 x y \xC2\xA0\r\n"), "x y");
  EXPECT_EQ(trim("à"), "à");
  EXPECT_EQ(trim("   "), "");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), std::vector<std::string_view>{""});
}

TEST(Nearest, ForgivesAThirdOfTheLetters) {
  const std::vector<std::string_view> known = {"publisher", "theme", "format"};
  EXPECT_EQ(nearest("publsher", known), "publisher");
  EXPECT_EQ(nearest("fromat", known), "format");
  EXPECT_EQ(nearest("formta", known), "format");
  EXPECT_EQ(nearest("xyz", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest("theme", known), "theme");
  EXPECT_EQ(nearest("titel", {"limit", "title"}), "title");
}

TEST(Iequals, ComparesAsciiOnly) {
  EXPECT_TRUE(iequals_ascii("SHP", "shp"));
  EXPECT_FALSE(iequals_ascii("É", "é"));
  EXPECT_FALSE(iequals_ascii("a", "ab"));
  EXPECT_FALSE(iequals_ascii("[", "{"));
}

TEST(Windows1252, ReadsOnlyTheBytesThatAreNoUtf8) {
  EXPECT_EQ(utf8_from_windows_1252("caf\xe9 \x80 d\x92"
                                   "eau"),
            "café € d’eau");
  EXPECT_EQ(utf8_from_windows_1252("café d’eau"), "café d’eau");
  EXPECT_EQ(utf8_from_windows_1252("café, caf\xe9"), "café, café");
  EXPECT_TRUE(is_utf8(utf8_from_windows_1252("\x81\xFF\xC3")));
}

}  // namespace
}  // namespace moisson
