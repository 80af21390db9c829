// What each kind tells of the properties that its records state.
#include "core/json.h"
#include "harvesters/ckan_package.h"
#include "harvesters/data_json_record.h"
#include "harvesters/iso19139.h"

#include <moisson/dcat/mapping_report.h>

#include <gtest/gtest.h>

#include <map>

namespace moisson::harvesters {
namespace {

using dcat::PropertyUse;

std::map<std::string, PropertyUse> uses(const dcat::MappingReport& report) {
  std::map<std::string, PropertyUse> all;
  for (const auto& tally : report.tallies()) all[tally.property] = tally.use;
  return all;
}

TEST(MappingReport, OfCkanTellsFieldsExtrasAndResources) {
  const auto package = json::Document::parse(
      R"({"id":"a","name":"arbres","title":"Arbres","colour":"vert","empty":null,"metadata_modified":"bientôt",)"
      R"("extras":[{"key":"frequency","value":"annual"},{"key":"height","value":"3 m"}],)"
      R"("resources":[{"id":"r","url":"https://data.example/f.csv","pages":7},{"id":"s","url":"https://data.example/g.csv","pages":8}]})");
  dcat::MappingReport report;
  ASSERT_TRUE(
      map_ckan_package({}, package->root(), {"application/json", "", "https://p.example/api/3/x", ""}, &report));
  const auto told = uses(report);
  EXPECT_EQ(told.at("title"), PropertyUse::read);
  EXPECT_EQ(told.at("extras/frequency"), PropertyUse::read);
  EXPECT_EQ(told.at("resources/*/url"), PropertyUse::read);
  EXPECT_EQ(told.at("colour"), PropertyUse::dropped);
  EXPECT_EQ(told.at("extras/height"), PropertyUse::dropped);
  EXPECT_EQ(told.at("metadata_modified"), PropertyUse::dropped);  // no date could be read of it
  EXPECT_EQ(told.at("resources/*/pages"), PropertyUse::dropped);
  EXPECT_FALSE(told.contains("empty"));
  for (const auto& tally : report.tallies()) {
    EXPECT_EQ(tally.record, "a");
    if (tally.property != "resources/*/pages") continue;
    EXPECT_EQ(tally.count, 2u);
    EXPECT_EQ(tally.example, "7");
  }
}

TEST(MappingReport, OfDataJsonTellsNestedObjects) {
  dcat::MappingReport report;
  ASSERT_TRUE(map_data_json(
      {},
      {"application/json",
       R"({"identifier":"1","title":"Arbres","bureauCode":["015:11"],"publisher":{"name":"Ville","size":"big"},)"
       R"("distribution":[{"downloadURL":"https://data.example/f.csv","colour":"red"}]})",
       "https://p.example/data.json", "/dataset/0"},
      &report));
  const auto told = uses(report);
  EXPECT_EQ(told.at("identifier"), PropertyUse::read);
  EXPECT_EQ(told.at("publisher/name"), PropertyUse::read);
  EXPECT_EQ(told.at("publisher/size"), PropertyUse::dropped);
  EXPECT_EQ(told.at("bureauCode"), PropertyUse::dropped);
  EXPECT_EQ(told.at("distribution/*/colour"), PropertyUse::dropped);
}

std::string iso(std::string_view name, std::string_view inside) {
  return "<" + std::string(name) + ">" + std::string(inside) + "</" + std::string(name) + ">";
}
std::string string(std::string_view name, std::string_view value) { return iso(name, iso("CharacterString", value)); }
std::string code(std::string_view name, std::string_view value) {
  return iso(name, "<Code codeListValue=\"" + std::string(value) + "\"/>");
}

// What becomes of a record of ISO 19139 that has these beside its identification, in it, and in its citation.
std::map<std::string, PropertyUse> iso_uses(const std::string& beside, const std::string& info,
                                            const std::string& citation) {
  dcat::MappingReport report;
  EXPECT_TRUE(
      map_iso19139({},
                   {"application/xml",
                    iso("MD_Metadata",
                        string("fileIdentifier", "f1") + beside +
                            iso("identificationInfo",
                                iso("MD_DataIdentification",
                                    iso("citation", iso("CI_Citation", string("title", "Arbres") + citation)) + info))),
                    "https://p.example/csw", ""},
                   &report));
  return uses(report);
}

TEST(MappingReport, OfIso19139TellsTheWayOfAnElement) {
  const auto told = iso_uses(string("metadataStandardName", "ISO 19115"), "",
                             string("alternateTitle", "Les arbres") + string("collectiveTitle", "Nature"));
  EXPECT_EQ(told.at("identificationInfo/citation/title"), PropertyUse::read);
  EXPECT_EQ(told.at("identificationInfo/citation/alternateTitle"), PropertyUse::read);
  EXPECT_EQ(told.at("identificationInfo/citation/collectiveTitle"), PropertyUse::dropped);
  EXPECT_EQ(told.at("metadataStandardName"), PropertyUse::dropped);
}

TEST(MappingReport, OfIso19139TellsWhatItCouldNotRead) {
  const auto date = [](std::string_view value, std::string_view type) {
    return iso("date", iso("CI_Date", iso("date", iso("Date", value)) + code("dateType", type)));
  };
  const auto resolution = [](std::string_view unit) {
    return iso("spatialResolution",
               iso("MD_Resolution", iso("distance", "<Distance uom=\"" + std::string(unit) + "\">5</Distance>")));
  };
  const auto conformity = [](std::string_view title, std::string_view pass) {
    return iso(
        "dataQualityInfo",
        iso("DQ_DataQuality",
            iso("report", iso("DQ_DomainConsistency",
                              iso("result", iso("DQ_ConformanceResult",
                                                iso("specification", iso("CI_Citation", string("title", title))) +
                                                    iso("pass", iso("Boolean", pass))))))));
  };
  const auto system = [](std::string_view text) {
    return iso("referenceSystemInfo",
               iso("MD_ReferenceSystem", iso("referenceSystemIdentifier", iso("RS_Identifier", string("code", text)))));
  };
  const auto services = [](std::string_view attribute) { return "<operatesOn " + std::string(attribute) + "/>"; };
  const struct {
    std::string property;
    std::string read_beside, read_info, read_citation, dropped_beside, dropped_info, dropped_citation;
  } rows[] = {
      {"identificationInfo/citation/date/date", "", "", date("2024-05-01", "publication"), "", "",
       date("bientôt", "publication")},
      {"identificationInfo/citation/date/dateType", "", "", date("2024-05-01", "publication"), "", "",
       date("2024-05-01", "creation")},
      {"identificationInfo/spatialResolution/distance", "", resolution("m"), "", "", resolution("brasse"), ""},
      {"dataQualityInfo/report/result/specification/title", conformity("Règlement n° 1089/2010", "true"), "", "",
       conformity("Guide technique", "true"), "", ""},
      {"dataQualityInfo/report/result/pass", conformity("Règlement n° 1089/2010", "true"), "", "",
       conformity("Règlement n° 1089/2010", "false"), "", ""},
      {"referenceSystemInfo/referenceSystemIdentifier/code", system("EPSG:2154"), "", "", system("Lambert 93"), "", ""},
      {"parentIdentifier", string("parentIdentifier", "https://x.fr/1"), "", "", string("parentIdentifier", "uuid-1"),
       "", ""},
      {"identificationInfo/operatesOn", code("hierarchyLevel", "service"), services("href=\"https://x.fr/d/1\""), "",
       code("hierarchyLevel", "service"), services("uuidref=\"8454f7d9\""), ""},
  };
  for (const auto& row : rows) {
    const auto read = iso_uses(row.read_beside, row.read_info, row.read_citation);
    const auto dropped = iso_uses(row.dropped_beside, row.dropped_info, row.dropped_citation);
    ASSERT_TRUE(read.contains(row.property) && dropped.contains(row.property)) << row.property;
    EXPECT_EQ(read.at(row.property), PropertyUse::read) << row.property;
    EXPECT_EQ(dropped.at(row.property), PropertyUse::dropped) << row.property;
  }
}

TEST(MappingReport, OfIso19139TellsThePartiesThatHaveNoPlace) {
  const auto party = [](std::string_view element, std::string_view role) {
    return iso(element, iso("CI_ResponsibleParty", string("organisationName", role) + code("role", role)));
  };
  const auto told = iso_uses("", party("pointOfContact", "publisher") + party("pointOfContact", "pointOfContact"),
                             party("citedResponsibleParty", "processor"));
  EXPECT_EQ(told.at("identificationInfo/pointOfContact/organisationName"), PropertyUse::read);
  EXPECT_EQ(told.at("identificationInfo/citation/citedResponsibleParty/organisationName"), PropertyUse::dropped);
  EXPECT_EQ(told.at("identificationInfo/citation/citedResponsibleParty/role"), PropertyUse::dropped);
}

}  // namespace
}  // namespace moisson::harvesters
