#include <moisson/dcat/mapping_report.h>

#include "dcat/guesses.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

void add(MappingReport& report, PropertyUse use, std::string_view property, std::string_view value) {
  if (auto* const fresh = report.add(use, property)) MappingReport::set_example(*fresh, value);
}

TEST(MappingReport, CountsEachPropertyAndKeepsTheFirstExample) {
  MappingReport report;
  report.begin_record("a");
  add(report, PropertyUse::read, "title", "Arbres");
  add(report, PropertyUse::dropped, "colour", "vert");
  report.begin_record("b");
  add(report, PropertyUse::read, "title", "Bancs");
  add(report, PropertyUse::dropped, "colour", "brun");
  add(report, PropertyUse::dropped, "weight", "3");
  add(report, PropertyUse::guessed, "licence", "http://licence");
  const std::vector<PropertyTally> wanted{{PropertyUse::dropped, "colour", 2, "vert", "a"},
                                          {PropertyUse::dropped, "weight", 1, "3", "b"},
                                          {PropertyUse::guessed, "licence", 1, "http://licence", "b"},
                                          {PropertyUse::read, "title", 2, "Arbres", "a"}};
  EXPECT_EQ(report.tallies(), wanted);
}

TEST(MappingReport, ShortensItsExamplesAndIsBounded) {
  MappingReport report;
  add(report, PropertyUse::read, "long", std::string(10'000, 'x'));
  EXPECT_LE(report.tallies().front().example.size(), 130u);
  for (std::size_t i = 0; i < 3 * MappingReport::max_properties; ++i)
    add(report, PropertyUse::dropped, "p" + std::to_string(i), "x");
  const auto tallies = report.tallies();
  EXPECT_EQ(tallies.size(), MappingReport::max_properties + 1);
  EXPECT_EQ(tallies.front().property, "…");
  EXPECT_EQ(tallies.front().count, 3 * MappingReport::max_properties - (MappingReport::max_properties - 1));
}

TEST(MappingReport, SpellsItsUsesBothWays) {
  for (const auto use : {PropertyUse::read, PropertyUse::guessed, PropertyUse::dropped})
    EXPECT_EQ(property_use(to_string(use)), use);
  EXPECT_FALSE(property_use("lost"));
}

TEST(Guesses, AreToldUnderOurNamesWithTheirWay) {
  Dataset dataset;
  dataset.licence = Concept{"http://licence", {}, true};
  dataset.publisher = {{.name = {{"Insee", ""}}, .key = "insee", .guessed = true}, {.name = {{"B", ""}}, .key = "b_a"}};
  dataset.theme = {{"http://stated", {}, false}, {"http://theme", {}, true}};
  Location place;
  place.territory = {"fr:region:93"};
  place.guessed = true;
  dataset.spatial.push_back(place);
  Distribution file;
  file.format = Concept{"http://format/CSV", {}, true};
  dataset.distribution.push_back(file);
  MappingReport report;
  report.begin_record("a");
  tally_guesses(Record(dataset), report);
  const std::vector<PropertyTally> wanted{{PropertyUse::guessed, "distribution/*/format", 1, "http://format/CSV", "a"},
                                          {PropertyUse::guessed, "licence", 1, "http://licence", "a"},
                                          {PropertyUse::guessed, "publisher/*/key", 1, "insee", "a"},
                                          {PropertyUse::guessed, "spatial", 1, "fr:region:93", "a"},
                                          {PropertyUse::guessed, "theme", 1, "http://theme", "a"}};
  EXPECT_EQ(report.tallies(), wanted);
}

}  // namespace
}  // namespace moisson::dcat
