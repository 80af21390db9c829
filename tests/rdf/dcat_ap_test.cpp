#include "rdf/dcat_ap.h"

#include "document.h"

#include <moisson/dcat/properties.h>

#include <gtest/gtest.h>

namespace moisson::rdf {
namespace {

bool says(const Graph& graph, std::string_view subject, std::string_view predicate, const TermView& object) {
  const TermId s = graph.find_iri(subject), p = graph.find_iri(predicate), o = graph.find(object);
  return s != no_term && p != no_term && o != no_term && graph.contains({s, p, o});
}

constexpr std::string_view type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view label = "http://www.w3.org/2004/02/skos/core#prefLabel";

class DcatAp : public testing::Test {
 protected:
  explicit DcatAp()
      : graph(graph_of(std::string(R"(
@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://e/d> a dcat:Dataset ; dct:title "T" ; dcat:landingPage <http://e/page> ; dcat:keyword "a" ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI>, <http://e/themes#Eau>, <http://e/named> ;
  dct:language "fr", <http://e/fr> ; dcat:inSeries <http://e/series>, <http://e/known> .
<http://e/named> skos:prefLabel "Nom" .
<http://e/known> a dcat:DatasetSeries ; dct:title "S" .
<http://e/catalog> dcat:dataset <http://e/d>, <http://e/known>, <http://e/elsewhere> .)"))) {
    EXPECT_TRUE(complete_ranges(graph));
  }
  Graph graph;
};

TEST_F(DcatAp, GivesNamedNodesTheClassOfTheProperty) {
  EXPECT_TRUE(says(graph, "http://e/page", type, iri("http://xmlns.com/foaf/0.1/Document")));
  EXPECT_TRUE(says(graph, "http://e/fr", type, iri("http://purl.org/dc/terms/LinguisticSystem")));
  EXPECT_TRUE(says(graph, "http://e/known", type, iri("http://www.w3.org/ns/dcat#Dataset"))) << "a series is one too";
}

TEST_F(DcatAp, NamesTermsOfTheVocabularyAndOthersByTheirAddressInNoLanguage) {
  EXPECT_TRUE(says(graph, "http://publications.europa.eu/resource/authority/data-theme/ENVI", label,
                   literal("Environnement", {}, "fr")));
  EXPECT_TRUE(says(graph, "http://e/themes#Eau", label, literal("Eau", {}, no_language)));
  EXPECT_EQ(graph.about(graph.find_iri("http://e/named"), graph.find_iri(label)).size(), 1u);
}

TEST_F(DcatAp, DoesNotMakeARecordOfAMereName) {
  EXPECT_TRUE(graph.about(graph.find_iri("http://e/series")).empty());
  EXPECT_TRUE(graph.about(graph.find_iri("http://e/elsewhere")).empty());
}

TEST(DcatApType, IsGivenToLiteralsThatAreOfIt) {
  using Typed = std::pair<std::string, std::string_view>;
  constexpr std::string_view size = "http://www.w3.org/ns/dcat#byteSize",
                             sum = "http://spdx.org/rdf/terms#checksumValue";
  constexpr std::string_view integer = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger";
  EXPECT_EQ(typed(size, "685246.0"), Typed("685246", integer));
  EXPECT_EQ(typed(size, "12"), Typed("12", integer));
  for (const char* other : {"", "1.5", "-1", "12 Ko", "environ 3 Mo", "1e300", "nan"})
    EXPECT_EQ(typed(size, other), std::nullopt) << other;
  EXPECT_EQ(typed(sum, "fb4106aA"), Typed("fb4106aA", "http://www.w3.org/2001/XMLSchema#hexBinary"));
  for (const char* other : {"", "abc", "zz"}) EXPECT_EQ(typed(sum, other), std::nullopt) << other;
  EXPECT_EQ(typed("http://purl.org/dc/terms/title", "12"), std::nullopt);
}

TEST(DcatApRange, IsKnownByProperty) {
  EXPECT_EQ(range_of("http://purl.org/dc/terms/license"), "http://purl.org/dc/terms/LicenseDocument");
  EXPECT_EQ(range_of("http://purl.org/dc/terms/title"), "");
}

}  // namespace
}  // namespace moisson::rdf
