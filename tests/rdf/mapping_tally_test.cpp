#include "rdf/mapping_tally.h"

#include "document.h"
#include "rdf/record_reader.h"

#include <gtest/gtest.h>

#include <map>

namespace moisson::rdf {
namespace {

TEST(MappingTally, TellsEachTripleOfTheRecordByTheWayToIt) {
  const Graph graph = graph_of(R"ttl(
    @prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix e: <http://e/> .
    e:d a dcat:Dataset ; dct:title "Arbres"@fr ; dct:modified "bientôt" ; dct:issued "2024" ; dct:created "2023" ;
      e:colour "vert" ; dcat:distribution [ dcat:accessURL <http://e/f> ; e:pages 7 ] .
  )ttl");
  RecordReader reader(graph);
  const TermId subject = graph.find_iri("http://e/d");
  std::vector<bool> used;
  reader.record(subject, dcat::ResourceType::dataset, &used);
  dcat::MappingReport report;
  report.begin_record("d");
  tally(graph, subject, used, report);
  std::map<std::string, dcat::PropertyUse> told;
  for (const auto& row : report.tallies()) told[row.property] = row.use;
  const std::map<std::string, dcat::PropertyUse> wanted{
      {"dct:title", dcat::PropertyUse::read},
      {"dct:modified", dcat::PropertyUse::dropped},  // no date
      {"dct:issued", dcat::PropertyUse::read},
      {"dct:created", dcat::PropertyUse::dropped},  // another spelling of issued, which was given
      {"http://e/colour", dcat::PropertyUse::dropped},
      {"dcat:distribution", dcat::PropertyUse::read},
      {"dcat:distribution/dcat:accessURL", dcat::PropertyUse::read},
      {"dcat:distribution/http://e/pages", dcat::PropertyUse::dropped},
  };
  EXPECT_EQ(told, wanted);
}

}  // namespace
}  // namespace moisson::rdf
