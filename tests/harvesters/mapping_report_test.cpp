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

TEST(MappingReport, OfIso19139TellsTheWayOfAnElement) {
  const auto string = [](std::string_view name, std::string_view value) {
    return "<" + std::string(name) + "><CharacterString>" + std::string(value) + "</CharacterString></" +
           std::string(name) + ">";
  };
  dcat::MappingReport report;
  ASSERT_TRUE(
      map_iso19139({},
                   {"application/xml",
                    "<MD_Metadata>" + string("fileIdentifier", "f1") + string("metadataStandardName", "ISO 19115") +
                        "<identificationInfo><MD_DataIdentification><citation><CI_Citation>" +
                        string("title", "Arbres") + string("alternateTitle", "Les arbres") +
                        string("collectiveTitle", "Nature") +
                        "</CI_Citation></citation></MD_DataIdentification></identificationInfo></MD_Metadata>",
                    "https://p.example/csw", ""},
                   &report));
  const auto told = uses(report);
  EXPECT_EQ(told.at("identificationInfo/citation/title"), PropertyUse::read);
  EXPECT_EQ(told.at("identificationInfo/citation/alternateTitle"), PropertyUse::read);
  EXPECT_EQ(told.at("identificationInfo/citation/collectiveTitle"), PropertyUse::dropped);
  EXPECT_EQ(told.at("metadataStandardName"), PropertyUse::dropped);
}

}  // namespace
}  // namespace moisson::harvesters
