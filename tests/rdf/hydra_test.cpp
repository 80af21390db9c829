#include "rdf/hydra.h"

#include "document.h"

namespace moisson::rdf {
namespace {

Paging of(std::string_view body) {
  return paging(graph_of("@prefix hydra: <http://www.w3.org/ns/hydra/core#> . " + std::string(body), Syntax::turtle,
                         "http://e/c.ttl?page=1"),
                "http://e/c.ttl?page=1");
}

TEST(Hydra, ReadsBothVocabulariesAsIrisAndAsStrings) {
  for (const char* body : {"<> a hydra:PartialCollectionView ; hydra:next <?page=2> ; hydra:last <?page=9> . "
                           "<http://e/c> hydra:totalItems 123 .",
                           "<> a hydra:PagedCollection ; hydra:nextPage \"http://e/c.ttl?page=2\" ; hydra:lastPage "
                           "\"?page=9\" ; hydra:totalItems \"123\" ."}) {
    const Paging found = of(body);
    EXPECT_EQ(found.next, "http://e/c.ttl?page=2");
    EXPECT_EQ(found.last, "http://e/c.ttl?page=9");
    EXPECT_EQ(found.total, 123U);
  }
}

TEST(Hydra, PrefersTheViewAboutThePageItself) {
  EXPECT_EQ(of("<http://e/other> hydra:next <http://e/wrong> . <> hydra:next <http://e/right> .").next,
            "http://e/right");
}

TEST(Hydra, TellsNothingWhereNothingIsSaid) {
  const Paging found = of("<> hydra:totalItems \"many\" ; hydra:next [] .");
  EXPECT_TRUE(found.next.empty());
  EXPECT_FALSE(found.total);
}

}  // namespace
}  // namespace moisson::rdf
