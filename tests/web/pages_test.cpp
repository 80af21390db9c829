#include "markup.h"
#include "site.h"

#include "store/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace moisson::web::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{X}}[[nav.help]]";

// A portal with a full record, a hostile one, one in English and enough others for pages.
class Pages : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    site_ = new Site;
    auto rich = dataset("RISQUE - Zones inondables en Meurthe-et-Moselle",
                        "Emprises des **zones inondables** du département.", "DDT de Meurthe-et-Moselle");
    rich.issued = *parse_moment("2021-10-29");
    rich.modified = *parse_moment("2025-12-02");
    rich.keyword = {{"risque-inondation", "fr"}, {"inspire", "fr"}};
    rich.theme = {{.iri = "http://publications.europa.eu/resource/authority/data-theme/ENVI"}};
    rich.licence = dcat::Concept{.iri = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"};
    rich.spatial = {{.label = {{"Meurthe-et-Moselle", "fr"}}, .bbox = dcat::BoundingBox{5.42, 48.35, 7.12, 49.57}}};
    rich.temporal = {{.start = *parse_moment("1947"), .end = *parse_moment("2025")}};
    dcat::ContactPoint contact;
    contact.name = {{"Service risques", "fr"}};
    contact.email = "risques@example.org";
    rich.contact_point = {contact};
    dcat::Distribution file;
    file.title = {{"Couche complète", "fr"}};
    file.download_url = {{"https://portail.example.org/zi.zip"}};
    file.format = dcat::Concept{.label = {{"SHP", ""}}};
    file.byte_size = 14'200'000;
    rich.distribution = {file};
    rich.in_series = {{"eau-0"}, {"https://portail.example.org/serie"}, {"javascript:alert(1)"}};

    auto bad =
        dataset(std::string(hostile), "<p onclick=alert(1)>Texte</p><script>alert(1)</script>", std::string(hostile));
    bad.keyword = {{std::string(hostile), ""}};
    bad.landing_page = {{"javascript:alert(1)"}};
    bad.version = hostile;
    dcat::Distribution bad_file;
    bad_file.title = {{std::string(hostile), ""}};
    bad_file.description = {{std::string(hostile), ""}};
    bad_file.access_url = {{"javascript:alert(1)"}};
    bad.distribution = {bad_file, bad_file};
    bad.distribution[1].access_url = {{"https://a.example/\"><script>alert(1)</script>"}};
    dcat::ContactPoint bad_contact;
    bad_contact.email = "a@b.c?bcc=d@e.f\"><script>";
    bad_contact.url = "javascript:alert(1)";
    bad_contact.name = {{std::string(hostile), ""}};
    bad.contact_point = {bad_contact};

    auto english = dataset("Public charging stations", "Stations of several operators.", "Eco-Movement");
    english.title.front().language = english.description.front().language = "en";

    std::vector<harvest::HarvestedRecord> records;
    records.push_back(record("zi", rich));
    records.push_back(record(std::string(hostile), bad));
    records.push_back(record("en", english));
    for (int i = 0; i < 45; ++i)
      records.push_back(record("eau-" + std::to_string(i), dataset("Qualité de l'eau potable " + std::to_string(i),
                                                                   "Analyses.", "Agence " + std::to_string(i % 9))));
    harvest::JobRecord failure;
    failure.outcome = harvest::RecordOutcome::failed;
    failure.title = hostile;
    failure.remote_id = hostile;
    failure.cause = "date_unreadable";
    failure.place = "/result/results/14/extras/3/value";
    failure.message = hostile;
    failure.hint = "write 2019-01";
    job_ = site_->harvest(source("portail", "Portail & " + std::string(hostile)), std::move(records), {failure},
                          harvest::JobOutcome::partial);
    for (const auto& stored : site_->store().records_after(0, 1000).value()) {
      if (stored.remote_id == "zi") rich_id_ = stored.id;
      if (stored.remote_id == hostile) hostile_id_ = stored.id;
    }
  }
  static void TearDownTestSuite() {
    delete site_;
    site_ = nullptr;
  }

  static std::vector<std::string> every_page() {
    return {"/",
            "/datasets",
            "/datasets?q=eau+potable&page=2",
            "/datasets?q=zones+inondables&theme=ENVI&open=yes&modified_from=2020-01-01",
            "/datasets?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
            "/datasets?facet=publisher&in_publisher=%22%3E%3Cscript%3E",
            "/datasets?keyword=%22%3E%3Cscript%3E&q=xyzzyx",
            "/datasets?page=abc%22%3E%3Cscript%3E",
            "/datasets/" + rich_id_,
            "/datasets/" + hostile_id_,
            "/datasets/00000000-0000-5000-8000-000000000000",
            "/publishers/agence-1_portail",
            "/publishers/%22%3E%3Cscript%3E",
            "/themes/ENVI",
            "/sources",
            "/sources/portail",
            "/sources/nowhere",
            "/jobs/" + std::to_string(job_),
            "/jobs/" + std::to_string(job_) + "?outcome=all",
            "/jobs/" + std::to_string(job_) + "?cause=%22%3E%3Cscript%3E",
            "/jobs/99999",
            "/jobs/x",
            "/stats",
            "/stats?day=hier%22%3E%3Cscript%3E",
            "/stats/clients",
            "/reuse",
            "/help",
            "/about",
            "/accessibility",
            "/nowhere/%22%3E%3Cscript%3E"};
  }

  static Site* site_;
  static std::string rich_id_, hostile_id_;
  static std::int64_t job_;
};
Site* Pages::site_ = nullptr;
std::string Pages::rich_id_, Pages::hostile_id_;
std::int64_t Pages::job_ = 0;

