#include "site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(SourcePage, OffersStepsToThoseWhoLookAfterIt) {
  Site site;
  site.harvest(source("portail", "Portail"), {});
  EXPECT_THAT(site.get("/sources/portail").body, Not(HasSubstr("<button class=\"btn main\">Moissonner maintenant")));
  site.identity = operator_of({"autre"});
  EXPECT_THAT(site.get("/sources/portail").body, Not(HasSubstr("/sources/portail/harvest")));
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get("/sources/portail").body,
              AllOf(HasSubstr("action=\"/sources/portail/harvest\""), HasSubstr("action=\"/sources/portail/pause\""),
                    HasSubstr("name=\"form_key\" value=\"the-form-key\"")));
}

TEST(SourcePage, ShowsADraftToItsOwnersAlone) {
  Site site;
  auto draft = source("brouillon", "Brouillon");
  draft.state = harvest::SourceState::draft;
  draft.origin = harvest::SourceOrigin::operators;
  site.harvest(draft, {});
  site.identity = operator_of({"autre"});
  EXPECT_EQ(site.get("/sources/brouillon").status, 404);
  site.identity = operator_of({"brouillon"});
  EXPECT_THAT(site.get("/sources/brouillon").body, AllOf(HasSubstr("/sources/brouillon/submit"), HasSubstr("/sources/brouillon/settings")));
  EXPECT_THAT(site.get("/sources").body, AllOf(HasSubstr("Brouillon"), HasSubstr("/sources/new")));
}

TEST(SourcePage, AsksThoseWhoMayDecideAboutAHeldRunAndListsWhatWouldGo) {
  Site site;
  site.harvest(source("portail", "Portail"), {record("eau", dataset("Qualité de l’eau", "", "Ville")), record("air", dataset("Qualité de l’air", "", "Ville"))});
  const auto job = site.harvest(source("portail", "Portail"), {}, {}, harvest::JobOutcome::held);
  const std::string approve = "/jobs/" + std::to_string(job) + "/approve";
  EXPECT_THAT(site.get("/sources/portail").body, AllOf(HasSubstr("moisson job approve"), Not(HasSubstr(approve))));
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get("/sources/portail").body,
              AllOf(HasSubstr(approve), HasSubstr("retirer les 2"), HasSubstr("Qualité de l’air"), HasSubstr("<code>eau</code>")));
}

TEST(JobPage, TellsThoseWhoLookAfterTheSourceWhereAndHow) {
  Site site;
  harvest::JobRecord failure;
  failure.outcome = harvest::RecordOutcome::failed;
  failure.remote_id = "jeu-15";
  failure.cause = "date_unreadable";
  failure.place = "/result/results/14/extras/3/value";
  failure.message = "not a date: \"bientôt\"";
  failure.hint = "write 2019-01";
  const auto job = site.harvest(source("portail", "Portail"), {}, {failure}, harvest::JobOutcome::partial);
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get("/jobs/" + std::to_string(job)).body,
              AllOf(HasSubstr("/result/results/14/extras/3/value"), HasSubstr("bientôt"), HasSubstr("write 2019-01")));
}

TEST(RecordPage, ShowsSideBySideWhatCameAndWhatItBecame) {
  Site site;
  site.harvest(source("portail", "Portail"), {record("eau", dataset("Qualité de l’eau", "", "Ville"))});
  const std::string id = site.store().records_after(0, 1).value().front().id;
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get("/records/" + id).body,
              AllOf(HasSubstr("<code>/id</code>"), HasSubstr("Qualité de l’eau"), HasSubstr("/records/" + id + "/withdraw")));
  auto reader = operator_of({"portail"});
  reader.role = http::Role::reader;
  site.identity = reader;
  EXPECT_THAT(site.get("/records/" + id).body, Not(HasSubstr("/withdraw")));
}

TEST(SourceForm, AsksFirstForTheKindThenForWhatTheKindNeeds) {
  Site site;
  site.identity = operator_of({});
  EXPECT_THAT(site.get("/sources/new").body, AllOf(HasSubstr("name=\"kind\" value=\"ckan\""), HasSubstr("name=\"kind\" value=\"dcat\"")));
  EXPECT_THAT(site.get("/sources/new?kind=ckan&url=https://portail.example").body,
              AllOf(HasSubstr("value=\"https://portail.example\""), HasSubstr("name=\"options.organizations\""),
                    HasSubstr("type=\"password\" id=\"secrets.api_key\" name=\"secrets.api_key\" value=\"\"")));
}

}  // namespace
}  // namespace moisson::web::test
