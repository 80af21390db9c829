#include "rdf/writer.h"

#include "document.h"
#include "isomorphism.h"

namespace moisson::rdf {
namespace {

constexpr std::string_view document = R"(
@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://e/d> a dcat:Dataset ; dct:title "L'été \"chaud\" \\ &<>"@fr, "Two\nlines\r\tand a tab" ; dct:issued "2024-01-01"^^xsd:date ;
  dcat:distribution [ a dcat:Distribution ; dct:title "a" ; dct:rights [ dct:title "r" ] ], [ a dcat:Distribution ; dct:title "b" ], [] ;
  <http://e/odd/> <http://e/with(bracket)> .
_:x dct:relation _:y . _:y dct:relation _:x . _:z dct:relation _:z .
<http://e/list> dct:hasPart ( 1 2 ) . [] dct:title "nobody's" . _:s dct:title "shared" . <http://e/1> dct:source _:s . <http://e/2> dct:source _:s .
)";

TEST(Writer, IsReadBackEqualInEverySyntax) {
  std::string text(document);
  text.erase(text.find("  <http://e/odd/>"), std::string_view("  <http://e/odd/> <http://e/with(bracket)> .").size());
  text.replace(text.find("[] ;\n"), 5, "[] .\n");
  const Graph graph = graph_of(text);
  for (const Syntax syntax : {Syntax::turtle, Syntax::ntriples, Syntax::rdf_xml, Syntax::json_ld}) {
    const auto written = write(graph, syntax);
    ASSERT_TRUE(written);
    EXPECT_TRUE(isomorphic(graph, graph_of(*written, syntax, "", true))) << to_string(syntax) << "\n" << *written;
  }
}

TEST(Writer, WritesOneDocumentInPartsWhoseBlankNodesAreTheirOwn) {
  const std::string first =
      "@prefix odd: <http://e/ns#> . <http://e/1> odd:colour \"bleu\" ; odd:knows _:a, _:b . _:a odd:knows _:b . "
      "<http://e/1> odd:at <geo:48.2,16.3> .";
  const std::string second =
      "<http://e/2> <http://other/ns#p> _:a, [ <http://purl.org/dc/terms/title> \"t\"@fr ] . _:a <http://e/ns#q> _:a .";
  const Graph a = graph_of(first), b = graph_of(second);
  Graph both;
  for (const std::string& text : {first, second}) {
    GraphLoader loader(both);
    ASSERT_TRUE(read(text, Syntax::turtle, "http://e/", loader));
  }
  both.index();
  for (const Syntax syntax : {Syntax::turtle, Syntax::ntriples, Syntax::rdf_xml, Syntax::json_ld}) {
    const auto one = document_part(a, syntax, "r1x", true), two = document_part(b, syntax, "r2x", false);
    ASSERT_TRUE(one && two);
    const std::string whole = document_head(syntax) + *one + *two + document_tail(syntax);
    EXPECT_TRUE(isomorphic(both, graph_of(whole, syntax, "", true))) << to_string(syntax) << "\n" << whole;
  }
}

TEST(NTriplesWriter, GivesTheSameBytesWhateverTheOrderAndTheLabels) {
  const Graph a = graph_of(
      "_:a <http://e/p> _:b . _:b <http://e/q> \"1\" . _:a <http://e/p> _:c . _:c <http://e/q> \"2\" . _:d "
      "<http://e/p> _:d .",
      Syntax::ntriples);
  const Graph b = graph_of(
      "_:d <http://e/p> _:d . _:z <http://e/q> \"2\" . _:y <http://e/p> _:z . _:x <http://e/q> \"1\" . _:y "
      "<http://e/p> _:x .",
      Syntax::ntriples);
  EXPECT_EQ(write_ntriples(a), write_ntriples(b));
  EXPECT_NE(write_ntriples(a), write_ntriples(graph_of("_:d <http://e/p> _:d .", Syntax::ntriples)));
}

TEST(NTriplesWriter, TellsTwinsApartStably) {
  const Graph a = graph_of(
      "<http://e/s> <http://e/p> [ <http://e/q> _:m ], [ <http://e/q> _:n ] . _:m <http://e/r> _:n . _:n <http://e/r> "
      "_:m .");
  const Graph b = graph_of(
      "_:q <http://e/r> _:p . _:p <http://e/r> _:q . <http://e/s> <http://e/p> [ <http://e/q> _:q ], [ <http://e/q> "
      "_:p ] .");
  EXPECT_EQ(write_ntriples(a), write_ntriples(b));
}

TEST(TurtleWriter, AbbreviatesWhatItCan) {
  const Graph graph = graph_of(
      "<http://e/d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/publisher> [ "
      "<http://xmlns.com/foaf/0.1/name> \"x\" ] .");
  EXPECT_EQ(write_turtle(graph),
            "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
            "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n\n<http://e/d>\n  a dcat:Dataset ;\n  dct:publisher [\n    "
            "foaf:name \"x\"\n  ] .\n");
}

// Turtle 1.1 §6.5: PN_LOCAL begins with no hyphen.
TEST(TurtleWriter, AbbreviatesNoNameThatBeginsWithAHyphen) {
  const Graph graph = graph_of("<http://e/d> <http://purl.org/dc/terms/-id> <http://purl.org/dc/terms/i-d> .");
  const std::string written = write_turtle(graph);
  EXPECT_NE(written.find("<http://purl.org/dc/terms/-id> dct:i-d"), std::string::npos) << written;
  EXPECT_TRUE(isomorphic(graph, graph_of(written, Syntax::turtle, "", true)));
}

TEST(RdfXmlWriter, NamesAPredicateThatIsNoXmlName) {
  const auto written = write_rdf_xml(graph_of("<http://e/s> <http://e/odd/> 1 ."));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unsupported);
  EXPECT_NE(written.error().message.find("http://e/odd/"), std::string::npos);
}