TEST_F(Pages, AreWellFormedAndInertInEachLanguage) {
  for (const std::string_view language : {"fr", "en"})
    for (const std::string& address : every_page()) {
      SCOPED_TRACE(address + " in " + std::string(language));
      const Answer answer = site_->get(address, language);
      const auto read = read_markup(without_our_style(answer.body), false);
      EXPECT_EQ(read.fault, "");
      EXPECT_EQ(read.danger(), "");
      EXPECT_EQ(answer.headers.get("Content-Language"), language);
      EXPECT_EQ(std::count(read.elements.begin(), read.elements.end(), "h1"), 1);
      EXPECT_EQ(std::count(read.elements.begin(), read.elements.end(), "main"), 1);
      EXPECT_THAT(answer.body, Not(HasSubstr("<script>alert")));
      EXPECT_THAT(answer.body, Not(HasSubstr("href=\"javascript")));
      EXPECT_THAT(answer.body, HasSubstr("<html lang=\"" + std::string(language) + "\">"));
      // Scripts: the file of ours, and data.
      for (const auto& attribute : read.attributes)
        if (attribute.starts_with("script@")) {
          EXPECT_TRUE(attribute == "script@src=/assets/moisson.js" || attribute == "script@defer=defer" ||
                      attribute == "script@type=application/ld+json")
              << attribute;
        }
    }
}

TEST_F(Pages, GiveEveryFieldALabelAndEveryIdOnce) {
  for (const std::string& address : every_page()) {
    SCOPED_TRACE(address);
    const auto read = read_markup(site_->get(address).body, false);
    std::vector<std::string> ids;
    for (const auto& attribute : read.attributes)
      if (const std::size_t at = attribute.find("@id="); at != attribute.npos) ids.push_back(attribute.substr(at + 4));
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
    for (const auto& attribute : read.attributes)
      for (std::string_view reference : {"label@for=", "section@aria-labelledby="})
        if (attribute.starts_with(reference)) {
          EXPECT_TRUE(std::binary_search(ids.begin(), ids.end(), attribute.substr(reference.size()))) << attribute;
        }
  }
}

TEST_F(Pages, AnswerWithTheStatusThatFits) {
  EXPECT_EQ(site_->get("/").status, 200);
  EXPECT_EQ(site_->get("/datasets?page=abc").status, 400);
  EXPECT_EQ(site_->get("/datasets/00000000-0000-5000-8000-000000000000").status, 404);
  EXPECT_EQ(site_->get("/nowhere").status, 404);
  EXPECT_EQ(site_->get("/jobs/x").status, 404);
}

