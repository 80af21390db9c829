#include "core/media_type.h"

#include <gtest/gtest.h>

#include <array>

namespace moisson {
namespace {

TEST(MediaType, ReadsTypeAndCharset) {
  EXPECT_EQ(parse_media_type("Text/Turtle; Charset=\"UTF-8\"; q=1").type, "text/turtle");
  EXPECT_EQ(parse_media_type("Text/Turtle; Charset=\"UTF-8\"").charset, "utf-8");
  EXPECT_EQ(parse_media_type("application/json").charset, "");
  for (const auto* text : {"", "json", "/json", "text/", "text/html, text/plain", "a b/c"})
    EXPECT_EQ(parse_media_type(text).type, "") << text;
}

constexpr std::array<std::string_view, 3> offers = {"text/html", "application/json", "text/turtle"};

TEST(Negotiate, ChoosesTheOfferThatIsLikedBest) {
  const std::pair<std::string_view, int> cases[] = {
      {"", 0},
      {"*/*", 0},
      {"application/json", 1},
      {"text/*", 0},
      {"text/turtle, text/html;q=0.9", 2},
      {"text/html;q=0.5, application/json;q=0.8", 1},
      {"text/*;q=0.9, text/html;q=0.1, */*;q=0.2", 2},
      {"TEXT/TURTLE", 2},
      {"image/png", -1},
      {"*/*;q=0", -1},
      {"text/html;q=0, */*", 1},
      {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 0},
      {"application/ld+json, application/json;q=abc", -1},
      {",,,", 0},
  };
  for (const auto& [accept, chosen] : cases) EXPECT_EQ(negotiate(accept, offers), chosen) << accept;
  EXPECT_EQ(negotiate("*/*", {}), -1);
}

TEST(NegotiateLanguage, UnderstandsVariants) {
  constexpr std::array<std::string_view, 2> languages = {"fr", "en"};
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "fr"},      {"en", "en"},          {"en-US,en;q=0.9,fr;q=0.8", "en"},
      {"fr-CA", "fr"}, {"de,en;q=0.5", "en"}, {"de", "fr"},
      {"*", "fr"},     {"fr;q=0, *", "en"},   {"fr;q=0.2,en;q=0.7", "en"},
  };
  for (const auto& [header, chosen] : cases) EXPECT_EQ(negotiate_language(header, languages), chosen) << header;
}

}  // namespace
}  // namespace moisson
