#include "harvesters/api_gouv.h"

#include "collecting_sink.h"
#include "harvesters/api_gouv_record.h"
#include "harvesters/front_matter.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace moisson::harvesters {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(FrontMatter, ReadsWhatAuthorsWriteByHand) {
  const auto read = read_front_matter(
      "---\r\n"
      "title: API Adresse - (BAN)\n"
      "# a comment\n"
      "is_open: 1 # 1 means API is fully open\n"
      "quoted: \"L'eau : \\\"vive\\\"\"  # said\n"
      "single: 'l''eau # pas un commentaire'\n"
      "link: https://h/page#part\n"
      "long: une phrase\n"
      "  qui continue\n"
      "keywords:\n"
      "  - Communes\n"
      "  # between\n"
      "  - 'Codes : postaux'\n"
      "themes:\n"
      "- Géographie\n"
      "flow: [a, \"b\"]\n"
      "stat:\n"
      "  lastXdays: 7\n"
      "  path:\n"
      "    - inside\n"
      "access_page:\n"
      "  - who:\n"
      "      - Un particulier\n"
      "    is_eligible: -1\n"
      "    description: |\n"
      "      title: not a field\n"
      "intro: |\n"
      "  Premier.\n"
      "\n"
      "    - en retrait\n"
      "folded: >\n"
      "  une\n"
      "  ligne\n"
      "empty:\n"
      "last: fin\n"
      "---\n"
      "\n"
      "### Texte\n"
      "---\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->text("title"), "API Adresse - (BAN)");
  EXPECT_EQ(read->text("is_open"), "1");
  EXPECT_EQ(read->text("quoted"), "L'eau : \"vive\"");
  EXPECT_EQ(read->text("single"), "l'eau # pas un commentaire");
  EXPECT_EQ(read->text("link"), "https://h/page#part");
  EXPECT_EQ(read->text("long"), "une phrase qui continue");
  EXPECT_THAT(read->list("keywords"), ElementsAre("Communes", "Codes : postaux"));
  EXPECT_THAT(read->list("themes"), ElementsAre("Géographie"));
  EXPECT_THAT(read->list("flow"), ElementsAre("a", "b"));
  EXPECT_EQ(read->text("intro"), "Premier.\n\n  - en retrait");
  EXPECT_EQ(read->text("folded"), "une ligne");
  EXPECT_EQ(read->text("empty"), "");
  EXPECT_EQ(read->text("last"), "fin");
  EXPECT_EQ(read->text("lastXdays"), "");
  EXPECT_THAT(read->list("access_page"), ElementsAre());
  EXPECT_EQ(read->body, "### Texte\n---");
}

