#include "harvesters/data_json_record.h"

#include <gtest/gtest.h>

namespace moisson::harvesters {
namespace {

class DataJsonRecord : public testing::Test {
 protected:
  DataJsonRecord() {
    source_.url = "https://portal.example/data.json";
    source_.language = "en";
  }

  harvest::HarvestedRecord map(std::string element, std::string pointer = "/dataset/0") {
    auto made = map_data_json(source_, {"application/json", std::move(element), source_.url, std::move(pointer)});
    EXPECT_TRUE(made) << to_string(made.error());
    return made ? std::move(*made) : harvest::HarvestedRecord{};
  }
  // The data set of {"identifier":"a","title":"A", + members}.
  dcat::Dataset dataset(const std::string& members) {
    made_ = map(R"({"identifier":"a","title":"A",)" + members + "}");
    return std::get<dcat::Dataset>(made_.record);
  }
  bool found(std::string_view cause) const {
    for (const auto& finding : made_.findings) {
      if (finding.cause == cause) return true;
    }
    return false;
  }

  harvest::HarvestSource source_;
  harvest::HarvestedRecord made_;
};

TEST_F(DataJsonRecord, ReadsADatasetOfProjectOpenData11) {
  const auto made = dataset(R"(
    "@type":"dcat:Dataset","description":"D","keyword":["k1","k2"],"modified":"2024-05-01","issued":"2020",
    "publisher":{"@type":"org:Organization","name":"Office","subOrganizationOf":{"name":"Department"}},
    "contactPoint":{"fn":"Jane","hasEmail":"mailto:jane@x.gov"},"accessLevel":"restricted public","rights":"ask us",
    "license":"https://creativecommons.org/publicdomain/zero/1.0/","spatial":"-74.2,40.5,-73.7,40.9","temporal":"2015-01-01/2015-12-31",
    "accrualPeriodicity":"R/P1Y","bureauCode":["015:11"],"programCode":["015:001"],"theme":["vegetables"],"language":["es-MX"],
    "landingPage":"https://x.gov/a","references":["https://x.gov/doc"],"describedBy":"https://x.gov/dict","isPartOf":"parent 1",
    "conformsTo":"https://x.gov/standard",
    "distribution":[{"@type":"dcat:Distribution","downloadURL":"https://x.gov/a.csv","mediaType":"text/csv","format":"CSV","title":"T"},
                    {"accessURL":"https://x.gov/api"}])");
  EXPECT_EQ(made_.remote_id, "a");
  EXPECT_EQ(made_.remote_url, "https://x.gov/a");
  EXPECT_EQ(made.iri, "https://portal.example/data.json#a");
  EXPECT_EQ(made.title, (LangStrings{{"A", "es-MX"}}));
  EXPECT_EQ(made.keyword.size(), 2u);
  EXPECT_EQ(made.publisher.at(0).name.at(0).value, "Office");
  EXPECT_EQ(made.contact_point.at(0).email, "jane@x.gov");
  EXPECT_EQ(made.access_rights->iri, "http://publications.europa.eu/resource/authority/access-right/RESTRICTED");
  EXPECT_EQ(made.rights.at(0).value, "ask us");
  EXPECT_EQ(made.licence->iri, "https://creativecommons.org/publicdomain/zero/1.0/");
  EXPECT_EQ(made.spatial.at(0).bbox, (dcat::BoundingBox{-74.2, 40.5, -73.7, 40.9}));
  EXPECT_EQ(format_moment(*made.temporal.at(0).end), "2015-12-31");
  EXPECT_EQ(made.frequency->label.at(0).value, "R/P1Y");
  EXPECT_EQ(made.theme.at(0).label.at(0).value, "vegetables");
  EXPECT_EQ(made.documentation.size(), 2u);
  EXPECT_EQ(made.in_series.at(0).value, "https://portal.example/data.json#parent%201");
  EXPECT_EQ(made.conforms_to.at(0).value, "https://x.gov/standard");
  ASSERT_EQ(made.distribution.size(), 2u);
  EXPECT_EQ(made.distribution[0].download_url.at(0).value, "https://x.gov/a.csv");
  EXPECT_EQ(made.distribution[0].media_type->label.at(0), (LangString{"text/csv", ""}));
  EXPECT_EQ(made.distribution[1].access_url.at(0).value, "https://x.gov/api");
  EXPECT_TRUE(made_.findings.empty()) << made_.findings.front().message;
}

TEST_F(DataJsonRecord, ReadsADatasetOfDcatUs3) {
  const auto made = dataset(R"j(
    "@id":"https://x.gov/d/a","otherIdentifier":[{"schemaAgency":"DOI","notation":"10.1/a"}],
    "publisher":{"@id":"https://x.gov/o","name":"Office"},"contactPoint":[{"fn":"Team","hasEmail":"mailto:t@x.gov","tel":"+1-555"}],
    "theme":[{"@id":"https://x.gov/c/climate","prefLabel":"Climate"}],"landingPage":{"@id":"https://x.gov/l"},
    "spatial":[{"@id":"https://x.gov/usa","geometry":"POLYGON((-125 24, -66 24, -66 50, -125 50, -125 24))"}],
    "temporal":[{"startDate":"2024-01-01","endDate":"2024-12-31"}],"inSeries":[{"@id":"https://x.gov/s"}],
    "accessRights":"Public access","provenance":["By hand"],"spatialResolutionInMeters":"1000","temporalResolution":"P1D",
    "distribution":[{"@id":"https://x.gov/f","byteSize":"524288","downloadURL":"https://x.gov/a.csv",
      "checksum":{"algorithm":"sha256","checksumValue":"ab"},"license":"https://l.example/"}])j");
  EXPECT_EQ(made.iri, "https://x.gov/d/a");
  EXPECT_EQ(made.other_identifier, std::vector<std::string>{"10.1/a"});
  EXPECT_EQ(made.theme.at(0).iri, "https://x.gov/c/climate");
  EXPECT_EQ(made.spatial.at(0).bbox, (dcat::BoundingBox{-125, 24, -66, 50}));
  EXPECT_EQ(made.temporal.size(), 1u);
  EXPECT_EQ(made.in_series.at(0).value, "https://x.gov/s");
  EXPECT_EQ(made.access_rights->label.at(0).value, "Public access");
  EXPECT_EQ(made.spatial_resolution_metres, 1000);
  EXPECT_EQ(made.distribution.at(0).byte_size, 524288u);
  EXPECT_EQ(made.distribution.at(0).checksum->value, "ab");
  EXPECT_TRUE(made_.findings.empty()) << made_.findings.front().message;
}

TEST_F(DataJsonRecord, ReadsServicesAndSeries) {
  const auto service = map(
      R"({"identifier":"s","title":"S","endpointURL":["https://x.gov/api"],"servesDataset":[{"identifier":"a","title":"A"}]})",
      "/service/0");
  EXPECT_EQ(std::get<dcat::DataService>(service.record).endpoint_url.at(0).value, "https://x.gov/api");
  EXPECT_EQ(std::get<dcat::DataService>(service.record).serves_dataset.at(0).value,
            "https://portal.example/data.json#a");
  const auto series = map(R"({"@type":"DatasetSeries","@id":"https://x.gov/s","title":"S"})");
  EXPECT_EQ(dcat::type_of(series.record), dcat::ResourceType::series);
  EXPECT_EQ(series.remote_id, "https://x.gov/s");
}

TEST_F(DataJsonRecord, ReadsADatasetOfProjectOpenData10) {
  const auto made = dataset(R"("keyword":"a, b,c","publisher":"Office","contactPoint":"John","mbox":"j@x.gov",
    "accessURL":"https://x.gov/a.csv","format":"text/csv","webService":"https://x.gov/rows.json")");
  EXPECT_EQ(made.keyword.size(), 3u);
  EXPECT_EQ(made.publisher.at(0).name.at(0).value, "Office");
  EXPECT_EQ(made.contact_point.at(0).email, "j@x.gov");
  ASSERT_EQ(made.distribution.size(), 2u);
  EXPECT_EQ(made.distribution[0].access_url.at(0).value, "https://x.gov/a.csv");
  EXPECT_TRUE(made.distribution[0].title.empty());
  EXPECT_EQ(made.distribution[1].access_url.at(0).value, "https://x.gov/rows.json");
}

TEST_F(DataJsonRecord, TakesPlacesInEveryShape) {
  EXPECT_EQ(dataset(R"("spatial":"Lyon")").spatial.at(0).label.at(0).value, "Lyon");
  EXPECT_EQ(dataset(R"("spatial":{"type":"Point","coordinates":[4.8,45.7]})").spatial.at(0).bbox,
            (dcat::BoundingBox{4.8, 45.7, 4.8, 45.7}));
  EXPECT_EQ(dataset(R"("spatial":"{\"type\":\"Point\",\"coordinates\":[4.8,45.7]}")").spatial.at(0).bbox->north, 45.7);
  EXPECT_EQ(dataset(R"("spatial":"https://sws.geonames.org/2996944/")").spatial.at(0).iri,
            "https://sws.geonames.org/2996944/");
  EXPECT_EQ(dataset(R"("spatial":["Lyon",{"prefLabel":"Paris"}])").spatial.size(), 2u);
  EXPECT_TRUE(dataset(R"("spatial":"[[{\"WestBoundingCoordinate\":-54.185}],\"CARTESIAN\"]")").spatial.empty());
  EXPECT_TRUE(found("geometry_unreadable"));
  EXPECT_TRUE(dataset(R"("spatial":"200,0,300,1")").spatial.empty());
  EXPECT_TRUE(found("geometry_unreadable"));
}

TEST_F(DataJsonRecord, KeepsTheRecordWhateverItsValuesAre) {
  const auto made =
      dataset(R"("modified":"R/P1W","temporal":"yesterday/2015","publisher":7,"keyword":[1,null,{}],"theme":{},
    "distribution":[3,{"downloadURL":444},{"downloadURL":["https://x.gov/a","b c"]}],"license":["x"],"contactPoint":[[]])");
  EXPECT_EQ(made.frequency->label.at(0).value, "R/P1W");
  EXPECT_TRUE(made.frequency->guessed);
  EXPECT_FALSE(made.modified);
  EXPECT_FALSE(made.temporal.at(0).start);
  EXPECT_EQ(made.keyword.size(), 1u);
  EXPECT_EQ(made.distribution.size(), 2u);
  EXPECT_TRUE(found("date_unreadable"));
  EXPECT_TRUE(found("type_wrong"));
  EXPECT_TRUE(found("url_invalid"));
  EXPECT_TRUE(found("url_missing"));
}

TEST_F(DataJsonRecord, MendsBytesThatAreNoJsonText) {
  made_ = map("{\"identifier\":\"a\",\"title\":\"caf\xe9\",\"description\":\"two\nlines\"}");
  EXPECT_EQ(dcat::resource(made_.record).title.at(0).value, "café");
  EXPECT_EQ(dcat::resource(made_.record).description.at(0).value, "two lines");
  EXPECT_TRUE(found("encoding_wrong"));
  EXPECT_TRUE(found("control_characters"));
}

TEST_F(DataJsonRecord, KnowsARecordByTheFirstNameThatItHas) {
  const auto id = [](std::string_view text) { return data_json_id(json::Document::parse(text)->root()); };
  EXPECT_EQ(id(R"({"identifier":" a ","@id":"b"})"), "a");
  EXPECT_EQ(id(R"({"identifier":42})"), "42");
  EXPECT_EQ(id(R"({"identifier":{"notation":"n"}})"), "n");
  EXPECT_EQ(id(R"({"@id":"https://b"})"), "https://b");
  EXPECT_EQ(id(R"({"@id":"_:b0","landingPage":"https://c"})"), "https://c");
  EXPECT_EQ(id(R"({"title":"T"})").substr(0, 8), "content:");
  EXPECT_NE(id(R"({"title":"T","publisher":"P"})"), id(R"({"title":"T","publisher":"Q"})"));
  EXPECT_EQ(id(R"({"description":"D"})"), "");
  EXPECT_EQ(id(R"({"identifier":")" + std::string(3'000, 'x') + "\"}").substr(0, 7), "sha256:");
}

TEST_F(DataJsonRecord, RefusesARecordWithoutATitle) {
  EXPECT_EQ(
      map_data_json(source_, {"application/json", R"({"identifier":"a"})", source_.url, "/dataset/0"}).error().message,
      "the title is missing");
  EXPECT_FALSE(map_data_json(source_, {"application/json", "[1]", source_.url, "/dataset/0"}));
}

TEST_F(DataJsonRecord, ReadsAnAssetOfSocratasDiscoveryApi) {
  const auto made =
      map(R"({"resource":{"name":"Shops","id":"ud4g-9x9z","description":"D","attribution":"Health","type":"dataset",
    "data_updated_at":"2020-06-08T18:33:55.000Z","publication_date":"2018-08-22T16:22:04.000Z","lens_view_type":"tabular"},
    "classification":{"categories":["demographics"],"domain_category":"Health","domain_tags":["bodega"],
    "domain_metadata":[{"key":"Update_Update-Frequency","value":"Annually"}]},
    "metadata":{"domain":"data.ny.us","license":"CC0"},"permalink":"https://data.ny.us/d/ud4g-9x9z"})",
          "/results/0");
  const auto& dataset = std::get<dcat::Dataset>(made.record);
  EXPECT_EQ(made.remote_id, "data.ny.us/ud4g-9x9z");
  EXPECT_EQ(made.remote_url, "https://data.ny.us/d/ud4g-9x9z");
  EXPECT_EQ(dataset.publisher.at(0).name.at(0).value, "Health");
  EXPECT_EQ(dataset.theme.size(), 2u);
  EXPECT_EQ(dataset.frequency->label.at(0).value, "Annually");
  EXPECT_EQ(dataset.licence->label.at(0).value, "CC0");
  EXPECT_EQ(dataset.distribution.at(0).download_url.at(0).value,
            "https://data.ny.us/api/views/ud4g-9x9z/rows.csv?accessType=DOWNLOAD");
  EXPECT_TRUE(made.findings.empty());
}

}  // namespace
}  // namespace moisson::harvesters
