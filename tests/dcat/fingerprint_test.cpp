#include "dcat/fingerprint.h"

#include "tests/dcat/random_record.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

Dataset at_portal(const std::string& id, const std::string& slug) {
  Dataset dataset;
  dataset.iri = "https://portal.example.org/dataset/" + id;
  dataset.identifier = {slug};
  dataset.other_identifier = {id};
  dataset.landing_page = {{"https://portal.example.org/dataset/" + slug}};
  dataset.title = {{"Zones inondables", "fr"}};
  dataset.issued = *parse_moment(id.starts_with("1") ? "2024-01-01" : "2024-06-01");
  dataset.distribution.resize(1);
  dataset.distribution[0].iri = dataset.iri + "/resource/1";
  dataset.distribution[0].download_url = {{"https://portal.example.org/dataset/" + id +
                                           "/resource/77aa0000-1111-2222-3333-444455556666/download/zones.csv"}};
  dataset.distribution[0].access_url = {{"https://portal.example.org/dataset/" + slug + "/zones.csv"}};
  return dataset;
}

const Record first = at_portal("11111111-aaaa-bbbb-cccc-000000000001", "zones");
const Record moved = at_portal("22222222-aaaa-bbbb-cccc-000000000002", "zones-inondables");

TEST(Fingerprint, IsTheSameAfterAMove) { EXPECT_EQ(fingerprint(first), fingerprint(moved)); }

TEST(Fingerprint, DiffersWhereTheContentDiffers) {
  Record other = moved;
  resource(other).title = {{"Zones humides", "fr"}};
  EXPECT_NE(fingerprint(first), fingerprint(other));
  other = moved;
  std::get<Dataset>(other).distribution[0].download_url[0].value += ".gz";
  EXPECT_NE(fingerprint(first), fingerprint(other));
  EXPECT_EQ(fingerprint(first).size(), 64u);
}

TEST(Fingerprint, DoesNotDependOnTheOrderReceived) {
  RandomRecord random(5);
  for (int i = 0; i < 100; ++i) {
    Record record = random.record();
    const auto before = fingerprint(record);
    std::reverse(resource(record).keyword.begin(), resource(record).keyword.end());
    EXPECT_EQ(fingerprint(record), before);
  }
}

}  // namespace
}  // namespace moisson::dcat
