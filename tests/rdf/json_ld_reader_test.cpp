#include "rdf/json_ld_reader.h"

#include "document.h"
#include "isomorphism.h"
#include "rdf/writer.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace moisson::rdf {
namespace {

constexpr std::string_view address = "http://portal/catalog.jsonld";

struct Reading {
  Graph graph;
  Result<void> done;
  std::vector<dcat::Finding> repairs;
};

Reading read_document(std::string_view document, std::size_t piece = 1'000'000) {
  Reading out;
  GraphLoader loader(out.graph);
  auto reader = make_reader(Syntax::json_ld, address, loader);
  for (std::size_t at = 0; at < document.size() && out.done; at += piece)
    out.done = (*reader)->feed(document.substr(at, piece));
  if (out.done) out.done = (*reader)->finish();
  out.repairs = (*reader)->repairs();
  out.graph.index();
  return out;
}

void expect_same(std::string_view document, std::string_view turtle) {
  const Reading reading = read_document(document, 7);
  ASSERT_TRUE(reading.done) << to_string(reading.done.error());
  const Graph expected = graph_of(turtle);
  EXPECT_TRUE(isomorphic(reading.graph, expected)) << write_ntriples(reading.graph) << "instead of\n"
                                                   << write_ntriples(expected);
}

TEST(JsonLdReader, ReadsACatalogWithItsOwnContext) {
  expect_same(R"({
    "@context": {"dct": "http://purl.org/dc/terms/", "dcat": "http://www.w3.org/ns/dcat#", "@language": "fr",
                 "title": "dct:title", "issued": {"@id": "dct:issued", "@type": "dct:W3CDTF"},
                 "labels": {"@id": "dct:alternative", "@container": "@language"},
                 "page": {"@id": "dcat:landingPage", "@type": "@id"}, "of": {"@reverse": "dcat:dataset"},
                 "order": {"@id": "dcat:order", "@container": "@list"}, "size": {"@id": "dcat:byteSize"}},
    "@id": "d/1", "@type": "dcat:Dataset", "title": "Été", "issued": "2024-01-01",
    "labels": {"en": "Summer", "de": ["Sommer", "Sommerzeit"]}, "page": "page?a=1", "of": {"@id": "/cat"},
    "order": [1, true, 2.5], "size": 12345678901234567890, "unknown": "dropped", "dcat:distribution": [{}, null]})",
              R"(@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <http://portal/d/1> a dcat:Dataset ; dct:title "Été"@fr ; dct:issued "2024-01-01"^^dct:W3CDTF ;
      dct:alternative "Summer"@en, "Sommer"@de, "Sommerzeit"@de ; dcat:landingPage <http://portal/page?a=1> ;
      dcat:order (1 true "2.5E0"^^xsd:double) ; dcat:byteSize 12345678901234567890 ; dcat:distribution [] .
    <http://portal/cat> dcat:dataset <http://portal/d/1> .)");
}

TEST(JsonLdReader, KnowsTheContextsThatPortalsNameWithoutAskingForThem) {
  expect_same(
      R"({"@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "@id": "http://e/data.json",
    "@type": "dcat:Catalog", "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "dataset": [{"@type": "dcat:Dataset", "title": "T", "keyword": ["a", "b"], "modified": "2024-01-01",
                 "publisher": {"@type": "org:Organization", "name": "N"}}]})",
      R"(@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
    <http://e/data.json> a dcat:Catalog ; dct:conformsTo <https://project-open-data.cio.gov/v1.1/schema> ;
      dcat:dataset [ a dcat:Dataset ; dct:title "T" ; dcat:keyword "a", "b" ;
        dct:modified "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ;
        dct:publisher [ a <http://www.w3.org/ns/org#Organization> ;
                        <http://www.w3.org/2004/02/skos/core#prefLabel> "N" ] ] .)");
  expect_same(R"({"@context": "https://data.public.lu/api/1/site/context.jsonld", "@id": "http://e/d",
    "@type": "Dataset", "title": "T", "publisher": "http://e/o"})",
              R"(<http://e/d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "T" ;
    <http://purl.org/dc/terms/publisher> <http://e/o> .)");
  expect_same(R"({"@context": ["http://schema.org/", {"@language": "fr"}], "@type": "Dataset", "name": "N"})",
              R"([] a <http://schema.org/Dataset> ; <http://schema.org/name> "N"@fr .)");
}

TEST(JsonLdReader, NamesAContextThatItDoesNotHave) {
  const Reading reading = read_document(R"({"@context": "https://other.example/context.jsonld", "title": "T"})");
  ASSERT_FALSE(reading.done);
  EXPECT_EQ(reading.done.error().code, ErrorCode::unsupported);
  EXPECT_NE(reading.done.error().message.find("https://other.example/context.jsonld"), std::string::npos);
  EXPECT_EQ(reading.done.error().where, "/@context");
}

TEST(JsonLdReader, KeepsTheNeighboursOfAWrongValue) {
  const Reading reading = read_document(R"({"@context": {"@vocab": "http://e/", "bad": {"@id": 3}}, "@graph": [
    {"@id": "http://e/1", "t": "one"}, {"@id": 7, "t": "lost"},
    {"@id": "http://e/2", "t": [{"@value": ["no"]}, "two"], "l": {"@value": "deux", "@language": "fr_FR"}},
    {"@id": "http://e/3", "t": {"@value": "rtl", "@direction": "rtl"}}]})");
  ASSERT_TRUE(reading.done) << to_string(reading.done.error());
  EXPECT_EQ(write_ntriples(reading.graph),
            "<http://e/1> <http://e/t> \"one\" .\n<http://e/2> <http://e/l> \"deux\"@fr .\n"
            "<http://e/2> <http://e/t> \"two\" .\n<http://e/3> <http://e/t> \"rtl\" .\n");
  ASSERT_EQ(reading.repairs.size(), 4U);
  EXPECT_EQ(reading.repairs[0].place, "/@context");
  EXPECT_EQ(reading.repairs[1].place, "/@graph/1");
  EXPECT_EQ(reading.repairs[2].place, "/@graph/2/t/0");
  EXPECT_NE(reading.repairs[3].message.find("@direction"), std::string::npos);
}

