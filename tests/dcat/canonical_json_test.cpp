#include "dcat/canonical_json.h"

#include "core/json.h"
#include "tests/dcat/random_record.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace moisson::dcat {
namespace {

Record canonical(Record record) {
  canonicalise(record);
  return record;
}

TEST(CanonicalJson, IsReadBackEqualForAThousandRecordsOfEveryShape) {
  RandomRecord random(1);
  for (int i = 0; i < 3000; ++i) {
    const Record record = random.record();
    const std::string json = to_json(record);
    const auto read = from_json(json);
    ASSERT_TRUE(read) << to_string(read.error()) << "\n" << json;
    ASSERT_EQ(*read, canonical(record)) << json;
    ASSERT_EQ(to_json(*read), json);
    ASSERT_EQ(canonical(*read), *read);
    ASSERT_TRUE(json::Document::parse(json));
  }
}

template <class Value>
void shuffle_set(std::vector<Value>& values, std::mt19937& random) {
  std::shuffle(values.begin(), values.end(), random);
}

TEST(CanonicalJson, GivesEqualBytesWhateverTheOrder) {
  RandomRecord source(2);
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    Dataset dataset = source.dataset();
    const std::string json = to_json(Record(dataset));
    for_each_property<Dataset>([&](const auto& property) {
      auto& value = dataset.*property.member;
      if constexpr (requires { value.push_back(value.front()); })
        if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, std::vector<Distribution>> &&
                      !std::is_same_v<std::decay_t<decltype(value)>, std::string>)
          shuffle_set(value, random);
    });
    for (auto& distribution : dataset.distribution) shuffle_set(distribution.title, random);
    for (auto& publisher : dataset.publisher) shuffle_set(publisher.name, random);
    ASSERT_EQ(to_json(Record(dataset)), json);
  }
}

TEST(CanonicalJson, KeepsTheOrderOfDistributions) {
  Dataset dataset;
  dataset.distribution.resize(2);
  dataset.distribution[0].title = {{"zzz", "fr"}};
  dataset.distribution[1].title = {{"aaa", "fr"}};
  EXPECT_EQ(
      to_json(Record(dataset)),
      R"({"kind":"dataset","distribution":[{"title":[{"value":"zzz","lang":"fr"}]},{"title":[{"value":"aaa","lang":"fr"}]}]})");
}

TEST(CanonicalJson, HasTheShapeThatItsHeaderTells) {
  Dataset dataset;
  dataset.iri = "https://example.org/d";
  dataset.title = {{"Zones", "fr"}, {"Areas", "en"}, {"Zones", "fr"}, {"", "de"}};
  dataset.theme = {{.iri = "", .label = {{"Eau", ""}}, .guessed = true}};
  dataset.issued = *parse_moment("2024-05");
  Location place;
  place.bbox = BoundingBox{-1.5, 43, 2, 44.25};
  place.guessed = true;
  dataset.spatial = {place};
  dataset.temporal.emplace_back().start = *parse_moment("1947");
  dataset.spatial_resolution_metres = 0.1;
  dataset.licence = Concept{};
  EXPECT_EQ(
      to_json(Record(dataset)),
      R"({"kind":"dataset","iri":"https://example.org/d","title":[{"value":"Areas","lang":"en"},{"value":"Zones","lang":"fr"}],)"
      R"("theme":[{"label":[{"value":"Eau"}],"guessed":true}],"issued":"2024-05","spatial":[{"bbox":[-1.5,43,2,44.25],"guessed":true}],)"
      R"("temporal":[{"start":"1947"}],"spatial_resolution_metres":0.1})");
  EXPECT_EQ(to_json(Record(DataService{})), R"({"kind":"service"})");
  EXPECT_EQ(to_json(Record(DatasetSeries{})), R"({"kind":"series"})");
}

TEST(CanonicalJson, LeavesOutWhatSaysNothing) {
  Dataset dataset;
  dataset.publisher.resize(2);
  dataset.publisher[0].name = {{"", "fr"}};
  dataset.licence = Concept{.guessed = true};
  dataset.spatial.emplace_back().guessed = true;
  dataset.spatial_resolution_metres = NAN;
  dataset.distribution.resize(1);
  dataset.distribution[0].checksum = Checksum{};
  EXPECT_EQ(to_json(Record(dataset)), R"({"kind":"dataset"})");
}

TEST(CanonicalJson, MendsBytesThatAreNotUtf8) {
  Dataset dataset;
  dataset.title = {{"caf\xe9", "fr"}};
  const auto json = to_json(Record(dataset));
  EXPECT_EQ(*from_json(json), canonical(dataset));
}

TEST(CanonicalJson, IgnoresKeysThatItDoesNotKnow) {
  const auto record = from_json(
      R"({"kind":"dataset","colour":"blue","title":[{"value":"x","mood":1}],"publisher":[{"name":[],"age":3}]})");
  ASSERT_TRUE(record);
  EXPECT_EQ(resource(*record).title, (LangStrings{{"x", ""}}));
}

TEST(CanonicalJson, TellsWhereItIsCorrupt) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({"kind":"dataset","distribution":[{},{"format":{"iri":5}}]})", "/distribution/1/format/iri"},
      {R"({"kind":"dataset","title":"x"})", "/title"},
      {R"({"kind":"dataset","issued":"soon"})", "/issued"},
      {R"({"kind":"dataset","spatial":[{"bbox":[1,2,3]}]})", "/spatial/0/bbox"},
      {R"({"kind":"dataset","distribution":[{"byte_size":-1}]})", "/distribution/0/byte_size"},
      {R"({"kind":"dataset","keyword":[null]})", "/keyword/0"},
      {R"({"kind":"book"})", "/kind"},
      {R"([])", "/kind"},
  };
  for (const auto& [json, where] : cases) {
    const auto record = from_json(json);
    ASSERT_FALSE(record) << json;
    EXPECT_EQ(record.error().code, ErrorCode::corrupt);
    EXPECT_EQ(record.error().where, where) << json;
  }
  EXPECT_EQ(from_json("{").error().code, ErrorCode::corrupt);
}

TEST(ContentHash, ChangesWithTheContent) {
  Dataset dataset;
  const auto before = content_hash(to_json(Record(dataset)));
  dataset.title = {{"x", ""}};
  EXPECT_EQ(before.size(), 64u);
  EXPECT_NE(content_hash(to_json(Record(dataset))), before);
}

}  // namespace
}  // namespace moisson::dcat
