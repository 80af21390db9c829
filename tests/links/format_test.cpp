#include "links/format.h"

#include "links/links.h"

#include <gtest/gtest.h>

namespace moisson::links {
namespace {

TEST(WantedFormat, IsWhatTheReaderLikesBest) {
  struct Case {
    const char* accept;
    const char* standard;
    const char* wanted;
  };
  for (const auto& [accept, standard, wanted] :
       {Case{"", "html", "html"}, Case{"*/*", "html", "html"}, Case{"*/*", "ttl", "ttl"},
        Case{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "ttl", "html"},
        Case{"text/turtle", "html", "ttl"}, Case{"application/rdf+xml, text/turtle;q=0.5", "html", "rdf"},
        Case{"application/n-triples", "html", "nt"}, Case{"application/json", "html", "json"},
        Case{"application/ld+json", "html", "jsonld"}, Case{"image/png", "html", "html"}})
    EXPECT_EQ(wanted_format(accept, standard), wanted) << accept;
}

TEST(SearchTemplate, LeavesOpenWhatTheReaderFillsIn) {
  const Links links("http://catalog.example");
  EXPECT_EQ(links.search_template("html"), "http://catalog.example/datasets?q={searchTerms}&page={startPage?}");
  EXPECT_EQ(
      links.search_template("atom"),
      "http://catalog.example/datasets.atom?q={searchTerms}&page={startPage?}&page_size={count?}&lang={language?}");
  EXPECT_EQ(links.search_template("suggestions"), "http://catalog.example/opensearch/suggest?q={searchTerms}");
}

TEST(ModifiedSince, ReadsBackEqual) {
  const auto query = parse_query({{"modified_since", "2024-05-01T12:00:00Z"}}, "fr");
  ASSERT_TRUE(query.has_value());
  EXPECT_EQ(query_string(*query), "modified_since=2024-05-01T12%3A00%3A00Z");
  EXPECT_EQ(parse_query({{"modified_since", "2024-05-01T12:00:00Z"}}, "fr")->condition, query->condition);
  EXPECT_EQ(parse_query({{"modified_since", "soon"}}, "fr").error().where, "modified_since");
}

}  // namespace
}  // namespace moisson::links