TEST(JsonLdReader, ReadsWhatWasRightInJsonLd10) {
  expect_same(R"({"@context": {"dct": {"@id": "http://purl.org/dc/terms/"}}, "@id": "http://e/d", "dct:title": "T"})",
              R"(<http://e/d> <http://purl.org/dc/terms/title> "T" .)");
}

TEST(JsonLdReader, TakesTheTriplesOfNamedGraphsToo) {
  expect_same(R"({"@id": "http://e/g", "http://e/p": 1, "@graph": [{"@id": "http://e/d", "http://e/p": 2}]})",
              "<http://e/g> <http://e/p> 1 . <http://e/d> <http://e/p> 2 .");
}

TEST(JsonLdReader, ReadsAReverseMapInContextsOfItsOwn) {
  expect_same(R"({"@context": {"T": {"@id": "http://e/T", "@context": {"of": "http://e/other"}}, "of": "http://e/of"},
    "@id": "http://e/d", "@type": "T",
    "@reverse": {"@context": {"in": "http://e/in"}, "of": {"@id": "http://e/a"}, "in": {"@id": "http://e/b"}}})",
              "<http://e/d> a <http://e/T> . <http://e/a> <http://e/of> <http://e/d> . <http://e/b> <http://e/in> "
              "<http://e/d> .");
}

TEST(JsonLdReader, SaysNothingOfAListThatNothingLeadsTo) {
  expect_same(
      R"({"@id": "http://e/d", "http://e/p": 1, "_:p": {"@list": [2, {"@id": "http://e/m", "http://e/p": [3]}]}})",
      "<http://e/d> <http://e/p> 1 . <http://e/m> <http://e/p> 3 .");
}

TEST(JsonLdReader, TakesAJsonLiteralForAMemberOfAListAndNeverForASubject) {
  expect_same(R"({"@context": {"list": {"@id": "http://e/p", "@type": "@json", "@container": "@list"},
                               "of": {"@reverse": "http://e/q", "@type": "@json"}},
                  "@id": "http://e/d", "list": [1, {"a": 2}], "of": {"@id": "http://e/x"}})",
              R"(@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    <http://e/d> <http://e/p> ("[1,{\"a\":2}]"^^rdf:JSON) .)");
}

TEST(JsonLdReader, RefusesWhatIsNotWholeJson) {
  const Reading reading = read_document(R"({"@id": "http://e/d", "http://e/p": )");
  ASSERT_FALSE(reading.done);
  EXPECT_EQ(reading.done.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(reading.graph.size(), 0U);
}

TEST(JsonLdReader, RefusesDepthAndContextsBeyondTheCaps) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += R"({"http://e/p":)";
  EXPECT_EQ(read_document(deep).done.error().code, ErrorCode::too_large);

  // Terms that need each other, one after the other.
  std::string chain = R"({"@context": {)";
  for (int i = 0; i < 10'000; ++i) chain += "\"t" + std::to_string(i) + "\": \"t" + std::to_string(i + 1) + ":x\", ";
  chain += R"("t10000": "http://e/"}, "@id": "http://e/d", "t0": 1})";
  EXPECT_EQ(read_document(chain).done.error().code, ErrorCode::too_large);

  // A large context that is made anew for each of many nodes.
  std::string wide = R"({"@context": {)";
  for (int i = 0; i < 20'000; ++i) wide += "\"t" + std::to_string(i) + "\": \"http://e/x\", ";
  wide += R"("g": "http://e/g"}, "g": [)";
  for (int i = 0; i < 20'000; ++i) wide += R"({"@context": {"u": "http://e/u"}, "u": 1}, )";
  wide += "1]}";
  EXPECT_EQ(read_document(wide).done.error().code, ErrorCode::too_large);
}

TEST(JsonLdReader, ReadsEveryFeed) {
  const std::filesystem::path root = std::filesystem::path(MOISSON_FIXTURES) / "dcat";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no feeds in " << MOISSON_FIXTURES;
  int files = 0, only_contexts = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".jsonld") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    ++files;
    const Reading reading = read_document(text);
    if (entry.path().filename() == "full_croissant_dataset.jsonld") {  // a comma before a brace: no JSON
      EXPECT_FALSE(reading.done);
      continue;
    }
    EXPECT_TRUE(reading.done) << entry.path() << ": " << to_string(reading.done.error());
    if (reading.graph.size() == 0) {
      ++only_contexts;
      EXPECT_NE(text.find("@context"), std::string::npos);
    }
    for (const auto& repair : reading.repairs)
      std::cout << entry.path().filename().string() << repair.place << ": " << repair.message << '\n';
    const Graph again = graph_of(write_json_ld(reading.graph), Syntax::json_ld, "", true);
    EXPECT_EQ(write_ntriples(again), write_ntriples(reading.graph)) << entry.path();
  }
  std::cout << files << " JSON-LD files, " << only_contexts << " of them a context alone\n";
  EXPECT_GT(files, 40);
}

}  // namespace
}  // namespace moisson::rdf
