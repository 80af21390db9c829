// Modes 1 to 8: bytes and syntax.
#include "failure_mode.h"

namespace moisson::test {
namespace {

TEST_F(FailureMode, 01ControlCharacterInOneRecordBreaksOnlyThatRecord) {
  const auto page = [](std::string_view title) {
    return rdf_xml(rdf_xml_dataset("https://data.example/1", "Arbres") +
                   rdf_xml_dataset("https://data.example/2", title) +
                   rdf_xml_dataset("https://data.example/3", "Canaux"));
  };
  portal_.put("/catalog.rdf",
              page("Bancs\x03"
                   "publics"),
              std::string(rdf_type));
  source("dcat", "/catalog.rdf");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 3}));
  EXPECT_EQ(dcat::resource(record("https://data.example/2")).title.front().value, "Bancs publics");
  tells("01", job);
  portal_.put("/catalog.rdf", page("Bancs publics"), std::string(rdf_type));
  clears(job);
}

TEST_F(FailureMode, 02BytesThatAreNotUtf8AreReadAsWindows1252AndTold) {
  portal_.put("/data.json", data_json(data_json_dataset("1", "Caf\xe9s") + "," + data_json_dataset("2", "Arbres")),
              "application/json");
  source("data-json", "/data.json");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 2}));
  EXPECT_EQ(dcat::resource(record("1")).title.front().value, "Cafés");
  EXPECT_EQ(row(job, "encoding_wrong").remote_id, "1");
  tells("02", job);
  portal_.put("/data.json", data_json(data_json_dataset("1", "Cafés") + "," + data_json_dataset("2", "Arbres")),
              "application/json; charset=utf-8");
  clears(job);
}

TEST_F(FailureMode, 03WithoutAContentTypeTheContentTells) {
  portal_.put("/rdf", rdf_xml(rdf_xml_dataset("https://data.example/1", "Arbres")), "");
  portal_.put("/ttl", turtle(turtle_dataset("https://data.example/1", "Arbres")), "");
  portal_.put("/jsonld",
              R"({"@context":{"dct":"http://purl.org/dc/terms/","dcat":"http://www.w3.org/ns/dcat#"},)"
              R"("@id":"https://data.example/1","@type":"dcat:Dataset","dct:title":"Arbres"})",
              "");
  portal_.put("/data", data_json(data_json_dataset("https://data.example/1", "Arbres")), "");
  for (const auto& [kind, path] :
       {std::pair{"dcat", "/rdf"}, {"dcat", "/ttl"}, {"dcat", "/jsonld"}, {"data-json", "/data"}}) {
    source_.id = "portal-" + std::string(path + 1);
    source(kind, path);
    const auto job = harvest();
    EXPECT_EQ(job.outcome, JobOutcome::succeeded) << path;
    EXPECT_EQ(job.counts, (Counts{.created = 1})) << path;
    tells("03", job);  // there is nothing to tell
  }
}

TEST_F(FailureMode, 04FourWrongRecordsOfATurtleFileCostOnlyThemselves) {
  const std::string sound = turtle_dataset("https://data.example/1", "Arbres");
  const std::string last = turtle_dataset("https://data.example/9", "Zones");
  portal_.put("/catalog.ttl",
              turtle(sound + turtle_dataset("https://data.example/2", "Les \"bons\" bancs") +
                     turtle_dataset("https://data.example/3", "Canaux\ret quais") +
                     turtle_dataset("https://data.example/4", "Digues", " ; dcat:keyword \"mer\" \"eau\"") +
                     turtle_dataset("https://data.example/5", "Écoles \\u00zz") + last),
              std::string(turtle_type));
  source("dcat", "/catalog.ttl");
  const auto job = harvest();
  EXPECT_TRUE(remote_ids().contains("https://data.example/1"));
  EXPECT_TRUE(remote_ids().contains("https://data.example/9"));
  EXPECT_EQ(job.counts.removed, 0u);
  tells("04", job);
  portal_.put("/catalog.ttl",
              turtle(sound + turtle_dataset("https://data.example/2", "Les \\\"bons\\\" bancs") +
                     turtle_dataset("https://data.example/3", "Canaux\\net quais") +
                     turtle_dataset("https://data.example/4", "Digues", " ; dcat:keyword \"mer\", \"eau\"") +
                     turtle_dataset("https://data.example/5", "Écoles") + last),
              std::string(turtle_type));
  clears(job);
  EXPECT_EQ(remote_ids().size(), 6u);
}

