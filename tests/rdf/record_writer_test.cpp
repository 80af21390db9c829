#include "rdf/record_writer.h"

#include "dcat/canonical_json.h"
#include "document.h"
#include "rdf/record_reader.h"
#include "rdf/writer.h"

#include <moisson/dcat/properties.h>

#include <algorithm>
#include <optional>
#include <variant>

namespace moisson::rdf {
namespace {

// Fills every property of every class, so that a new row of the tables is tested the day it is added.
struct Filler {
  int count = 0;
  std::string word() { return "mot-" + std::to_string(++count); }
  std::string url() { return "http://example.org/" + std::to_string(++count); }

  void fill(std::string_view property, std::string& out) {
    if (property.ends_with("homepage") || property.ends_with("hasURL"))
      out = url();
    else if (property.ends_with("mbox") || property.ends_with("hasEmail"))
      out = word() + "@example.org";
    else if (property.ends_with("geometry"))
      out = ++count % 2 == 0 ? "POINT(" + std::to_string(count % 90) + " 2)"
                             : "<gml:Point><gml:pos>" + std::to_string(count % 90) + " 2</gml:pos></gml:Point>";
    else if (property.ends_with("algorithm"))
      out = "sha256";
    else
      out = word();
  }
  void fill(std::string_view, LangString& out) { out = {word() + " \"é\"\n<b>", "fr"}; }
  void fill(std::string_view, dcat::Iri& out) { out.value = url(); }
  void fill(std::string_view, dcat::Concept& out) {
    if (++count % 2 == 0) out.iri = url();
    out.label = {{word(), "fr"}};
  }
  void fill(std::string_view, Moment& out) {
    out = *parse_moment(++count % 2 == 0 ? "2024-05-01" : "2024-05-01T12:34:56Z");
  }
  void fill(std::string_view, std::uint64_t& out) { out = 1'000'000'000'000ULL + static_cast<unsigned>(++count); }
  void fill(std::string_view, double& out) { out = 0.25 + ++count; }
  void fill(std::string_view, dcat::BoundingBox& out) { out = {-1.5, 2, 3.25, 4}; }
  template <class Value>
  void fill(std::string_view property, std::vector<Value>& out) {
    for (int i = 0; i < 2; ++i) fill(property, out.emplace_back());
  }
  template <class Value>
  void fill(std::string_view property, std::optional<Value>& out) {
    fill(property, out.emplace());
  }
  template <class Class>
  requires(!dcat::class_iri<Class>.empty()) void fill(std::string_view, Class& out) {
    if constexpr (requires { out.iri; })
      if (++count % 2 == 0) out.iri = url();
    dcat::for_each_property<Class>([&](const auto& property) {
      if (!property.iri.empty()) fill(property.iri, out.*property.member);
    });
  }
};

// Lines of N-Triples come sorted: of distributions without an IRI they keep no order.
std::string json_of(dcat::Record record) {
  if (auto* dataset = std::get_if<dcat::Dataset>(&record))
    std::ranges::sort(dataset->distribution, {},
                      [](const auto& distribution) { return distribution.title.front().value; });
  return dcat::to_json(record);
}

template <class Class>
void expect_round_trip() {
  Filler filler;
  Class value;
  filler.fill("", value);
  value.iri = "http://example.org/record";
  dcat::Record record = value;
  Graph graph;
  GraphLoader loader(graph);
  ASSERT_TRUE(RecordWriter(loader).record(record, "http://unused"));
  graph.index();
  for (const Syntax syntax : {Syntax::turtle, Syntax::ntriples, Syntax::rdf_xml}) {
    const Graph again = graph_of(*write(graph, syntax), syntax, "", true);
    RecordReader reader(again);
    const TermId subject = again.find_iri("http://example.org/record");
    ASSERT_EQ(reader.type(subject), dcat::type_of(record));
    Described read = reader.record(subject, dcat::type_of(record));
    EXPECT_TRUE(read.findings.empty()) << read.findings[0].cause << " " << read.findings[0].place;
    EXPECT_EQ(json_of(read.record), json_of(record));
  }
}

TEST(RecordWriter, IsReadBackEqualWithEveryPropertyOfADataset) { expect_round_trip<dcat::Dataset>(); }
TEST(RecordWriter, IsReadBackEqualWithEveryPropertyOfASeries) { expect_round_trip<dcat::DatasetSeries>(); }
TEST(RecordWriter, IsReadBackEqualWithEveryPropertyOfAService) { expect_round_trip<dcat::DataService>(); }

TEST(RecordWriter, IsReadBackEqualForACatalog) {
  Filler filler;
  dcat::Catalog catalog;
  filler.fill("", catalog);
  catalog.iri = "http://example.org/catalog";
  for (auto& term : catalog.language) term.guessed = false;
  Graph graph;
  GraphLoader loader(graph);
  ASSERT_TRUE(RecordWriter(loader).catalog(catalog, ""));
  graph.index();
  dcat::Catalog read = RecordReader(graph).catalog(graph.find_iri(catalog.iri));
  EXPECT_EQ(read.title.size(), catalog.title.size());
  EXPECT_EQ(read.publisher.size(), catalog.publisher.size());
  EXPECT_EQ(read.homepage, catalog.homepage);
  EXPECT_EQ(read.modified, catalog.modified);
}

TEST(RecordWriter, NamesARecordWithoutAnIriAsItIsTold) {
  Graph graph;
  GraphLoader loader(graph);
  dcat::Dataset dataset;
  dataset.title = {{"T", "fr"}};
  ASSERT_TRUE(RecordWriter(loader).record(dataset, "http://catalog/1"));
  EXPECT_NE(graph.find_iri("http://catalog/1"), no_term);
}

}  // namespace
}  // namespace moisson::rdf
