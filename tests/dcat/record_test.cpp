#include <moisson/dcat/record.h>

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

TEST(Record, NamesItsKind) {
  EXPECT_EQ(to_string(type_of(Record(Dataset{}))), "dataset");
  EXPECT_EQ(to_string(type_of(Record(DatasetSeries{}))), "series");
  EXPECT_EQ(to_string(type_of(Record(DataService{}))), "service");
}

TEST(Record, GivesWhatAllKindsHaveInCommon) {
  Record record = DataService{};
  resource(record).iri = "x";
  EXPECT_EQ(std::get<DataService>(record).iri, "x");
  EXPECT_TRUE(distributions(record).empty());
  Dataset dataset;
  dataset.distribution.resize(2);
  record = dataset;
  EXPECT_EQ(distributions(record).size(), 2u);
}

TEST(MainLanguage, IsTheOneStatedElseTheTitles) {
  Dataset dataset;
  EXPECT_EQ(main_language(Record(dataset)), "");
  dataset.title = {{"x", ""}, {"Arbres", "fr"}};
  EXPECT_EQ(main_language(Record(dataset)), "fr");
  dataset.language = {Concept{.iri = "http://publications.europa.eu/resource/authority/language/DEU"}};
  EXPECT_EQ(main_language(Record(dataset)), "de");
  dataset.language = {Concept{.label = {{"anglais", ""}}}};
  EXPECT_EQ(main_language(Record(dataset)), "en");
  dataset.language.push_back(Concept{.label = {{"allemand", ""}}});
  EXPECT_EQ(main_language(Record(dataset)), "fr");
  dataset.title = {{"Trees", "en"}, {"Arbres", "fr"}};
  EXPECT_EQ(main_language(Record(dataset)), "en");
  dataset.description = {{"Les arbres de la ville.", "fr"}};
  EXPECT_EQ(main_language(Record(dataset)), "fr");
}

}  // namespace
}  // namespace moisson::dcat