TEST_F(FailureMode, 05AnInvalidLanguageTagCostsNothingButTheTag) {
  const auto page = [](std::string_view tag) {
    return rdf_xml("<dcat:Dataset rdf:about=\"https://data.example/1\"><dct:title xml:lang=\"" + std::string(tag) +
                   "\">Arbres</dct:title></dcat:Dataset>" + rdf_xml_dataset("https://data.example/2", "Bancs"));
  };
  portal_.put("/catalog.rdf", page("Français"), std::string(rdf_type));  // no tag, but a language's name
  source("dcat", "/catalog.rdf");
  EXPECT_TRUE(causes(harvest()).empty());
  EXPECT_EQ(dcat::resource(record("https://data.example/1")).title.front().language, "fr");
  portal_.put("/catalog.rdf", page("gcube"), std::string(rdf_type));
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.updated = 1, .unchanged = 1}));
  EXPECT_EQ(dcat::resource(record("https://data.example/1")).title.front().value, "Arbres");
  tells("05", job);
  portal_.put("/catalog.rdf", page("fr"), std::string(rdf_type));
  clears(job);
}

TEST_F(FailureMode, 06AWebPageWhereTheCatalogBelongsIsARefusal) {
  const std::string html =
      "<!DOCTYPE html><html><head><meta charset=utf-8><title>Portail</title></head><body><div "
      "id=app></div></body></html>";
  struct Row {
    std::string_view kind, path;
    std::string body, type;
  };
  const Row rows[] = {
      {"dcat", "/catalog.rdf", rdf_xml(rdf_xml_dataset("https://data.example/1", "Arbres")), std::string(rdf_type)},
      {"data-json", "/data.json", data_json(data_json_dataset("1", "Arbres")), std::string(json_type)},
      {"csw", "/csw", csw_answer(iso_record("1", "Arbres"), "numberOfRecordsMatched=\"1\" nextRecord=\"0\""),
       std::string(xml_type)},
  };
  for (const Row& row : rows) {
    source_.id = "portal-" + std::string(row.kind);
    portal_.put(std::string(row.path), html, "text/html");
    source(std::string(row.kind), row.path);
    const auto job = harvest();
    EXPECT_EQ(job.outcome, JobOutcome::refused_by_source) << row.kind;
    EXPECT_EQ(job.counts, Counts{}) << row.kind;
    tells("06-" + std::string(row.kind), job);
    portal_.put(std::string(row.path), row.body, row.type);
    clears(job);
    portal_.remove(std::string(row.path));
  }
}

TEST_F(FailureMode, 07InvalidJsonIsNeverASuccessWithoutChanges) {
  portal_.put("/data.json", data_json(data_json_dataset("1", "Arbres") + "," + data_json_dataset("2", "Bancs")),
              std::string(json_type));
  source("data-json", "/data.json");
  EXPECT_EQ(harvest().counts, (Counts{.created = 2}));
  portal_.put("/data.json", "{\"conformsTo\": \"x\",\n \"dataset\": oops [", std::string(json_type));
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::failed);
  EXPECT_EQ(job.counts, Counts{});
  EXPECT_EQ(remote_ids().size(), 2u);
  tells("07", job);
  portal_.put("/data.json", data_json(data_json_dataset("1", "Arbres") + "," + data_json_dataset("2", "Bancs")),
              std::string(json_type));
  clears(job);
}

TEST_F(FailureMode, 08ControlsMarksAndReturnsInTextsAreCleaned) {
  const auto page = [](std::string_view title, std::string_view description) {
    return data_json(data_json_dataset("1", title, ",\"description\":\"" + std::string(description) + "\""));
  };
  portal_.put("/data.json", "\xEF\xBB\xBF" + page("Arbres\\u0003 d’alignement", "Une ligne\\r\\net\\u0000 une autre"),
              std::string(json_type));
  source("data-json", "/data.json");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  const auto resource = dcat::resource(record("1"));
  EXPECT_EQ(resource.title.front().value, "Arbres d’alignement");
  EXPECT_EQ(resource.description.front().value.find('\0'), std::string::npos);
  tells("08", job);
  portal_.put("/data.json", page("Arbres d’alignement", "Une ligne\\net une autre"), std::string(json_type));
  clears(job);

  source_.id = "rdf";
  portal_.put("/catalog.rdf", rdf_xml(rdf_xml_dataset("https://data.example/1", "Arbres&#xd;\n d’alignement")),
              std::string(rdf_type));
  source("dcat", "/catalog.rdf");
  EXPECT_EQ(harvest().counts, (Counts{.created = 1}));
}

}  // namespace
}  // namespace moisson::test
