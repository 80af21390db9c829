// Modes 19 to 25: paging, volume and dialects.
#include "failure_mode.h"

#include "portal/ckan_portal.h"

namespace moisson::test {
namespace {

std::string hydra_page(std::string_view records, std::string_view url, std::string_view next,
                       std::string_view total = {}) {
  std::string view = "<" + std::string(url) + "> a hydra:PartialCollectionView";
  if (!next.empty()) view += " ; hydra:next <" + std::string(next) + ">";
  if (!total.empty()) view += " ; hydra:totalItems " + std::string(total);
  return turtle(std::string(records) + view + " .\n");
}

std::string numbered_datasets(int first, int last) {
  std::string records;
  for (int i = first; i < last; ++i)
    records += turtle_dataset("https://data.example/" + std::to_string(i), "Jeu " + std::to_string(i));
  return records;
}

TEST_F(FailureMode, 19ANextPageThatComesAgainAndAgainEndsTheReading) {
  const auto first = portal_.url("/c.ttl"), second = portal_.url("/c.ttl?page=2");
  Script script;
  bool mended = false;
  script.before = [&](const http::Request& request) -> std::optional<http::Response> {
    const bool is_second = http::first(request.query, "page") == "2";
    if (!is_second) return answer(200, hydra_page(numbered_datasets(0, 3), first, second), turtle_type);
    return answer(200, hydra_page(numbered_datasets(3, 6), second, mended ? "" : second), turtle_type);
  };
  portal_.script(script);
  source("dcat", "/c.ttl");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 6}));
  EXPECT_EQ(job.outcome, JobOutcome::partial);
  EXPECT_LE(portal_.asked().size(), 3u);
  tells("19", job);
  mended = true;
  clears(job);
}

TEST_F(FailureMode, 20EveryPageOfADataJsonIsRead) {
  Script script;
  script.before = [](const http::Request& request) -> std::optional<http::Response> {
    const std::string page(http::first(request.query, "page"));
    if (page == "1")
      return answer(200, data_json(data_json_dataset("1", "Arbres") + "," + data_json_dataset("2", "Bancs")),
                    json_type);
    if (page == "2") return answer(200, data_json(data_json_dataset("3", "Canaux")), json_type);
    return answer(200, data_json(""), json_type);
  };
  portal_.script(script);
  source("data-json", "/data.json?page=1");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 3}));
  EXPECT_EQ(job.pages, 3u);
  tells("20", job);
}

TEST_F(FailureMode, 21UnsortedPagesThatRepeatRecordsRemoveNothing) {
  const std::string even = "numberOfRecordsMatched=\"4\" ";
  bool mended = false;
  Script script;
  script.before = [&](const http::Request& request) -> std::optional<http::Response> {
    if (!http::first(request.query, "sortBy").empty() && !mended)
      return answer(
          200,
          R"(<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception exceptionCode="InvalidParameterValue">)"
          "<ows:ExceptionText>sortBy</ows:ExceptionText></ows:Exception></ows:ExceptionReport>",
          xml_type);
    if (http::first(request.query, "startPosition") == "1")
      return answer(200, csw_answer(iso_record("a", "Arbres") + iso_record("b", "Bancs"), even + "nextRecord=\"3\""),
                    xml_type);
    return answer(200,
                  csw_answer(mended ? iso_record("c", "Canaux") + iso_record("d", "Digues")
                                    : iso_record("b", "Bancs") + iso_record("c", "Canaux"),
                             even + "nextRecord=\"0\""),
                  xml_type);
  };
  portal_.script(script);
  source("csw", "/csw");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::partial);
  EXPECT_EQ(job.counts.created, 3u);
  EXPECT_EQ(job.counts.removed, 0u);
  tells("21", job);
  mended = true;
  clears(job);
  EXPECT_EQ(remote_ids().size(), 4u);
}

