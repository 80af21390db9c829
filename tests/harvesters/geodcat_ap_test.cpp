// Our mapping of ISO 19139 against that of GeoDCAT-AP's reference implementation (SEMICeu/iso-19139-to-dcat-ap): the
// DCAT of its test cases, property by property. Every difference stands in a table with its reason.
#include "dcat/normalise.h"
#include "harvesters/iso19139.h"
#include "rdf/graph.h"
#include "rdf/prefixes.h"
#include "rdf/reader.h"
#include "rdf/record_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(out).str();
}

constexpr rdf::Prefix theirs_too[] = {{"geodcatap", "http://data.europa.eu/930/"},
                                      {"dqv", "http://www.w3.org/ns/dqv#"},
                                      {"cnt", "http://www.w3.org/2011/content#"},
                                      {"org", "http://www.w3.org/ns/org#"}};

std::string short_name(std::string_view iri) {
  for (const rdf::Prefix& prefix : rdf::prefixes)
    if (iri.starts_with(prefix.iri)) return std::string(prefix.name).append(":").append(iri.substr(prefix.iri.size()));
  for (const rdf::Prefix& prefix : theirs_too)
    if (iri.starts_with(prefix.iri)) return std::string(prefix.name).append(":").append(iri.substr(prefix.iri.size()));
  return std::string(iri);
}

// What a graph says of a node, one line a value: the way to it through blank nodes, a tab, and the value with its
// language. Datatypes and the labels of blank nodes are left out.
class Lines {
 public:
  explicit Lines(const rdf::Graph& graph) : graph_(graph) {}

  std::set<std::string> about(rdf::TermId subject) {
    lines_.clear();
    gather(subject, "", 0);
    return lines_;
  }

 private:
  void gather(rdf::TermId subject, const std::string& way, int depth) {
    if (depth > 8) return;  // activities lead back to what they used
    for (const rdf::Triple& triple : graph_.about(subject)) {
      const std::string longer = (way.empty() ? "" : way + "/") + short_name(graph_.term(triple.predicate).text);
      const rdf::TermView object = graph_.term(triple.object);
      if (object.is_blank()) {
        gather(triple.object, longer, depth + 1);
      } else {
        std::string line = longer + "\t" + (object.is_iri() ? short_name(object.text) : std::string(object.text));
        if (!object.language.empty()) line.append("@").append(object.language);
        lines_.insert(std::move(line));
      }
    }
  }

  const rdf::Graph& graph_;
  std::set<std::string> lines_;
};

std::set<std::string> ours(const std::string& document) {
  const auto root = xml::parse_tree(document);
  EXPECT_TRUE(root);
  if (!root) return {};
  const xml::Element& metadata = is_iso19139(*root) ? *root : *root->child("*");  // of an answer to GetRecordById
  auto made = map_iso19139({}, {"application/xml", xml::write(metadata), "https://portal.example/csw", "record 1"});
  EXPECT_TRUE(made) << to_string(made.error());
  if (!made) return {};
  dcat::normalise(made->record, {});
  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  const std::string iri = dcat::resource(made->record).iri.empty() ? "urn:ours" : dcat::resource(made->record).iri;
  EXPECT_TRUE(rdf::RecordWriter(loader).record(made->record, iri));
  graph.index();
  return Lines(graph).about(graph.find_iri(iri));
}

std::set<std::string> theirs(const std::string& document, rdf::Syntax syntax) {
  rdf::Graph graph;
  rdf::GraphLoader loader(graph);
  EXPECT_TRUE(rdf::read(document, syntax, "https://portal.example/", loader));
  graph.index();
  // The record's node is the one that a catalog record is about.
  const auto links = graph.with(graph.find_iri("http://xmlns.com/foaf/0.1/isPrimaryTopicOf"));
  EXPECT_EQ(links.size(), 1u);
  return links.empty() ? std::set<std::string>() : Lines(graph).about(graph.triples()[links[0]].subject);
}

struct Difference {
  bool ours;                    // we say it; else they do
  std::string_view way, value;  // how the line's two halves begin
  std::string_view reason;
};

