#include "site.h"
#include "store/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

using testing::AllOf;
using testing::AnyOf;
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
  EXPECT_THAT(site.get("/sources/brouillon").body,
              AllOf(HasSubstr("/sources/brouillon/submit"), HasSubstr("/sources/brouillon/settings")));
  EXPECT_THAT(site.get("/sources").body, AllOf(HasSubstr("Brouillon"), HasSubstr("/sources/new")));
}

TEST(SourcePage, AsksThoseWhoMayDecideAboutAHeldRunAndListsWhatWouldGo) {
  Site site;
  site.harvest(source("portail", "Portail"), {record("eau", dataset("Qualité de l’eau", "", "Ville")),
                                              record("air", dataset("Qualité de l’air", "", "Ville"))});
  const auto job = site.harvest(source("portail", "Portail"), {}, {}, harvest::JobOutcome::held);
  const std::string approve = "/jobs/" + std::to_string(job) + "/approve";
  EXPECT_THAT(site.get("/sources/portail").body, AllOf(HasSubstr("moisson job approve"), Not(HasSubstr(approve))));
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get("/sources/portail").body, AllOf(HasSubstr(approve), HasSubstr("retirer les 2"),
                                                       HasSubstr("Qualité de l’air"), HasSubstr("<code>eau</code>")));
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
              AllOf(HasSubstr("/result/results/14/extras/3/value"), HasSubstr("bientôt"), HasSubstr("write 2019-01"),
                    HasSubstr("/api/v1/jobs/" + std::to_string(job) + "/records.csv")));
  const std::string row = "/jobs/" + std::to_string(job) + "/records/1";
  EXPECT_THAT(site.get("/jobs/" + std::to_string(job)).body, HasSubstr("href=\"" + row + "\""));
  EXPECT_THAT(site.get(row).body, AllOf(HasSubstr("jeu-15"), HasSubstr("Date illisible"), HasSubstr("write 2019-01"),
                                        HasSubstr("Rien de cette notice n’est au catalogue")));
  EXPECT_EQ(site.get("/jobs/" + std::to_string(job) + "/records/9").status, 404);
  site.identity = {};
  EXPECT_THAT(site.get("/jobs/" + std::to_string(job)).body,
              Not(AnyOf(HasSubstr("records.csv"), HasSubstr("href=\"" + row))));
}

TEST(RecordPage, ShowsSideBySideWhatCameAndWhatItBecame) {
  Site site;
  site.harvest(source("portail", "Portail"), {record("eau", dataset("Qualité de l’eau", "", "Ville"))});
  const std::string id = site.store().records_after(0, 1).value().front().id;
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get("/records/" + id).body, AllOf(HasSubstr("<code>/id</code>"), HasSubstr("Qualité de l’eau"),
                                                     HasSubstr("/records/" + id + "/withdraw")));
  auto reader = operator_of({"portail"});
  reader.role = http::Role::reader;
  site.identity = reader;
  EXPECT_THAT(site.get("/records/" + id).body, Not(HasSubstr("/withdraw")));
}

TEST(RecordPage, TellsHowOneIsGoneAndWhatMayStillBeDone) {
  Site site;
  site.harvest(source("portail", "Portail"), {record("eau", dataset("Qualité de l’eau", "", "Ville")),
                                              record("air", dataset("Qualité de l’air", "", "Ville"))});
  const auto records = site.store().records_after(0, 2).value();
  const std::string eau = "/records/" + records[0].id, air = "/records/" + records[1].id;
  auto& writer = site.store().writer();
  ASSERT_TRUE(writer.withdraw(records[0].id));
  auto run = writer.begin("portail", true).value();
  ASSERT_TRUE(run.settle_moves(true));
  ASSERT_TRUE(run.remove_unseen());
  ASSERT_TRUE(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get(eau).body, AllOf(HasSubstr("Une personne l’a retirée partout, aujourd’hui"),
                                        HasSubstr("Un administrateur peut"), Not(HasSubstr(eau + "/release"))));
  EXPECT_THAT(site.get(air).body,
              AllOf(HasSubstr("Sa source ne la donne plus"), HasSubstr("action=\"" + air + "/withdraw\"")));
  site.identity = administrator();
  EXPECT_THAT(site.get(eau).body, HasSubstr("action=\"" + eau + "/release\""));
  ASSERT_TRUE(writer.release(records[0].id));
  EXPECT_THAT(site.get(eau).body,
              AllOf(HasSubstr("elle est libérée"), Not(HasSubstr("<button class=\"btn\">Laisser revenir"))));
  EXPECT_EQ(site.get("/records/nobody").status, 404);
}