TEST(JsonLdWriter, AbbreviatesWhatItCan) {
  const Graph graph = graph_of(
      "<http://e/d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> \"Été\"@fr, \"x\" ; "
      "<http://purl.org/dc/terms/issued> \"2024-01-01\"^^<http://www.w3.org/2001/XMLSchema#date> ; "
      "<http://purl.org/dc/terms/publisher> [ <http://xmlns.com/foaf/0.1/name> \"x\" ] .");
  EXPECT_EQ(write_json_ld(graph),
            R"({"@context":{"dcat":"http://www.w3.org/ns/dcat#","dct":"http://purl.org/dc/terms/",)"
            R"("foaf":"http://xmlns.com/foaf/0.1/","xsd":"http://www.w3.org/2001/XMLSchema#"},"@graph":[{)"
            R"("@id":"http://e/d","@type":"dcat:Dataset","dct:title":[{"@language":"fr","@value":"Été"},"x"],)"
            R"("dct:issued":{"@type":"xsd:date","@value":"2024-01-01"},"dct:publisher":{"foaf:name":"x"}}]})");
}

TEST(JsonLdWriter, LeavesAPrefixAwayThatIsTheSchemeOfAnIri) {
  const Graph graph = graph_of(
      "<http://e/d> <http://www.opengis.net/ont/geosparql#hasGeometry> <geo:48.8,2.3> ; a <dct:odd> ; "
      "<http://purl.org/dc/terms/relation> <http://purl.org/dc/terms//two> .");
  EXPECT_TRUE(isomorphic(graph, graph_of(write_json_ld(graph), Syntax::json_ld, "", true)));
}

TEST(JsonLdWriter, KeepsBlankNodesOfAnyDepthApart) {
  std::string text = "<http://e/d> <http://e/p> ";
  for (int i = 0; i < 50; ++i) text += "[ <http://e/p> ";
  text += "1";
  for (int i = 0; i < 50; ++i) text += " ]";
  const Graph graph = graph_of(text + " .");
  const Graph again = graph_of(write_json_ld(graph), Syntax::json_ld, "", true);
  EXPECT_EQ(write_ntriples(graph), write_ntriples(again));
}

}  // namespace
}  // namespace moisson::rdf
