#include "net/robots.h"

#include <gtest/gtest.h>

namespace moisson::net {
namespace {

using enum RobotsVerdict;

struct Row {
  const char* robots;
  const char* target;
  RobotsVerdict verdict;
};

class RobotsTable : public testing::TestWithParam<Row> {};

TEST_P(RobotsTable, GivesTheVerdict) {
  EXPECT_EQ(verdict(parse_robots(GetParam().robots), GetParam().target), GetParam().verdict)
      << GetParam().robots << "\n"
      << GetParam().target;
}

INSTANTIATE_TEST_SUITE_P(
    Rfc9309, RobotsTable,
    testing::Values(
        Row{"", "/a", allowed}, Row{"User-agent: *\nDisallow:\n", "/a", allowed},
        Row{"User-agent: *\nDisallow: /\n", "/a", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /\n", "/robots.txt", allowed},
        Row{"USER-AGENT:moisson/2.0\nDISALLOW:/\n", "/a", disallowed_for_us},
        Row{"User-agent: moissonneuse\nDisallow: /\n", "/a", allowed},
        Row{"User-agent: *\nDisallow: /\n\nUser-agent: Moisson\nAllow: /\n", "/a", allowed},
        Row{"User-agent: Moisson\nUser-agent: other\n\nDisallow: /x\n", "/x", disallowed_for_us},
        Row{"User-agent: Moisson\nDisallow: /x\nUser-agent: other\nDisallow: /y\n", "/y", allowed},
        Row{"User-agent: moisson\nDisallow: /x\n\nUser-agent: moisson\nDisallow: /y\n", "/y", disallowed_for_us},
        // The longest match wins, and Allow at equal length (§2.2.2).
        Row{"User-agent: *\nDisallow: /api/\nAllow: /api/3/action/\n", "/api/3/action/package_search", allowed},
        Row{"User-agent: *\nAllow: /api/3/action/\nDisallow: /api/\n", "/api/2", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /page\nAllow: /page\n", "/page", allowed},
        // Special characters (§2.2.3).
        Row{"User-agent: *\nDisallow: /*.php$\n", "/a/b.php", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /*.php$\n", "/a/b.php?x=1", allowed},
        Row{"User-agent: *\nDisallow: /*.php\n", "/a/b.php?x=1", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /a*b*c\n", "/axxbyyc-tail", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /a*b*c$\n", "/axxbyyc-tail-c", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: *\n", "/", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /$\n", "/", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /$\n", "/a", allowed},
        // Percent-encoding compares equal (§2.2.2).
        Row{"User-agent: *\nDisallow: /foo/%7Ebar\n", "/foo/~bar", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /donn\xC3\xA9"
            "es\n",
            "/donn%C3%A9es", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /a%2fb\n", "/a%2Fb", disallowed_for_everybody},
        Row{"User-agent: *\nDisallow: /a%2Fb\n", "/a/b", allowed},
        // Line ends, comments, a byte order mark, nonsense.
        Row{"\xEF\xBB\xBFUser-agent: * # all\r\nDisallow: /x # secret\r\n", "/x", disallowed_for_everybody},
        Row{"User-agent: *\rDisallow: /x\r", "/x", disallowed_for_everybody},
        Row{"<html><body>Not found: 404</body></html>", "/x", allowed},
        Row{"Disallow: /before any group\nUser-agent: *\nAllow: /\n", "/before", allowed},
        Row{"User-agent: *\nSitemap: https://x/s.xml\nDisallow: /x\n", "/x", disallowed_for_everybody}));

TEST(Robots, GivesThePaceOfOurGroupBeforeEverybodys) {
  using std::chrono::milliseconds;
  EXPECT_EQ(parse_robots("User-agent: *\nDisallow: /api/\nCrawl-Delay: 10\n").delay(), milliseconds(10'000));
  EXPECT_EQ(parse_robots("User-agent: *\nCrawl-delay: 10\nUser-agent: moisson\nCrawl-delay: 0.5\n").delay(),
            milliseconds(500));
  EXPECT_EQ(parse_robots("User-agent: *\nCrawl-delay: 86400\n").delay(), milliseconds(60'000));
  EXPECT_EQ(parse_robots("User-agent: *\nCrawl-delay: soon\n").delay(), milliseconds(0));
  EXPECT_EQ(parse_robots("User-agent: *\nCrawl-delay: -3\n").delay(), milliseconds(0));
}

TEST(Robots, ReadsNoFurtherThanItsCaps) {
  std::string text = "User-agent: *\n";
  while (text.size() < robots_max_bytes) text += "Disallow: /nothing-of-interest\n";
  text += "Disallow: /late\n";
  const Robots robots = parse_robots(text);
  EXPECT_EQ(robots.everybody.rules.size(), 5000u);
  EXPECT_EQ(verdict(robots, "/late"), allowed);
}

TEST(Robots, MatchesAHostilePatternInBoundedTime) {
  std::string pattern = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 1000; ++i) pattern += "*a";
  pattern += "$\n";
  EXPECT_EQ(verdict(parse_robots(pattern), "/" + std::string(8000, 'a') + "b"), allowed);
}

}  // namespace
}  // namespace moisson::net