TEST_F(FailureMode, 22AGraphOfThousandsOfDatasetsIsOnePage) {
  std::string records;
  const std::string description(3'800, 'x');
  for (int i = 0; i < 4'330; ++i)
    records += turtle_dataset("https://data.example/" + std::to_string(i), "Jeu " + std::to_string(i),
                              " ; dct:description \"" + description + "\"");
  ASSERT_GT(records.size(), std::size_t{16} << 20);
  portal_.put("/catalog.ttl", turtle(records), std::string(turtle_type));
  source("dcat", "/catalog.ttl");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 4'330}));
  tells("22", job);
}

TEST_F(FailureMode, 23AHarvestGoesOnBeyondTenThousandRecords) {
  CkanPortal portal;
  for (std::uint64_t i = 0; i < 10'050; ++i) portal.put(numbered(i), ckan_package(numbered(i), "Jeu " + numbered(i)));
  source_.kind = "ckan";
  source_.url = portal.url();
  register_source();
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 10'050}));
  EXPECT_EQ(job.announced, 10'050u);
  tells("23", job);
}

TEST_F(FailureMode, 24ALastPageThatFailsLosesItselfAlone) {
  const auto first = portal_.url("/c.ttl"), second = portal_.url("/c.ttl?page=2");
  bool fails = false;
  Script script;
  script.before = [&](const http::Request& request) -> std::optional<http::Response> {
    if (http::first(request.query, "page") != "2")
      return answer(200, hydra_page(numbered_datasets(0, 3), first, second), turtle_type);
    if (fails) return answer(500, "Traceback (most recent call last)");
    return answer(200, hydra_page(numbered_datasets(3, 5), second, ""), turtle_type);
  };
  portal_.script(script);
  source("dcat", "/c.ttl");
  EXPECT_EQ(harvest().counts, (Counts{.created = 5}));
  fails = true;
  const auto job = harvest(true);
  EXPECT_EQ(job.outcome, JobOutcome::partial);
  EXPECT_EQ(job.counts, (Counts{.unchanged = 3}));
  EXPECT_EQ(remote_ids().size(), 5u);
  tells("24", job);
  fails = false;
  clears(job);
}

TEST_F(FailureMode, 25TheDialectsOfCkanAreRead) {
  const std::string extras_object =
      R"({"id":"a","name":"a","title":"Arbres","extras":{"frequency":"annual","theme":3}})";
  const std::string extras_list =
      R"({"id":"b","name":"b","title":"Bancs","extras":[{"key":"frequency","value":12},{"key":"spatial_text","value":["Lyon"]},{"value":"x"}]})";
  const std::string bare_tags =
      R"({"id":"c","name":"c","title":"Canaux","tags":["eau","canal"],"groups":["env"],"organization":"voies","extras":null})";
  const std::string hidden = R"({"id":"d","name":"d","title":"Digues"})";
  // The search hides d; package_show answers with a list.
  portal_.put("/api/3/action/package_search",
              R"({"success":true,"result":{"count":4,"results":[)" + extras_object + "," + extras_list + "," +
                  bare_tags + "]}}",
              std::string(json_type));
  portal_.put("/api/3/action/package_list", R"({"success":true,"result":["a","b","c","d"]})", std::string(json_type));
  portal_.put("/api/3/action/package_show", R"({"success":true,"result":[)" + hidden + "]}", std::string(json_type));
  source("ckan", "");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 4}));
  EXPECT_EQ(dcat::resource(record("c")).keyword.size(), 2u);
  tells("25", job);
  portal_.put(
      "/api/3/action/package_search",
      R"({"success":true,"result":{"count":4,"results":[)" + extras_object + "," +
          R"({"id":"b","name":"b","title":"Bancs"},{"id":"c","name":"c","title":"Canaux","tags":[{"name":"eau"}],"groups":[{"name":"env"}],"organization":{"name":"voies"}},)" +
          hidden + "]}}",
      std::string(json_type));
  clears(job);
}

}  // namespace
}  // namespace moisson::test
