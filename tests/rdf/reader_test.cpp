#include "rdf/reader.h"

#include "document.h"
#include "rdf/iri.h"
#include "rdf/writer.h"

#include <algorithm>

namespace moisson::rdf {
namespace {

// Of the document, or of the first statement that was left alone.
Error error_of(std::string_view document, Syntax syntax, std::size_t* triples = nullptr, bool strict = false) {
  Graph graph;
  GraphLoader loader(graph);
  auto done = read(document, syntax, "http://example.org/doc", loader, {strict});
  if (triples != nullptr) *triples = graph.size();
  if (done && !loader.broken().empty()) return loader.broken().front().error;
  EXPECT_FALSE(done);
  return done ? Error{} : done.error();
}

// serd reads in pages of 4 KiB, and would lose its place where a directive crosses from one to the next.
TEST(Reader, ReadsMorePrefixesThanFitOnAPageOfSerds) {
  std::string document;
  for (int i = 0; i < 3000; ++i)
    document += "@prefix p" + std::to_string(i) + ": <http://e/" + std::to_string(i) + "/> .\n";
  const Graph graph = graph_of(document + "p7:a p8:b p2999:c .");
  EXPECT_EQ(write_ntriples(graph), "<http://e/7/a> <http://e/8/b> <http://e/2999/c> .\n");
}

TEST(ResolveIri, FollowsTheExamplesOfRfc3986) {
  const std::pair<const char*, const char*> rows[] = {{"g", "http://a/b/c/g"},
                                                      {"./g", "http://a/b/c/g"},
                                                      {"g/", "http://a/b/c/g/"},
                                                      {"/g", "http://a/g"},
                                                      {"//g", "http://g"},
                                                      {"?y", "http://a/b/c/d;p?y"},
                                                      {"g?y", "http://a/b/c/g?y"},
                                                      {"#s", "http://a/b/c/d;p?q#s"},
                                                      {"", "http://a/b/c/d;p?q"},
                                                      {".", "http://a/b/c/"},
                                                      {"..", "http://a/b/"},
                                                      {"../g", "http://a/b/g"},
                                                      {"../../../g", "http://a/g"},
                                                      {"/./g", "http://a/g"},
                                                      {"g.", "http://a/b/c/g."},
                                                      {"./g/.", "http://a/b/c/g/"},
                                                      {"g;x=1/../y", "http://a/b/c/y"},
                                                      {"urn:x", "urn:x"},
                                                      {"é", "http://a/b/c/é"}};
  for (const auto& [reference, expected] : rows) EXPECT_EQ(resolve_iri("http://a/b/c/d;p?q", reference), expected);
}

TEST(TurtleReader, TellsLineAndColumnOfASyntaxErrorAndReadsOnBehindIt) {
  std::size_t triples = 0;
  const Error error =
      error_of("@prefix e: <http://e/> .\ne:a e:p 1 .\ne:b e:p \"x\n\" .\ne:c e:p 3 .\n", Syntax::turtle, &triples);
  EXPECT_EQ(error.code, ErrorCode::invalid_input);
  EXPECT_TRUE(error.where.starts_with("3:") || error.where.starts_with("4:")) << error.where;
  EXPECT_EQ(triples, 2U);
}

TEST(TurtleReader, LeavesAHundredStatementsAloneAndNoMore) {
  const auto document = [](int broken) {
    std::string text = "@prefix e: <http://e/> .\ne:a e:p 1 .\n";
    for (int i = 0; i < broken; ++i) text += "e:b e:p oops .\n";
    return text + "e:c e:p 3 .\n";
  };
  for (const int broken : {1, 100, 101}) {
    Graph graph;
    GraphLoader loader(graph);
    const auto done = read(document(broken), Syntax::turtle, "http://example.org/doc", loader);
    EXPECT_EQ(done.has_value(), broken <= 100) << broken;
    EXPECT_EQ(loader.broken().size(), static_cast<std::size_t>(std::min(broken, 100)));
    EXPECT_EQ(graph.size(), broken <= 100 ? 2u : 1u);
    EXPECT_EQ(loader.broken().front().error.where.substr(0, 2), "3:");
    EXPECT_EQ(loader.broken().front().subject, no_term);  // it had said nothing yet
  }
}

// The prefix that is not defined stands first in comments, a hundred of which look like ends of statements.
TEST(TurtleReader, ReadsALargeBrokenStatementAgainAFewTimesAtMost) {
  std::string document;
  for (int i = 0; i < 100; ++i) document += "# x:y .\n";
  document.append("<http://e/a> <http://e/p> \"").append(std::size_t{40} << 20, 'a').append("\", x:y .\n");
  Graph graph;
  GraphLoader loader(graph);
  const auto done = read(document, Syntax::turtle, "http://example.org/doc", loader);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::too_large);
  EXPECT_NE(done.error().message.find("256 MiB"), std::string::npos) << done.error().message;
  EXPECT_LE(loader.broken().size(), 6U);  // 6 × 40 MiB
}

// Behind the broken line the text that began on it is none, and an IRI begins: serd 0.30 looks for its end for ever.
TEST(TurtleReader, EndsWhereAnIriDoesNotEndBehindABrokenStatement) {
  for (const std::string_view rest : {"<x ''' .\n", "<x ''' .\n<http://e/c> <http://e/p> 3 .\n", "\"x ''' .\n"}) {
    Graph graph;
    GraphLoader loader(graph);
    const auto done =
        read("<http://e/a> <http://e/p> 1 .\nbad ''' .\n" + std::string(rest), Syntax::turtle, "http://e/", loader);
    EXPECT_TRUE(done) << rest;
    graph.index();
    EXPECT_EQ(graph.about(graph.find_iri("http://e/a")).size(), 1U) << rest;
    EXPECT_GE(loader.broken().size(), 2U) << rest;
  }
}

TEST(TurtleReader, NamesAnUndefinedPrefixAndItsPlace) {
  const Error error = error_of("@prefix e: <http://e/> .\ne:a e:p 1 ;\n  dct:title \"x\" .\n", Syntax::turtle);
  EXPECT_EQ(error.where, "3:3");
  EXPECT_NE(error.message.find("dct:"), std::string::npos);
}

TEST(TurtleReader, RefusesNestingThatWouldOverflowTheStack) {
  std::string document = "<http://e/s> <http://e/p> ";
  for (int i = 0; i < 100'000; ++i) document += "[ <http://e/p> ";
  EXPECT_EQ(error_of(document, Syntax::turtle).code, ErrorCode::too_large);
  // Brackets in strings, comments and IRIs nest nothing.
  const std::string brackets(300, '[');
  const Graph graph = graph_of("<http://e/s> <http://e/p> \"" + brackets + "\", '''" + brackets + "\n'" + brackets +
                               "''' . # " + brackets + "\n<http://e/s> <http://e/q> 'it\\'s" + brackets + "' .");
  EXPECT_EQ(graph.size(), 3U);
}

TEST(TurtleReader, ReadsTheSameInPiecesOfAnySize) {
  std::string document = "\xEF\xBB\xBF@prefix e: <http://e/> .\n@base <http://b/> .\n";
  for (int i = 0; i < 3000; ++i) {
    document +=
        "e:s" + std::to_string(i) + " e:p [ e:q \"a. b\"@fr ; e:r '''x\n. ''' ], ( 1 2.5 <r> ) ; a e:T . # c. \n";
  }
  const Graph whole = graph_of(document);
  for (const std::size_t size : {1U, 7U, 4096U, 100'000U}) {
    Graph graph;
    GraphLoader loader(graph);
    auto reader = make_reader(Syntax::turtle, "http://example.org/doc", loader);
    for (std::size_t at = 0; at < document.size(); at += size) {
      ASSERT_TRUE((*reader)->feed(std::string_view(document).substr(at, size)));
    }
    ASSERT_TRUE((*reader)->finish());
    graph.index();
    EXPECT_EQ(graph.size(), whole.size()) << size;
    EXPECT_EQ((*reader)->bytes_read(), document.size());
  }
}

TEST(TurtleReader, TellsLinesAcrossBlocks) {
  std::string document = "@prefix e: <http://e/> .\n";
  for (int i = 0; i < 20'000; ++i) document += "e:s" + std::to_string(i) + " e:p e:o .\n";
  Graph graph;
  GraphLoader loader(graph);
  auto reader = make_reader(Syntax::turtle, "", loader, {true});
  ASSERT_TRUE((*reader)->feed(document));
  auto failed = (*reader)->feed("e:x e:p ;; .\n");
  if (failed) failed = (*reader)->finish();
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().where.starts_with("20002:")) << failed.error().where;
  EXPECT_EQ((*reader)->bytes_read(), document.size());
}

TEST(TurtleReader, RepairsABlankInAnIriAndSaysSo) {
  Graph graph;
  GraphLoader loader(graph);
  auto reader = make_reader(Syntax::turtle, "", loader);
  ASSERT_TRUE((*reader)->feed("<http://e/s> <http://e/p> <http://e/a b> .\n<http://e/s> <http://e/p> 2 ."));
  ASSERT_TRUE((*reader)->finish());
  EXPECT_EQ(graph.size(), 2U);
  ASSERT_EQ((*reader)->repairs().size(), 1U);
  EXPECT_TRUE((*reader)->repairs()[0].place.starts_with("1:"));
}

TEST(TurtleReader, MendsBytesThatAreNotUtf8InEveryTerm) {
  for (const Syntax syntax : {Syntax::turtle, Syntax::ntriples}) {
    const Graph graph = graph_of("<x:\xD5> <x:\xD5> \"\xD5\"^^<x:\xD5> .\n<x:s> <x:p> \"\xD5\"@fr .\n", syntax);
    EXPECT_EQ(write_ntriples(graph), "<x:s> <x:p> \"\uFFFD\"@fr .\n<x:\uFFFD> <x:\uFFFD> \"\uFFFD\"^^<x:\uFFFD> .\n");
  }
}

// The prefix and the base outlive the block that declared them: what is read behind a broken statement is a new one.
TEST(TurtleReader, MendsBytesThatAreNotUtf8InPrefixesAndBases) {
  Graph graph;
  GraphLoader loader(graph);
  ASSERT_TRUE(
      read("@prefix e: <x:\xD5> . @base <y:/\xD5/> .\n<x:s> ] .\ne:a e:b <c> .\n", Syntax::turtle, "", loader, {}));
  EXPECT_EQ(loader.broken().size(), 1U);
  graph.index();
  EXPECT_EQ(write_ntriples(graph), "<x:\uFFFDa> <x:\uFFFDb> <y:/\uFFFD/c> .\n");
}

TEST(TurtleReader, RefusesNulBytesOutsideOfStrings) {
  EXPECT_EQ(error_of(std::string_view("<http://e/s> <http://e/p> 1 \0 .", 31), Syntax::turtle).where, "1:29");
}

// serd 0.30 looks for the end of an open IRI for ever.
TEST(TurtleReader, EndsWhereADocumentIsCutInsideAnIriOrAString) {
  for (const Syntax syntax : {Syntax::turtle, Syntax::ntriples})
    for (const char* cut : {"<http://e/d", "<http://e/a> <http://e/b> \"c", "<http://e/a> <http://e/b> \"c\\"}) {
      const Error error = error_of(std::string("<x:s> <x:p> <x:o> .\n") + cut, syntax);
      EXPECT_EQ(error.code, ErrorCode::invalid_input) << cut;
      EXPECT_TRUE(error.where.starts_with("2:")) << cut << ": " << error.where;
    }
  EXPECT_EQ(error_of("<http://e/d\n> a <x:o> .\n", Syntax::turtle).where, "1:12");
}

TEST(TurtleReader, TakesAnEmptyDocument) {
  for (const char* text : {"", " ", "\xEF\xBB\xBF", "# nothing"}) EXPECT_EQ(graph_of(text).size(), 0U);
}

TEST(RdfXmlReader, TellsLineAndColumnAndKeepsWhatWasRead) {
  std::size_t triples = 0;
  const Error error = error_of(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'>\n"
      "<e:T rdf:about='http://e/a'><e:p>1</e:p></e:T>\n"
      "<e:T rdf:about='http://e/b'><e:p>2</e:q></e:T></rdf:RDF>",
      Syntax::rdf_xml, &triples);
  EXPECT_TRUE(error.where.starts_with("3:")) << error.where;
  EXPECT_GE(triples, 3U);
}

TEST(RdfXmlReader, RefusesTextAndElementsWhereNoneMayBeIfStrict) {
  const std::string head = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'>";
  for (const char* body :
       {"text", "<e:T>text</e:T>", "<e:T><e:p>a<e:U/></e:p></e:T>", "<e:T><e:p><e:U/><e:U/></e:p></e:T>",
        "<e:T><e:p rdf:resource='x'>text</e:p></e:T>", "<e:T><e:p rdf:resource='x'><e:U/></e:p></e:T>"}) {
    EXPECT_EQ(error_of(head + body + "</rdf:RDF>", Syntax::rdf_xml, nullptr, true).code, ErrorCode::invalid_input)
        << body;
  }
}

TEST(RdfXmlReader, ReadsWhatPortalsWriteAgainstTheGrammarAndSaysSo) {
  Graph graph;
  GraphLoader loader(graph);
  auto reader = make_reader(Syntax::rdf_xml, "http://b/", loader);
  ASSERT_TRUE((*reader)->feed(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'><e:T "
      "rdf:about='http://e/a'>stray"
      "<e:p><e:U rdf:about='http://e/1'/><e:U rdf:resource='http://e/2'/></e:p><e:q rdf:about='http://e/3'/>"
      "<e:r rdf:resource='http://e/4'><e:U rdf:about='http://e/5'/></e:r></e:T></rdf:RDF>"));
  ASSERT_TRUE((*reader)->finish());
  graph.index();
  EXPECT_EQ(graph.about(graph.find_iri("http://e/a")).size(), 6U);
  EXPECT_EQ((*reader)->repairs().size(), 5U);
}

// What no Turtle can write (RDF 1.1 §3.3) is mended or left out where it is written, whatever the syntax it came in.
TEST(Writers, PutTagsOfLanguagesOnly) {
  const std::pair<const char*, const char*> rows[] = {
      {"fr", "@fr"},  {"fr-CA", "@fr-CA"}, {"fr_CA", "@fr-CA"}, {" fr", "@fr"},
      {"fr-", "@fr"}, {"français", "@fr"}, {"1", ""},           {"", ""}};
  for (const auto& [tag, written] : rows) {
    const Graph graph = graph_of(
        R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"><rdf:Description )"
        R"(rdf:about="http://e/s"><e:p xml:lang=")" +
            std::string(tag) + R"(">x</e:p></rdf:Description></rdf:RDF>)",
        Syntax::rdf_xml);
    const auto line = "<http://e/s> <http://e/p> \"x\"" + std::string(written) + " .\n";
    EXPECT_EQ(write_ntriples(graph), line) << tag;
    for (const auto syntax : {Syntax::turtle, Syntax::rdf_xml, Syntax::json_ld})
      EXPECT_EQ(write_ntriples(graph_of(write(graph, syntax).value(), syntax)), line) << tag;
  }
}

// Blank nodes are called after what is written about them: a tag that is mended, or left out, calls them no other name.
TEST(Writers, NameBlankNodesByTagsAsTheyAreWritten) {
  const Graph graph =
      graph_of(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">)"
               R"(<e:T><e:p xml:lang="fr_FR">x</e:p><e:p xml:lang="fr">x</e:p></e:T>)"
               R"(<e:T><e:p xml:lang="/">x</e:p></e:T><e:T><e:p>y</e:p></e:T></rdf:RDF>)",
               Syntax::rdf_xml);
  const std::string lines = write_ntriples(graph);
  for (const auto syntax : {Syntax::turtle, Syntax::ntriples, Syntax::rdf_xml, Syntax::json_ld})
    EXPECT_EQ(write_ntriples(graph_of(write(graph, syntax).value(), syntax)), lines);
}

TEST(RdfXmlReader, MakesAbsoluteIrisOfANamespaceThatIsNone) {
  const Graph graph = graph_of(
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:v="vocabulary#" xml:base="http://e/d">)"
      R"(<v:T rdf:about="s" v:p="1"><v:q>2</v:q></v:T></rdf:RDF>)",
      Syntax::rdf_xml);
  EXPECT_EQ(write_ntriples(graph),
            "<http://e/s> <http://e/vocabulary#p> \"1\" .\n<http://e/s> <http://e/vocabulary#q> \"2\" .\n"
            "<http://e/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/vocabulary#T> .\n");
}

TEST(RdfXmlReader, ResumesTheParentsLanguageAndBase) {
  const Graph graph = graph_of(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/' xml:base='http://b/'>"
      "<e:T rdf:about='a' xml:lang='fr'><e:p xml:lang='en' xml:base='http://c/' rdf:parseType='Resource'><e:q>x</e:q>"
      "<e:r rdf:resource='d'/></e:p><e:p>y</e:p><e:r rdf:resource='d'/></e:T></rdf:RDF>",
      Syntax::rdf_xml);
  EXPECT_NE(graph.find(literal("x", {}, "en")), no_term);
  EXPECT_NE(graph.find(literal("y", {}, "fr")), no_term);
  EXPECT_NE(graph.find_iri("http://c/d"), no_term);
  EXPECT_NE(graph.find_iri("http://b/d"), no_term);
}

TEST(Syntax, IsRecognisedByContentFirst) {
  const std::pair<const char*, Syntax> rows[] = {
      {"@prefix a: <b> .", Syntax::turtle},
      {"# note\n\nPREFIX a: <b>", Syntax::turtle},
      {"\xEF\xBB\xBF{\"@id\"", Syntax::json_ld},
      {"<http://a> <http://b> \"c\" .\n", Syntax::ntriples},
      {"<http://a> a <http://b> .\n", Syntax::turtle},
      {"<?xml version='1.0'?>\n<rdf:RDF xmlns:rdf='x'>", Syntax::rdf_xml},
      {"<!-- x --><dcat:Catalog xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", Syntax::rdf_xml},
      {"<?xml version='1.0'?><!DOCTYPE rdf:RDF [<!ENTITY x 'http://y>'>]><rdf:RDF>", Syntax::rdf_xml},
      {"_:a <http://b> <http://c> .", Syntax::ntriples},
      {"[ a <http://b> ] .", Syntax::turtle},
      {"[{\"@id\":1}]", Syntax::json_ld}};
  for (const auto& [head, syntax] : rows) {
    const auto found = recognise(head, "text/html", "x.rdf");
    ASSERT_TRUE(found) << head << to_string(found.error());
    EXPECT_EQ(*found, syntax) << head;
  }
  EXPECT_EQ(*recognise("", "application/rdf+xml; charset=utf-8", "x.ttl"), Syntax::rdf_xml);
  EXPECT_EQ(*recognise("# x", "text/plain", "http://x/a.ttl?page=1"), Syntax::turtle);
}

TEST(Syntax, RefusesHtmlAndOtherXml) {
  for (const char* page : {"<!DOCTYPE html><html>", " <HTML lang='fr'>", "<?xml version='1.0'?><html xmlns='x'>",
                           "<!doctype HTML PUBLIC 'x'>"}) {
    EXPECT_EQ(recognise(page, "text/turtle", "x.ttl").error().code, ErrorCode::refused) << page;
  }
  EXPECT_EQ(recognise("<?xml version='1.0'?><csw:GetRecordsResponse>", "application/xml", "").error().code,
            ErrorCode::unsupported);
  EXPECT_EQ(recognise("", "", "").error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace moisson::rdf
