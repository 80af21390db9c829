#include "web/citation.h"

#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

const Citation hostile{.author = "R&D {50 %}",
                       .year = "2025",
                       .title = "A_b}, note = {x\n\\input{/etc/passwd}",
                       .site = "Moisson",
                       .address = "https://example.org/datasets/1",
                       .version = "",
                       .language = "fr",
                       .consulted = "2026-01-16",
                       .key = "1"};

TEST(Citation, KeepsBracesAndCommandsOutOfBibtex) {
  const std::string entry = bibtex(hostile);
  EXPECT_NE(entry.find("author = {{R\\&D \\{50 \\%\\}}}"), entry.npos) << entry;
  EXPECT_NE(entry.find("title = {{A\\_b\\}, note = \\{x \\textbackslash{}input\\{/etc/passwd\\}}}"), entry.npos)
      << entry;
  EXPECT_EQ(entry.find("version"), entry.npos);
}

TEST(Citation, KeepsEachFieldOfRisOnOneLine) {
  Citation citation = hostile;
  citation.title = "Eau\r\nER  - \r\nTY  - BOOK";
  EXPECT_EQ(ris(citation),
            "TY  - DATA\r\nAU  - R&D {50 %}\r\nTI  - Eau ER  - TY  - BOOK\r\nPY  - 2025\r\nPB  - Moisson\r\n"
            "LA  - fr\r\nUR  - https://example.org/datasets/1\r\nY2  - 2026/01/16\r\nER  - \r\n");
}

}  // namespace
}  // namespace moisson::web::test
