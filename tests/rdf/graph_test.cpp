#include "rdf/graph.h"

#include "document.h"
#include "rdf/canonical_triples.h"
#include "rdf/writer.h"

namespace moisson::rdf {
namespace {

TEST(Graph, TellsTermsApartByKindDatatypeAndLanguage) {
  Graph graph;
  const TermId plain = *graph.intern(literal("a"));
  EXPECT_EQ(plain, *graph.intern(literal("a", "http://www.w3.org/2001/XMLSchema#string")));
  EXPECT_NE(plain, *graph.intern(iri("a")));
  EXPECT_NE(plain, *graph.intern(literal("a", {}, "fr")));
  EXPECT_NE(plain, *graph.intern(literal("a", "http://www.w3.org/2001/XMLSchema#token")));
  EXPECT_EQ(graph.term(*graph.intern(literal("a", {}, "fr"))), literal("a", {}, "fr"));
}

TEST(Graph, AnswersBySubjectAndByPredicateAndObject) {
  const Graph graph = graph_of("@prefix e: <http://e/> . e:a e:p e:x, e:y ; e:q 1 . e:b e:p e:x . e:a e:p e:x .");
  const TermId p = graph.find_iri("http://e/p");
  EXPECT_EQ(graph.size(), 4U);
  EXPECT_EQ(graph.about(graph.find_iri("http://e/a")).size(), 3U);
  EXPECT_EQ(graph.about(graph.find_iri("http://e/a"), p).size(), 2U);
  EXPECT_EQ(graph.with(p).size(), 3U);
  const auto links = graph.with(p, graph.find_iri("http://e/x"));
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(graph.term(graph.triples()[links[1]].subject).text, "http://e/b");
  EXPECT_TRUE(graph.about(no_term).empty());
  EXPECT_EQ(graph.find_iri("http://e/none"), no_term);
}

TEST(Graph, GivesAnExcerptThatKeepsTheOrderOfValues) {
  const Graph graph = graph_of("@prefix e: <http://e/> . e:a e:p e:x, e:y, e:z ; e:q e:w . e:b e:p e:x .");
  const TermId a = graph.find_iri("http://e/a"), p = graph.find_iri("http://e/p");
  const auto about = graph.about(a);
  const Graph excerpt = graph.excerpt({about.rbegin(), about.rend()});
  std::string objects;
  for (const Triple& triple : excerpt.about(a, p)) objects += excerpt.term(triple.object).text.back();
  EXPECT_EQ(objects, "zyx");
  EXPECT_EQ(excerpt.size(), 4U);
  EXPECT_TRUE(excerpt.contains({a, p, excerpt.find_iri("http://e/y")}));
  EXPECT_TRUE(excerpt.about(graph.find_iri("http://e/b")).empty());
  EXPECT_TRUE(excerpt.about(no_term).empty());
}

TEST(CanonicalTriples, AreThoseOfTheirLinesOneByOne) {
  const Graph graph = graph_of("@prefix e: <http://e/> . e:a e:p [ e:q 2 ], [ e:q 1 ], \"b\", \"a\"@fr ; e:o e:z .");
  const CanonicalTriples canonical = canonical_triples(graph, graph.triples());
  EXPECT_EQ(canonical.lines, write_ntriples(graph));
  std::string again;
  for (const Triple& triple : canonical.triples) {
    const auto view = [&](TermId id) {
      TermView term = graph.term(id);
      if (term.is_blank()) term.text = canonical.labels.at(id);
      return term;
    };
    append_ntriples(view(triple.subject), view(triple.predicate), view(triple.object), again);
  }
  EXPECT_EQ(again, canonical.lines);
}

TEST(Graph, KeepsBlankNodesOfTwoDocumentsApart) {
  Graph graph;
  for (int i = 0; i < 2; ++i) {
    GraphLoader loader(graph);
    ASSERT_TRUE(read("_:x <http://e/p> _:x .", Syntax::ntriples, "", loader));
    EXPECT_NE(loader.blank_node("x"), no_term);
  }
  graph.index();
  EXPECT_EQ(graph.size(), 2U);
}

TEST(Graph, MendsTheIrisOfDatatypesToo) {
  const Graph graph = graph_of("<x:s> <x:p> \"1\"^^<x:a b> .");
  EXPECT_NE(graph.find(literal("1", "x:a%20b")), no_term);
}

TEST(Graph, NamesTheCapThatWasPassed) {
  Graph few({1 << 20, 2});
  GraphLoader loader(few);
  const auto done = read("<http://e/s> <http://e/p> 1, 2, 3 .", Syntax::turtle, "", loader);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::too_large);
  EXPECT_NE(done.error().message.find("2 triples"), std::string::npos);

  Graph row({1 << 20, 100, 3});
  GraphLoader third(row);
  const auto many =
      read("<http://e/s> <http://e/p> 1, 2, 3 . <http://e/t> <http://e/p> 1, 2, 3, 4 .", Syntax::turtle, "", third);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().message, "more than 3 triples in a row are about <http://e/t>");

  Graph small({100'000, 1000});
  GraphLoader second(small);
  const auto large =
      read("<http://e/s> <http://e/p> \"" + std::string(200'000, 'x') + "\" .", Syntax::turtle, "", second);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, ErrorCode::too_large);
}

TEST(Graph, HoldsManyTermsInLittleMemory) {
  Graph graph;
  GraphLoader loader(graph);
  std::string subject, object;
  for (int i = 0; i < 100'000; ++i) {
    subject = "http://example.org/dataset/" + std::to_string(i / 10);
    object = "valeur " + std::to_string(i);
    ASSERT_TRUE(loader.triple(iri(subject), iri("http://e/p"), literal(object)));
  }
  graph.index();
  EXPECT_EQ(graph.size(), 100'000U);
  EXPECT_LT(graph.bytes(), 9U << 20);  // 1.2 MB of triples, 1.7 MB of text, tables that double
}

}  // namespace
}  // namespace moisson::rdf