TEST(RecordPage, OffersToPartWhatIsHeldToBeOneThingAndToTakeItBack) {
  Site site;
  auto first = dataset("Qualité de l’eau", "", "Ville"), second = first;
  first.identifier = second.identifier = {"https://doi.org/10.1000/eau"};
  site.harvest(source("portail", "Portail"), {record("eau", first)});
  site.harvest(source("autre", "Autre"), {record("copie", second)});
  const auto records = site.store().records_after(0, 2).value();
  ASSERT_EQ(site.store().family(records[0].id)->size(), 1u);
  const std::string page = "/records/" + records[0].id, other = "name=\"other\" value=\"" + records[1].id + "\"";
  site.identity = operator_of({"portail"});
  EXPECT_THAT(site.get(page).body,
              AllOf(HasSubstr("action=\"" + page + "/separate\""), HasSubstr(other), HasSubstr("Autre")));
  ASSERT_TRUE(site.store().writer().keep_apart(records[0].id, records[1].id, true));
  EXPECT_THAT(site.get(page).body, AllOf(HasSubstr("action=\"" + page + "/join\""), HasSubstr(other),
                                         HasSubstr("Séparée par une personne")));
  site.identity.role = http::Role::reader;
  EXPECT_THAT(site.get(page).body, AllOf(HasSubstr("Séparée"), Not(HasSubstr("/join"))));
}

TEST(SourcesPage, DrawsWhatTheLastHarvestsChanged) {
  Site site;
  const auto water = [](const std::string& title) { return record("eau", dataset(title, "", "Ville")); };
  site.harvest(source("portail", "Portail"), {water("Un"), record("air", dataset("Air", "", "Ville"))});
  site.harvest(source("portail", "Portail"), {water("Deux"), record("air", dataset("Air", "", "Ville"))});
  site.harvest(source("portail", "Portail"), {water("Deux"), record("air", dataset("Air", "", "Ville"))});
  site.harvest(source("neuf", "Neuf"), {});
  const auto body = site.get("/sources").body;
  EXPECT_THAT(body, HasSubstr("par les 3 dernières moissons\u00a0: de 0 à 2, 0 par la dernière."));
  EXPECT_THAT(body, AllOf(HasSubstr("<rect x=\"72\" y=\"0.0\" width=\"6\" height=\"24.0\"/>"),
                          HasSubstr("<rect x=\"80\" y=\"12.0\""), HasSubstr("<rect x=\"88\" y=\"23.0\"")));
}

TEST(SourceForm, AsksFirstForTheKindThenForWhatTheKindNeeds) {
  Site site;
  site.identity = operator_of({});
  EXPECT_THAT(site.get("/sources/new").body,
              AllOf(HasSubstr("name=\"kind\" value=\"ckan\""), HasSubstr("name=\"kind\" value=\"dcat\"")));
  EXPECT_THAT(site.get("/sources/new?kind=ckan&url=https://portail.example").body,
              AllOf(HasSubstr("value=\"https://portail.example\""), HasSubstr("name=\"options.organizations\""),
                    HasSubstr("type=\"password\" id=\"secrets.api_key\" name=\"secrets.api_key\" value=\"\"")));
}

}  // namespace
}  // namespace moisson::web::test
