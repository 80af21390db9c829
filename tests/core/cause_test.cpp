#include "core/cause.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace moisson {
namespace {

TEST(Cause, IsExplainedWholeInBothLanguages) {
  std::set<std::string_view> words;
  for (const Cause& cause : all_causes()) {
    EXPECT_TRUE(words.insert(cause.word).second) << cause.word << " stands twice";
    for (const CauseText* text : {&cause.fr, &cause.en}) {
      EXPECT_FALSE(text->label.empty()) << cause.word;
      EXPECT_TRUE(text->explanation.ends_with('.')) << cause.word << ": " << text->explanation;
      EXPECT_TRUE(text->fix.ends_with('.') || text->fix.ends_with(')')) << cause.word << ": " << text->fix;
    }
    EXPECT_EQ(cause.fr.explanation.find('\''), std::string_view::npos) << cause.word << ": a straight apostrophe";
    EXPECT_EQ(cause.fr.fix.find('\''), std::string_view::npos) << cause.word << ": a straight apostrophe";
  }
}

TEST(Cause, StandsForEveryCodeOfAnError) {
  using enum ErrorCode;
  for (const auto code : {invalid_input, not_found, conflict, too_large, refused, unreachable, timeout, unsupported, io,
                          corrupt, cancelled, internal})
    EXPECT_NE(find_cause(to_string(code)), nullptr) << to_string(code);
}

TEST(Cause, IsFoundByItsWordAndGivenInTheReadersLanguage) {
  const Cause* const cause = find_cause("date_unreadable");
  ASSERT_NE(cause, nullptr);
  EXPECT_EQ(cause->in("fr").label, "Date illisible");
  EXPECT_EQ(cause->in("fr-CA").label, "Date illisible");
  EXPECT_EQ(cause->in("de").label, "Unreadable date");
  EXPECT_EQ(find_cause("date"), nullptr);
}

TEST(Cause, OfAnErrorIsItsOwnElseItsCodes) {
  const Error plain{ErrorCode::timeout, "too late", "", ""};
  EXPECT_EQ(cause_of(plain), "timeout");
  EXPECT_EQ(cause_of(filed("syntax_error", plain)), "timeout");  // only wrong bytes are filed otherwise
  const Error bytes{ErrorCode::invalid_input, "not JSON", "1:2", ""};
  EXPECT_EQ(cause_of(bytes), "invalid_input");
  EXPECT_EQ(cause_of(filed("syntax_error", bytes)), "syntax_error");
  EXPECT_EQ(cause_of(filed("syntax_error", filed("title_missing", bytes))), "title_missing");
}

}  // namespace
}  // namespace moisson
