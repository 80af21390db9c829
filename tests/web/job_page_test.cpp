#include "site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

using testing::HasSubstr;
using testing::Not;

harvest::JobRecord failure() {
  harvest::JobRecord row;
  row.outcome = harvest::RecordOutcome::failed;
  row.remote_id = "jeu-15";
  row.title = "Quinzième";
  row.cause = "date_unreadable";
  row.place = "/result/results/14/extras/3/value";
  row.message = "not a date: \"bientôt\"";
  row.hint = "write 2019-01";
  return row;
}

// Places, messages and hints quote the portal's own bytes: they are for those who look after the source.
TEST(JobPage, TellsThePublicTheCauseAndNoMore) {
  Site site;
  const auto job = site.harvest(source("portail", "Portail"), {}, {failure()}, harvest::JobOutcome::partial);
  const std::string body = site.get("/jobs/" + std::to_string(job)).body;
  EXPECT_THAT(body, HasSubstr("Quinzième"));
  EXPECT_THAT(body, HasSubstr("Date illisible"));
  for (std::string_view hidden : {"extras/3", "bientôt", "write 2019-01"})
    EXPECT_THAT(body, Not(HasSubstr(std::string(hidden))));
}

TEST(JobPage, SaysInTheReadersLanguageWhatACauseMeansAndHowItIsMended) {
  Site site;
  const auto job = site.harvest(source("portail", "Portail"), {}, {failure()}, harvest::JobOutcome::partial);
  const std::string page = "/jobs/" + std::to_string(job);
  EXPECT_THAT(site.get(page, "fr").body, HasSubstr("Écrivez-la comme 2024-05-01"));
  EXPECT_THAT(site.get(page, "en").body, HasSubstr("Write it as 2024-05-01"));
}

TEST(SourcePage, ShowsWhatIsReadGuessedAndDroppedOfItsRecords) {
  Site site;
  const auto portal = source("portail", "Portail");
  site.harvest(portal, {});
  EXPECT_THAT(site.get("/sources/portail").body, Not(HasSubstr("Ce qui est lu de ses notices")));
  site.harvest(portal, {}, {}, harvest::JobOutcome::succeeded,
               {{dcat::PropertyUse::dropped, "extras/height", 12, "3 <m>", "jeu-1"},
                {dcat::PropertyUse::read, "title", 40, "Arbres", "jeu-1"}});
  const std::string body = site.get("/sources/portail").body;
  EXPECT_THAT(body, HasSubstr("Ce qui est lu de ses notices"));
  EXPECT_THAT(body, HasSubstr("1 propriété laissée"));
  EXPECT_THAT(body, HasSubstr("extras/height"));
  EXPECT_THAT(body, HasSubstr("3 &lt;m&gt;"));
}

TEST(SourcePage, IsNotFoundForASourceThatIsNotPublic) {
  Site site;
  auto draft = source("brouillon", "Brouillon secret");
  draft.state = harvest::SourceState::draft;
  const auto job = site.harvest(draft, {});
  EXPECT_EQ(site.get("/sources/brouillon").status, 404);
  EXPECT_EQ(site.get("/jobs/" + std::to_string(job)).status, 404);
  EXPECT_THAT(site.get("/sources").body, Not(HasSubstr("Brouillon secret")));
}

TEST(SourcePage, ShowsThePortalsAddressWithoutNameAndPassword) {
  Site site;
  auto portal = source("portail", "Portail");
  portal.url = "https://lecteur:sesame@portail.example/api";
  site.harvest(portal, {});
  const std::string body = site.get("/sources/portail").body;
  EXPECT_THAT(body, HasSubstr("href=\"https://portail.example/api\""));
  EXPECT_THAT(body, Not(HasSubstr("sesame")));
}

}  // namespace
}  // namespace moisson::web::test