constexpr Difference differences[] = {
    // What records have no place for; the mapping report tells it as dropped.
    {false, "dct:created", "", "no place: dates of creation"},
    {false, "dct:rightsHolder", "", "no place: owners"},
    {false, "prov:qualifiedAttribution", "", "no place: roles"},
    {false, "geodcatap:custodian", "", "no place: roles"},
    {false, "geodcatap:user", "", "no place: roles"},
    {false, "prov:wasUsedBy", "", "no place: conformity that is not told by dct:conformsTo"},
    {false, "dct:conformsTo/", "", "no place: standards without IRI"},
    {false, "geodcatap:purpose", "", "no place: the purpose"},
    {false, "dqv:hasQualityMeasurement", "", "no place: scales"},
    {false, "dcat:distribution/adms:representationTechnique", "", "no place: spatial representation"},
    {false, "dcat:distribution/dcat:accessService", "",
     "no place: a service inside a distribution; its protocol is the format"},
    {false, "dct:publisher/locn:address", "", "no place: postal addresses"},
    {false, "dct:publisher/foaf:phone", "", "no place: telephone numbers of agents; contacts have them"},
    {false, "dct:publisher/foaf:workplaceHomepage", "", "no place: pages of agents; contacts have them"},
    {false, "foaf:isPrimaryTopicOf", "",
     "the catalog's own record of the record is written by who publishes the catalog"},

    // The same in other terms.
    {false, "geodcatap:referenceSystem", "", "dct:conformsTo, of which it is a narrower property (GeoDCAT-AP 2)"},
    {true, "dct:conformsTo", "http://www.opengis.net/def/crs/", "geodcatap:referenceSystem"},
    {false, "geodcatap:serviceProtocol", "", "dct:conformsTo, of which it is a narrower property"},
    {true, "dct:conformsTo", "http://www.opengeospatial.org/standards/", "geodcatap:serviceProtocol"},
    {false, "geodcatap:resourceType", "", "dct:type, of which it is a narrower property"},
    {false, "geodcatap:serviceCategory", "", "dct:type, of which it is a narrower property"},
    {false, "geodcatap:serviceType", "", "dct:type, of which it is a narrower property"},
    {true, "dct:type", "http://inspire.ec.europa.eu/metadata-codelist/",
     "geodcatap:resourceType, serviceCategory, serviceType"},
    {false, "geodcatap:topicCategory", "", "dcat:theme: topics are themes that people filter by"},
    {true, "dcat:theme", "http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/", "geodcatap:topicCategory"},
    {false, "dct:provenance/dct:description", "", "rdfs:label, as DCAT-AP has it"},
    {false, "dct:provenance/rdf:type", "", "the text says that it is one"},
    {true, "dct:provenance/rdfs:label", "", "dct:description in the reference"},
    {false, "dct:publisher/rdf:type", "", "agents of ours are foaf:Agent"},
    {true, "dct:publisher/rdf:type", "foaf:Agent", "foaf:Organization and prov:Agent in the reference"},
    {false, "rdf:type", "prov:Entity", "follows from what PROV says of it, which is left out"},
    {true, "dct:spatial/skos:exactMatch", "", "a place with a box and a name is one place"},
    {false, "dct:spatial/dcat:bbox", "<gml:", "one spelling of a box is enough"},
    {false, "dct:spatial/dcat:bbox", "{", "one spelling of a box is enough"},
    {false, "dct:spatial/dcat:bbox", "POLYGON((-54.75 8.00", "numbers, not their decimals"},
    {true, "dct:spatial/dcat:bbox", "POLYGON((-54.75 8,", "numbers, not their decimals"},
    {false, "dcat:distribution/dct:accessRights", "", "DCAT-AP has access rights at the data set"},
    {true, "dct:accessRights", "", "of the distributions in the reference"},
    {true, "dct:license", "http://inspire.ec.europa.eu/", "beside the distributions', for who looks at the data set"},
    {true, "dct:modified", "2019-05-15T09:00:00Z", "the date of the metadata, where no revision is stated"},

    // What we say besides.
    {true, "adms:identifier", "", "the file identifier, by which the service knows the record"},
    {true, "dct:identifier", "123e4567", "the file identifier, where the resource has none"},
    {true, "dcat:keyword", "", "the words of a theme, by which people find it"},
    {true, "dcat:theme", "http://publications.europa.eu/resource/authority/data-theme/",
     "concluded by config/vocab/themes.tsv"},
    {true, "dct:language", "", "of the metadata, where that of the resource is not stated"},
    {true, "dct:alternative", "", "the reference leaves other titles out"},
    {true, "dct:publisher", "", "nobody is called publisher: who answers for the data is"},
    {true, "dcat:contactPoint", "", "nobody is called its point of contact: whom one can reach is"},
    {true, "dcat:distribution/dct:format", "", "the protocol"},
    {true, "dcat:servesDataset", "", "operatesOn, which the reference leaves out"},
    {true, "dcat:endpointURL", "", "what the operations connect to goes before the links"},
    {false, "dcat:endpointURL", "http://www.my-organisation.eu/wms",
     "what the operations connect to goes before the links"},
    {false, "dcat:endpointDescription", "https://atom.cuzk.gov.cz/", "the endpoint itself, which describes itself"},
};

TEST(GeoDcatAp, IsMappedToAsItsReferenceDoes) {
  const std::filesystem::path cases =
      std::filesystem::path(MOISSON_FIXTURES) / "dcat/SEMICeu__iso-19139-to-dcat-ap/tests/test-cases";
  if (!std::filesystem::exists(cases)) GTEST_SKIP() << "no fixtures";
  std::set<const Difference*> met;
  std::size_t compared = 0, same = 0;
  const auto explain = [&](bool is_ours, const std::string& name, const std::string& line) {
    const auto tab = line.find('\t');
    const auto row = std::find_if(std::begin(differences), std::end(differences), [&](const Difference& known) {
      return known.ours == is_ours && std::string_view(line).substr(0, tab).starts_with(known.way) &&
             std::string_view(line).substr(tab + 1).starts_with(known.value);
    });
    if (row == std::end(differences))
      ADD_FAILURE() << name << (is_ours ? ": we alone say " : ": they alone say ") << line;
    else
      met.insert(row);
  };
  for (const auto& directory : std::filesystem::directory_iterator(cases)) {
    const std::string name = directory.path().filename().string();
    const auto own = ours(content(directory.path() / "input.xml"));
    for (const auto& [file, syntax] : {std::pair{"expected_output.ttl", rdf::Syntax::turtle},
                                       std::pair{"expected_output.rdf", rdf::Syntax::rdf_xml}}) {
      const auto expected = theirs(content(directory.path() / file), syntax);
      ++compared;
      std::vector<std::string> only_ours, only_theirs;
      std::ranges::set_difference(own, expected, std::back_inserter(only_ours));
      std::ranges::set_difference(expected, own, std::back_inserter(only_theirs));
      same += expected.size() - only_theirs.size();
      for (const std::string& line : only_ours) explain(true, name, line);
      for (const std::string& line : only_theirs) explain(false, name, line);
    }
  }
  EXPECT_EQ(compared, 10u);
  for (const Difference& row : differences)
    EXPECT_TRUE(met.contains(&row)) << "no longer a difference: " << row.way << " " << row.value;
  std::cout << same << " values of the reference are ours\n";
}

}  // namespace
}  // namespace moisson::harvesters