TEST(FrontMatter, RefusesWhatIsNone) {
  EXPECT_EQ(read_front_matter("# Title\n").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(read_front_matter("---\ntitle: x\n").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(read_front_matter("").error().code, ErrorCode::invalid_input);
  std::string many = "---\n";
  for (int i = 0; i < 300; ++i) many += "f" + std::to_string(i) + ": x\n";
  EXPECT_EQ(read_front_matter(many + "---\n").error().code, ErrorCode::too_large);
}

constexpr std::string_view address_file =
    "---\n"
    "title: API Adresse (Base Adresse Nationale - BAN)\n"
    "tagline: Cherchez des adresses et des lieux-dits\n"
    "is_open: 1 # 1 means API is fully open\n"
    "external_site: https://adresse.example.org\n"
    "producer: dinum\n"
    "keywords:\n"
    "  - Adresse\n"
    "themes:\n"
    "  - Géographie\n"
    "rate_limiting_resume: 50 appels / seconde / IP\n"
    "contact_link: adresse@example.org\n"
    "doc_tech_link: /swaggers/adresse.json\n"
    "doc_tech_external: https://adresse.example.org/api-doc\n"
    "datagouv_uuid:\n"
    "  - 5530fbacc751df5ff937dddb\n"
    "uptime: 99.98\n"
    "monitoring_link: https://status.example.org/ban\n"
    "last_update: 10/12/2019\n"
    "content_intro: |\n"
    "  Elle permet d'interroger la base.\n"
    "---\n"
    "### Données\n";

constexpr std::string_view list =
    R"([{"title":"API Adresse","tagline":"Courte","path":"/les-api/base-adresse-nationale","slug":"base-adresse-nationale",)"
    R"("openness":"open","owner":"Direction interministérielle du numérique","owner_acronym":"DINUM","datagouv_uuid":null},)"
    R"({"title":"API Quotient","tagline":"Le quotient familial","path":"/les-api/quotient","slug":"quotient",)"
    R"("openness":"closed","owner":"CNAF"}])";

class ApiGouvHarvester : public testing::Test {
 protected:
  ApiGouvHarvester() {
    portal_.put("/api/v1/apis", std::string(list), "application/json");
    portal_.put("/files/base-adresse-nationale.md", std::string(address_file), "text/plain; charset=utf-8");
    portal_.put(
        "/files/quotient.md",
        "---\ntitle: API Quotient\nis_open: -1\ndatapass_link: https://datapass.example.org/quotient\n---\nTexte\n",
        "text/plain");
    source_.id = "api-gouv";
    source_.kind = "api-gouv";
    source_.url = portal_.url("/api/v1/apis");
    source_.language = "fr";
    source_.options["files"] = portal_.url("/files/");
  }

  Result<harvest::Listing> run(std::uint64_t limit = 0) {
    net::CurlFetcher fetcher(test::fetcher_options(), gate_, {});
    SystemClock clock;
    return api_gouv_harvester().harvest({source_, fetcher, clock, {}, false, limit}, sink_);
  }

  const harvest::HarvestedRecord& taken(std::string_view id) const {
    for (const auto& record : sink_.taken)
      if (record.remote_id == id) return record;
    throw std::out_of_range(std::string(id));
  }

  test::Portal portal_;
  harvest::HarvestSource source_;
  test::CollectingSink sink_;
  net::HostGate gate_;
};

TEST_F(ApiGouvHarvester, MakesADataServiceOfEachApi) {
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  ASSERT_EQ(sink_.taken.size(), 2u);
  const auto& record = taken("base-adresse-nationale");
  EXPECT_EQ(record.remote_url, portal_.url("/les-api/base-adresse-nationale"));
  const auto& service = std::get<dcat::DataService>(record.record);
  EXPECT_EQ(service.title.front().value, "API Adresse (Base Adresse Nationale - BAN)");
  EXPECT_EQ(service.description.front().value,
            "Cherchez des adresses et des lieux-dits\n\nElle permet d'interroger la base.\n\n### Données");
  EXPECT_EQ(service.publisher.front().name.front().value, "Direction interministérielle du numérique");
  EXPECT_EQ(service.contact_point.front().email, "adresse@example.org");
  EXPECT_THAT(service.access_rights->iri, HasSubstr("/PUBLIC"));
  EXPECT_EQ(service.rights.front().value, "Limite : 50 appels / seconde / IP");
  EXPECT_EQ(service.endpoint_description.front().value, portal_.url("/swaggers/adresse.json"));
  EXPECT_EQ(service.documentation.front().value, "https://adresse.example.org/api-doc");
  EXPECT_EQ(service.landing_page.front().value, "https://adresse.example.org");
  EXPECT_EQ(service.serves_dataset.front().value, "https://www.data.gouv.fr/datasets/5530fbacc751df5ff937dddb");
  EXPECT_EQ(service.status->label.front().value, "Disponibilité : 99.98 % (https://status.example.org/ban)");
  EXPECT_EQ(format_moment(*service.modified), "2019-12-10");
  EXPECT_TRUE(service.endpoint_url.empty());
  EXPECT_EQ(record.findings.back().cause, "url_missing");

  const auto& closed = std::get<dcat::DataService>(taken("quotient").record);
  EXPECT_THAT(closed.access_rights->iri, HasSubstr("/NON_PUBLIC"));
  EXPECT_EQ(closed.rights.front().value, "Demande d’accès : https://datapass.example.org/quotient");
}

TEST_F(ApiGouvHarvester, IsContentWithTheListWhereThereAreNoFiles) {
  source_.options.clear();
  ASSERT_TRUE(run());
  const auto& service = std::get<dcat::DataService>(taken("quotient").record);
  EXPECT_EQ(service.description.front().value, "Le quotient familial");
  EXPECT_THAT(service.access_rights->iri, HasSubstr("/NON_PUBLIC"));
  EXPECT_EQ(service.landing_page.front().value, portal_.url("/les-api/quotient"));
  EXPECT_EQ(portal_.asked().size(), 1u);
}

TEST_F(ApiGouvHarvester, LosesOneApiToABadFileAndNoOther) {
  portal_.put("/files/quotient.md", "no front matter", "text/plain");
  portal_.put("/api/v1/apis",
              std::string(list.substr(0, list.size() - 1)) + ",{\"title\":\"Sans nom\"},7,{\"slug\":\"gone\"}]",
              "application/json");
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids(), std::set<std::string>{"base-adresse-nationale"});
  ASSERT_EQ(sink_.failed.size(), 4u);
  EXPECT_EQ(sink_.failed[0].remote_id, "quotient");
  EXPECT_THAT(sink_.failed[0].error.message, HasSubstr("front matter"));
  EXPECT_THAT(sink_.failed[1].error.message, HasSubstr("no slug"));
  EXPECT_EQ(sink_.failed[3].error.code, ErrorCode::not_found);
}

TEST_F(ApiGouvHarvester, FindsNothingChangedTheSecondTime) {
  ASSERT_TRUE(run());
  sink_.forget_run();
  ASSERT_TRUE(run());
  EXPECT_TRUE(sink_.taken.empty());
  EXPECT_EQ(sink_.unchanged.size(), 2u);
}

TEST_F(ApiGouvHarvester, TellsWhatBecameOfEachField) {
  ASSERT_TRUE(run());
  dcat::MappingReport mapping;
  harvest::RawSource raw = taken("base-adresse-nationale").raw;
  ASSERT_TRUE(map_api_gouv(source_, std::move(raw), &mapping));
  std::map<std::string, dcat::PropertyUse> uses;
  for (const auto& tally : mapping.tallies()) uses[tally.property] = tally.use;
  EXPECT_EQ(uses.at("doc_tech_link"), dcat::PropertyUse::read);
  EXPECT_EQ(uses.at("owner_acronym"), dcat::PropertyUse::dropped);
}

TEST_F(ApiGouvHarvester, RefusesAListThatIsNone) {
  portal_.put("/api/v1/apis", "{\"Error\":\"Route does not exist\"}", "application/json");
  const auto listing = run();
  ASSERT_FALSE(listing);
  EXPECT_THAT(listing.error().message, HasSubstr("no JSON array"));
}

TEST_F(ApiGouvHarvester, StopsAPreviewAtItsLimit) {
  const auto listing = run(1);
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 1u);
}

TEST_F(ApiGouvHarvester, MapsAStoredRecordAgainAlike) {
  ASSERT_TRUE(run());
  const auto& record = taken("base-adresse-nationale");
  const auto again = api_gouv_harvester().map(source_, record.raw);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->record, record.record);
  EXPECT_EQ(again->remote_id, record.remote_id);
}

}  // namespace
}  // namespace moisson::harvesters