TEST_F(Pages, AnswerProgramsWithAProblem) {
  EXPECT_EQ(site_->get("/nowhere", "fr", "application/json").headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(site_->get("/api/v1/nowhere").headers.get("Content-Type"), "application/problem+json");
  EXPECT_THAT(
      std::string(
          site_->get("/nowhere", "fr", "text/html,application/xhtml+xml,*/*;q=0.8").headers.get("Content-Type")),
      HasSubstr("text/html"));
}

TEST_F(Pages, AllowNothingInlineAndNothingFromElsewhere) {
  const std::string policy(site_->get("/").headers.get("Content-Security-Policy"));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(policy, HasSubstr("style-src " + Style({}).source() + ";"));
}

TEST_F(Pages, MarkWhatMatched) {
  EXPECT_THAT(site_->get("/datasets?q=inondable").body, HasSubstr("<mark>inondables</mark>"));
}

TEST_F(Pages, SayWhatTheySearchedInsteadOfAWordThatNoRecordHas) {
  const std::string body = site_->get("/datasets?q=inondabels").body;
  EXPECT_THAT(body, HasSubstr("Vouliez-vous dire"));
  EXPECT_THAT(body, HasSubstr("href=\"/datasets?q=inondables\""));
  EXPECT_THAT(body, HasSubstr("<mark>inondables</mark>"));
  EXPECT_THAT(site_->get("/datasets?q=inondables").body, Not(HasSubstr("Vouliez-vous dire")));
}

TEST_F(Pages, SayThatRecordsLackWordsAndWhatElseWasSearched) {
  EXPECT_THAT(site_->get("/datasets?q=zones+eau").body, HasSubstr("Les notices qui ont tous ces mots d’abord"));
  EXPECT_THAT(site_->get("/datasets?q=crue").body, HasSubstr("Cherché aussi\u00a0:"));
}

TEST_F(Pages, KeepTheQueryInEveryLinkOfTheResults) {
  const std::string body = site_->get("/datasets?q=eau+potable&source=portail&sort=title").body;
  EXPECT_THAT(body, HasSubstr("href=\"/datasets?q=eau%20potable&amp;source=portail&amp;sort=title&amp;page=2\""));
  EXPECT_THAT(body, HasSubstr("href=\"/datasets?q=eau%20potable&amp;sort=title\""));  // the chip takes the filter back
  EXPECT_THAT(body, HasSubstr("href=\"/api/v1/datasets?q=eau%20potable&amp;source=portail&amp;sort=title\""));
  EXPECT_THAT(body, HasSubstr("href=\"/datasets.csv?q=eau%20potable&amp;source=portail&amp;sort=title\""));
  EXPECT_THAT(body, HasSubstr("value=\"portail\" form=\"recherche\" checked=\"checked\""));
  EXPECT_THAT(body, HasSubstr("<option value=\"title\" selected=\"selected\">"));
}

TEST_F(Pages, KeepTheLanguageThatWasAskedForByAddress) {
  const std::string body = site_->get("/datasets?q=eau&lang=en", "fr").body;
  EXPECT_THAT(body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(body, HasSubstr("href=\"/sources?lang=en\""));
  EXPECT_THAT(body, HasSubstr("<input type=\"hidden\" name=\"lang\" value=\"en\" />"));
  EXPECT_THAT(body, HasSubstr("page=2&amp;lang=en"));
  EXPECT_THAT(site_->get("/datasets?q=eau", "fr").body, HasSubstr("href=\"/datasets?q=eau&amp;lang=en\" lang=\"en\""));
}

TEST_F(Pages, MarkATextInAnotherLanguage) {
  EXPECT_THAT(site_->get("/datasets?q=charging", "fr").body, HasSubstr(" lang=\"en\">Public <mark>"));
  EXPECT_THAT(site_->get("/datasets?q=charging", "en").body, Not(HasSubstr(" lang=\"en\">Public <mark>")));
}

TEST_F(Pages, FoldLongFacetsAndSearchInThem) {
  EXPECT_THAT(site_->get("/datasets?q=eau").body, HasSubstr("Les 4 autres"));
  const std::string found = site_->get("/datasets?q=eau&in_publisher=agence+8").body;
  EXPECT_THAT(found, HasSubstr("value=\"agence-8_portail\""));
  EXPECT_THAT(found, Not(HasSubstr("value=\"agence-1_portail\"")));
}

TEST_F(Pages, TellWhenARecordWasSeenAtItsSource) {
  EXPECT_THAT(site_->get("/datasets?q=inondable").body, HasSubstr("<dt>Vu</dt>"));
  EXPECT_THAT(site_->get("/datasets?q=inondable").body, HasSubstr("aujourd’hui</time>"));
}

TEST_F(Pages, AskHowATerritoryIsMeant) {
  const std::string body = site_->get("/datasets?territory=fr:departement:54&territory_match=exact&q=inondables").body;
  EXPECT_THAT(body, HasSubstr("territory_match=exact"));
  EXPECT_THAT(body, HasSubstr("Ce niveau exactement"));
}

TEST_F(Pages, ShowTheAreaOfASearchInFieldsAndOnTheMap) {
  const std::string body =
      site_->get("/datasets?q=inondables&bbox_west=5&bbox_south=48&bbox_east=8&bbox_north=50").body;
  EXPECT_THAT(body, HasSubstr("RISQUE"));
  EXPECT_THAT(body, HasSubstr("name=\"bbox_north\" form=\"recherche\" value=\"50\""));
  EXPECT_THAT(body, HasSubstr("<rect class=\"box\""));
  EXPECT_THAT(body, HasSubstr("href=\"/datasets.csv?q=inondables&amp;bbox=5%2C48%2C8%2C50\""));
  EXPECT_THAT(site_->get("/datasets?q=inondables&bbox_west=-5&bbox_east=-4").body, HasSubstr("Aucun jeu de données"));
}

TEST_F(Pages, MakeTheAccessibilityStatementFromItsTable) {
  const std::string body = site_->get("/accessibility").body;
  EXPECT_THAT(body, HasSubstr("Partiellement conforme"));
  EXPECT_THAT(body, HasSubstr("Accessibilité\u00A0: partiellement conforme</a>"));
  EXPECT_THAT(body, HasSubstr("aucun lecteur d’écran n’a été essayé"));
  EXPECT_THAT(body, HasSubstr("Défenseur des droits"));
  EXPECT_THAT(site_->get("/accessibility", "en").body, HasSubstr("13.12 Motion of the device"));
}

TEST_F(Pages, OfferLooserSearchesWhenNothingIsFound) {
  const std::string body = site_->get("/datasets?q=charging&theme=ENVI").body;
  EXPECT_THAT(body, HasSubstr("Sans le filtre"));
  EXPECT_THAT(body, HasSubstr("href=\"/datasets?q=charging\""));
}

TEST_F(Pages, NameTheParameterThatIsWrong) {
  const std::string body = site_->get("/datasets?modified_from=hier&q=eau").body;
  EXPECT_THAT(body, HasSubstr("<dd>Dernière modification, du</dd>"));
  EXPECT_THAT(body, HasSubstr("Écrivez une date comme 2024"));
  EXPECT_THAT(body, HasSubstr("value=\"eau\""));
}

TEST_F(Pages, ShowAWholeRecord) {
  const std::string body = site_->get("/datasets/" + rich_id_).body;
  for (std::string_view part :
       {"RISQUE – Zones inondables", "<strong>zones inondables</strong>", "14,2\u00A0Mo", "49,57°\u00A0N",
        "1947 à 2025", "Service risques", "mailto:risques@example.org", "risque-inondation", "class=\"box\"",
        "\"@type\":\"Dataset\"", "rel=\"canonical\" href=\"http://127.0.0.1:8080/datasets/", "/raw\""})
    EXPECT_THAT(body, HasSubstr(std::string(part)));
}

TEST_F(Pages, LeadFromARecordToWhatIsLikeItAndToItsPublisher) {
  const std::string id = site_->store().records_after(0, 1000).value().back().id;  // one of many of "Agence 8"
  const std::string body = site_->get("/datasets/" + id).body;
  EXPECT_THAT(body, HasSubstr("Jeux de données proches"));
  EXPECT_THAT(body, HasSubstr("Du même producteur"));
  EXPECT_THAT(body, HasSubstr("href=\"/publishers/agence-8_portail\""));
  EXPECT_THAT(body, Not(HasSubstr("<h3><a href=\"/datasets/" + id)));
}

TEST_F(Pages, LinkTheSeriesOfARecordInsideTheSiteWhereItIsKnown) {
  const std::string body = site_->get("/datasets/" + rich_id_).body;
  EXPECT_THAT(body, testing::ContainsRegex(
                        "Fait partie de</dt><dd><a href=\"/datasets/[0-9a-f-]+\"[^>]*>Qualité de l’eau potable 0</a>"));
  EXPECT_THAT(body, HasSubstr("<a href=\"https://portail.example.org/serie\""));
  EXPECT_THAT(body, Not(HasSubstr("javascript:")));
}

TEST_F(Pages, GatherWhatOnePublisherPublishes) {
  const std::string body = site_->get("/publishers/agence-1_portail").body;
  EXPECT_THAT(body, HasSubstr("<h1>Agence 1</h1>"));
  EXPECT_THAT(body, HasSubstr("5 jeux de données"));
  EXPECT_THAT(body, HasSubstr("<input type=\"hidden\" name=\"publisher\" value=\"agence-1_portail\" />"));
  EXPECT_THAT(body, HasSubstr("href=\"/datasets.atom?publisher=agence-1_portail&amp;sort=modified\""));
  EXPECT_THAT(body, HasSubstr("rel=\"canonical\" href=\"http://127.0.0.1:8080/publishers/agence-1_portail\""));
  EXPECT_EQ(site_->get("/publishers/nobody").status, 404);
}

TEST_F(Pages, GatherWhatIsAboutOneTheme) {
  const std::string body = site_->get("/themes/ENVI").body;
  EXPECT_THAT(body, HasSubstr("<h1>Environnement</h1>"));
  EXPECT_THAT(body, HasSubstr("Zones inondables"));
}

TEST_F(Pages, SendAMistakeToThePublisherWithTheRecordsAddress) {
  const std::string body = site_->get("/datasets/" + rich_id_).body;
  EXPECT_THAT(body, HasSubstr("href=\"mailto:risques@example.org?subject=Erreur%20dans%20la%20notice"));
  EXPECT_THAT(body, HasSubstr("http%3A%2F%2F127.0.0.1%3A8080%2Fdatasets%2F" + rich_id_));
  const std::string hostile_body = site_->get("/datasets/" + hostile_id_).body;
  EXPECT_THAT(hostile_body, Not(HasSubstr("mailto:")));  // its address would add recipients
  EXPECT_THAT(hostile_body, HasSubstr("Aller à la page du producteur"));
}

TEST_F(Pages, GiveTheirCitationToReferenceManagers) {
  const Answer bib = site_->get("/datasets/" + rich_id_ + ".bib");
  EXPECT_EQ(bib.headers.get("Content-Type"), "application/x-bibtex; charset=utf-8");
  EXPECT_THAT(bib.body, HasSubstr("title = {{RISQUE – Zones inondables en Meurthe-et-Moselle}}"));
  EXPECT_THAT(bib.body, HasSubstr("year = {2025}"));
  EXPECT_THAT(site_->get("/datasets/" + rich_id_ + ".ris").body, HasSubstr("AU  - DDT de Meurthe-et-Moselle\r\n"));
  EXPECT_EQ(site_->get("/datasets/00000000-0000-5000-8000-000000000000.ris").status, 404);
}

TEST_F(Pages, TellHonestlyHowAHarvestWent) {
  const std::string body = site_->get("/jobs/" + std::to_string(job_)).body;
  EXPECT_THAT(body, HasSubstr("Partiel"));
  EXPECT_THAT(body, HasSubstr("Date illisible"));
  EXPECT_THAT(body, HasSubstr("Rien n’a été retiré."));
  EXPECT_THAT(body, HasSubstr("1\u00A0min 52\u00A0s"));
}

TEST_F(Pages, ServeTheirAssets) {
  EXPECT_EQ(site_->get("/assets/moisson.js").headers.get("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(site_->get("/assets/../strings.tsv").status, 404);
  EXPECT_THAT(site_->get("/robots.txt").body, HasSubstr("User-agent: *"));
  EXPECT_THAT(site_->get("/robots.txt").body, HasSubstr("Sitemap: http://127.0.0.1:8080/sitemap.xml"));
}

TEST_F(Pages, SendProgramsToTheDataOfARecord) {
  const auto reply = site_->get("/datasets/some-id", "fr", "text/turtle");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.headers.get("Location"), "http://127.0.0.1:8080/datasets/some-id.ttl");
  EXPECT_EQ(reply.headers.get("Vary"), "Accept, Accept-Language");
}

TEST_F(Pages, TellBrowsersOfSearchAndFeed) {
  const std::string body = site_->get("/datasets?q=eau").body;
  EXPECT_THAT(body, HasSubstr("type=\"application/opensearchdescription+xml\""));
  EXPECT_THAT(body, HasSubstr("type=\"application/atom+xml\""));
  EXPECT_THAT(body, HasSubstr("href=\"/datasets.atom?q=eau"));
}

TEST_F(Pages, ChangeTheirTagWithLanguageQueryAndDay) {
  const std::string tag(site_->get("/datasets?q=eau").headers.get("ETag"));
  EXPECT_EQ(site_->get("/datasets?q=eau").headers.get("ETag"), tag);
  EXPECT_NE(site_->get("/datasets?q=eau", "en").headers.get("ETag"), tag);
  EXPECT_NE(site_->get("/datasets?q=air").headers.get("ETag"), tag);
  site_->clock.instant += std::chrono::hours{24};
  EXPECT_NE(site_->get("/datasets?q=eau").headers.get("ETag"), tag);
  site_->clock.instant -= std::chrono::hours{24};
}

TEST(Site, SaysThatARecordWasRemoved) {
  Site site;
  const auto portal = source("portail", "Portail");
  std::vector<harvest::HarvestedRecord> records;
  records.push_back(record("a", dataset("Un", "…", "P")));
  site.harvest(portal, std::move(records));
  const std::string id = site.store().records_after(0, 1).value().front().id;
  ASSERT_TRUE(site.store().writer().retire_source("portail", true));
  site.index();
  const Answer answer = site.get("/datasets/" + id);
  EXPECT_EQ(answer.status, 410);
  EXPECT_THAT(answer.body, HasSubstr("Cette notice a été retirée."));
}

TEST(Site, AsksForADecisionOnAHeldHarvest) {
  Site site;
  const auto portal = source("portail", "Portail");
  std::vector<harvest::HarvestedRecord> records;
  for (int i = 0; i < 4; ++i)
    records.push_back(record(std::to_string(i), dataset("Jeu " + std::to_string(i), "…", "P")));
  site.harvest(portal, std::move(records));
  site.harvest(portal, {}, {}, harvest::JobOutcome::held);
  const std::string body = site.get("/sources/portail").body;
  EXPECT_THAT(body, HasSubstr("Retenu"));
  EXPECT_THAT(body, HasSubstr("4 notices ont disparu de la source."));
  EXPECT_THAT(body, HasSubstr("moisson job approve 2"));
}

TEST(Site, IsWholeBeforeAnythingIsHarvested) {
  Site site;
  EXPECT_EQ(site.get("/").status, 200);
  EXPECT_EQ(site.get("/sources").status, 200);
  EXPECT_EQ(site.get("/datasets").status, 503);
  site.index();
  EXPECT_THAT(site.get("/datasets").body, HasSubstr("Le catalogue est encore vide"));
}

}  // namespace
}  // namespace moisson::web::test
