#include "web/style.h"

#include "core/hash.h"

#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

TEST(Style, LosesCommentsAndBlanksButNoRule) {
  EXPECT_EQ(compact_css("/* a */\nb { c: d e;  /* { */ f: g; }\n\n@media (x) {\n  h > i { j: k }\n}\n"),
            "b {c: d e;f: g;}@media (x) {h > i {j: k }}");
  EXPECT_EQ(compact_css("a {} /* never closed"), "a {}");
}

TEST(Style, PutsTheOperatorsVariablesLastAndNamesItsHash) {
  const Style style({.accent_hue = 350, .title_font = "Georgia, serif"});
  EXPECT_TRUE(style.sheet().ends_with(
      ":root{--neutral-hue:84;--accent-hue:350;--accent-chroma:0.082;--radius:0.25rem;--title-font:Georgia, serif}"))
      << style.sheet().substr(style.sheet().size() - 120);
  EXPECT_EQ(style.source(), "'sha256-" + sha256_base64(style.sheet()) + "'");
  EXPECT_EQ(style.sheet().find("</"), std::string::npos);
}

}  // namespace
}  // namespace moisson::web::test
