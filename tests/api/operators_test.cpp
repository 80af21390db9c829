// What operators may ask for over HTTP, against the harvest as it runs: a portal that the test writes down.

#include "api/routes.h"
#include "catalog.h"
#include "harvest/scheduler.h"
#include "http/target.h"
#include "store/people.h"
#include "tests/harvest/scripted_harvester.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace moisson::api {
namespace {

using harvest::JobOutcome;
using http::Role;
using test::listed;

class Operators : public ::testing::Test {
 protected:
  Operators()
      : scheduler_(
            catalog_.store(), {}, catalog_.clock(),
            [](const harvest::HarvestSource&, std::stop_token) { return std::make_unique<test::NoFetcher>(); },
            [this](std::string_view kind) -> const harvest::Harvester* {
              return kind == "scripted" ? &portal_ : nullptr;
            }) {
    Context context = catalog_.context();
    router_ = std::make_unique<http::Router>(
        routes(Context{context.store, context.slot, context.links, scheduler_, context.clock, context.title,
                       context.language, context.build, context.lag}));
    router_->set_gate([this](const http::Route& route, http::Request& request) -> std::optional<http::Response> {
      request.identity = identity_;
      if (request.identity.may(http::least_role(route))) return std::nullopt;
      return http::Response{403, {}, std::string("{}")};
    });
    become(Role::administrator);
    portal_.steps = {listed("a", "Arbres"), listed("b", "Bancs")};
  }

  void become(Role role, std::vector<std::string> sources = {}) {
    identity_ = {};
    identity_.by = http::Identity::By::token;
    identity_.account = account_;
    identity_.role = role;
    identity_.sources = std::move(sources);
  }
  Reply send(std::string_view method, std::string_view target, std::string body = {}) {
    auto parsed = http::parse_target(target);
    http::Request request;
    request.method = method;
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
    if (!body.empty()) request.headers.set("Content-Type", "application/json");
    request.body = std::move(body);
    auto response = router_->handle(request);
    Reply reply;
    reply.status = response.status;
    reply.headers = response.headers;
    if (auto* text = std::get_if<std::string>(&response.body))
      reply.body = std::move(*text);
    else
      for (std::string piece; *std::get<std::unique_ptr<http::BodyStream>>(response.body)->next(piece);)
        reply.body += piece;
    if (auto document = json::Document::parse(reply.body)) reply.document = std::move(*document);
    return reply;
  }
  std::string field(const Reply& reply) { return reply.root()["field"].text(); }
  // Registers, accepts and harvests a source. Result: its job.
  std::int64_t harvest(const std::string& id) {
    EXPECT_EQ(send("POST", "/api/v1/sources",
                   R"({"id":")" + id + R"(","kind":"scripted","url":"http://)" + id +
                       R"(.example/","state":"submitted","schedule":"manual"})")
                  .status,
              201);
    EXPECT_EQ(send("PATCH", "/api/v1/sources/" + id, R"({"state":"active"})").status, 200);
    return harvest_again(id);
  }
  std::int64_t harvest_again(const std::string& id) {
    const auto reply = send("POST", "/api/v1/sources/" + id + "/harvest");
    EXPECT_EQ(reply.status, 202) << reply.body;
    const auto job = reply.root()["id"].integer().value_or(0);
    EXPECT_EQ(reply.headers.get("Location"), "http://catalog.example/api/v1/jobs/" + std::to_string(job));
    EXPECT_TRUE(scheduler_.wait(job, {}).has_value());
    return job;
  }
  // What came of reading a record again, once it has.
  Reply refreshed(const std::string& address) {
    for (;; std::this_thread::yield())
      if (auto reply = send("GET", address + "/refresh"); reply.root()["state"].text() != "reading") return reply;
  }
  std::string first_record() { return catalog_.store().records_after(0, 1)->front().id; }

  Catalog catalog_;
  test::ScriptedHarvester portal_;
  harvest::Scheduler scheduler_;
  std::unique_ptr<http::Router> router_;
  http::Identity identity_;
  std::string account_;  // in the store
};

TEST_F(Operators, ASourceIsRegisteredSubmittedDeclinedMendedAndAccepted) {
  become(Role::operator_, {"ville"});
  const auto added =
      send("POST", "/api/v1/sources",
           R"({"id":"ville","kind":"scripted","url":"http://ville.example/","window":"22:00-06:00","grace_h":24})");
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(added.root()["source"]["state"].text(), "draft");
  EXPECT_EQ(added.root()["source"]["window"].text(), "22:00-06:00");
  EXPECT_EQ(added.root()["source"]["grace_h"].integer(), 24);
  EXPECT_EQ(added.headers.get("Location"), "http://catalog.example/api/v1/sources/ville");
  EXPECT_EQ(send("GET", "/api/v1/sources/ville").status, 200) << "whoever looks after it sees it before it is public";
  const std::string address = "/api/v1/sources/ville";
  EXPECT_EQ(send("PATCH", address, R"({"state":"submitted"})").root()["source"]["state"].text(), "submitted");
  EXPECT_EQ(send("PATCH", address, R"({"state":"active"})").status, 403) << "an administrator accepts";
  EXPECT_EQ(field(send("PATCH", address, R"({"state":"retired"})")), "state");

  become(Role::administrator);
  EXPECT_EQ(field(send("PATCH", address, R"({"state":"declined"})")), "comment");
  EXPECT_EQ(
      send("PATCH", address, R"({"state":"declined","comment":"which licence?"})").root()["source"]["comment"].text(),
      "which licence?");
  become(Role::everyone);
  EXPECT_EQ(send("GET", address).status, 404);
  become(Role::operator_, {"ville"});
  EXPECT_EQ(send("PATCH", address, R"({"title":"Ville","state":"submitted"})").status, 200);
  become(Role::administrator);
  EXPECT_EQ(send("PATCH", address, R"({"state":"active"})").root()["source"]["state"].text(), "active");
  EXPECT_EQ(send("DELETE", address).root()["state"].text(), "retired");
}

TEST_F(Operators, WhoRegistersASourceLooksAfterIt) {
  const auto post = [&](const std::string& id) {
    return send("POST", "/api/v1/sources", R"({"id":")" + id + R"(","kind":"scripted","url":"http://ville.example/"})")
        .status;
  };
  auto& people = catalog_.store().people();
  account_ = people.invite("one@ville.example", "operator", {"mine"}).value().id;
  become(Role::operator_, {"mine"});
  EXPECT_EQ(post("other"), 201);
  EXPECT_EQ(people.account(account_).value().sources, (std::vector<std::string>{"mine", "other"}));
  become(Role::reader, {"*"});
  EXPECT_EQ(post("third"), 403);
}

TEST_F(Operators, AProblemNamesTheFieldThatIsWrong) {
  const auto post = [&](std::string body) { return send("POST", "/api/v1/sources", std::move(body)); };
  for (const auto& [body, wrong] :
       {std::pair(R"({"kind":"scripted","url":"http://a.example/"})", "id"),
        std::pair(R"({"id":"A!","kind":"scripted","url":"http://a.example/"})", "id"),
        std::pair(R"({"id":"aa","kind":"oracle","url":"http://a.example/"})", "kind"),
        std::pair(R"({"id":"aa","kind":"scripted","url":"gopher://a"})", "url"),
        std::pair(R"({"id":"aa","kind":"scripted","url":7})", "url"),
        std::pair(R"({"id":"aa","kind":"scripted","url":"http://a.example/","colour":"red"})", "colour"),
        std::pair(R"({"id":"aa","kind":"scripted","url":"http://a.example/","grace_h":"long"})", "grace_h"),
        std::pair(R"({"id":"aa","kind":"scripted","url":"http://a.example/","state":"active"})", "state"),
        std::pair(R"({"id":"aa","kind":"scripted","url":"http://a.example/","options":{"api_key_file":"/etc/passwd"}})",
                  "options.api_key_file"),
        std::pair(R"({"id":"aa","kind":"scripted","url":"http://a.example/","schedule":"often"})", "schedule")}) {
    const auto reply = post(body);
    EXPECT_EQ(reply.status, 400) << body << reply.body;
    EXPECT_EQ(field(reply), wrong) << reply.body;
    EXPECT_EQ(reply.headers.get("Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(send("POST", "/api/v1/sources").status, 400) << "a form of another site cannot say that it is JSON";
  EXPECT_EQ(post("{").status, 400);
}

TEST_F(Operators, AHeldRunIsListedAndRejectedOrApprovedAndUndone) {
  for (int i = 0; i < 50; ++i) portal_.steps.push_back(listed("r" + std::to_string(i), "Titre " + std::to_string(i)));
  harvest("ville");
  EXPECT_EQ(send("PATCH", "/api/v1/sources/ville", R"({"grace_h":48})").status, 200);
  portal_.steps.resize(20);
  const std::string held = "/api/v1/jobs/" + std::to_string(harvest_again("ville"));
  EXPECT_EQ(send("GET", held).root()["outcome"].text(), "held");
  const auto waiting = send("GET", held + "/removals?limit=30");
  EXPECT_EQ(waiting.root()["records"].size(), 30u);
  EXPECT_FALSE(waiting.root()["records"][std::size_t{0}]["title"].text().empty());
  EXPECT_EQ(send("GET", held + "/removals?after=" + waiting.root()["next_after"].text()).root()["records"].size(), 2u);
  EXPECT_EQ(send("POST", held + "/reject").root()["outcome"].text(), "nothing_changed");
  EXPECT_EQ(send("POST", held + "/approve").status, 409);
  EXPECT_EQ(*catalog_.store().record_count(), 52u);

  const std::string again = "/api/v1/jobs/" + std::to_string(harvest_again("ville"));
  const auto approved = send("POST", again + "/approve");
  EXPECT_EQ(approved.root()["removals_leaving"].integer(), 32);
  EXPECT_EQ(approved.root()["leaving"].text(), "2024-05-03T00:00:00Z");
  EXPECT_EQ(*catalog_.store().record_count(), 52u) << "they stay for their grace";
  EXPECT_EQ(send("POST", again + "/undo").root()["removals_leaving"].integer(), 0);
  EXPECT_EQ(send("POST", again + "/undo").status, 409);
  EXPECT_EQ(send("POST", again + "/stop").status, 409);
  EXPECT_EQ(send("POST", "/api/v1/jobs/99/approve").status, 404);
}

TEST_F(Operators, OneRecordIsRefreshedWithdrawnAndReleased) {
  harvest("ville");
  const std::string id = first_record(), address = "/api/v1/records/" + id;
  portal_.steps[0].title = "Arbres abattus";
  EXPECT_EQ(send("GET", address + "/refresh").status, 404);
  const auto begun = send("POST", address + "/refresh");
  ASSERT_EQ(begun.status, 202) << begun.body;
  EXPECT_EQ(begun.headers.get("Location"), "http://catalog.example" + address + "/refresh");
  EXPECT_EQ(refreshed(address).root()["outcome"].text(), "updated");
  EXPECT_NE(send("GET", "/api/v1/datasets/" + id).body.find("abattus"), std::string::npos);
  portal_.steps[0].malformed = true;
  EXPECT_EQ(send("POST", address + "/refresh").status, 202);
  const auto failed = refreshed(address);
  EXPECT_EQ(failed.root()["state"].text(), "failed");
  EXPECT_EQ(failed.root()["error"]["message"].text(), "not a record");
  portal_.steps[0].malformed = false;
  EXPECT_EQ(send("POST", address + "/withdraw").root()["outcome"].text(), "withdrawn");
  EXPECT_EQ(send("GET", "/api/v1/datasets/" + id).status, 410);
  EXPECT_EQ(send("GET", "/api/v1/datasets/" + id + "/raw").status, 410);
  EXPECT_EQ(send("POST", address + "/refresh").status, 410);
  harvest_again("ville");
  EXPECT_EQ(send("GET", "/api/v1/datasets/" + id).status, 410);
  EXPECT_EQ(send("POST", address + "/release").status, 200);
  harvest_again("ville");
  EXPECT_EQ(send("GET", "/api/v1/datasets/" + id).status, 200);
  EXPECT_EQ(send("POST", "/api/v1/records/nobody/withdraw").status, 404);
}

TEST_F(Operators, APortalThatDoesNotAnswerARefreshHoldsNobodyElse) {
  harvest("ville");
  const std::string address = "/api/v1/records/" + first_record();
  std::promise<void> answer;
  portal_.before_step = [answered = answer.get_future().share()](std::size_t) { answered.wait(); };
  ASSERT_EQ(send("POST", address + "/refresh").status, 202) << "before the portal has said anything";
  EXPECT_EQ(send("GET", address + "/refresh").root()["state"].text(), "reading");
  EXPECT_EQ(send("POST", address + "/refresh").status, 409) << "it is being read";
  answer.set_value();
  EXPECT_EQ(refreshed(address).root()["outcome"].text(), "unchanged");
}

TEST_F(Operators, TwoRecordsAreSeparatedAndJoined) {
  harvest("ville");
  const auto records = catalog_.store().records_after(0, 2).value();
  const std::string address = "/api/v1/records/" + records[0].id, other = "?other=" + records[1].id;
  EXPECT_EQ(send("POST", address + "/separate" + other).root()["outcome"].text(), "separated");
  EXPECT_EQ(catalog_.store().separated_from(records[1].id).value(), std::vector{records[0].id});
  EXPECT_EQ(send("POST", address + "/join" + other).root()["outcome"].text(), "joined");
  EXPECT_TRUE(catalog_.store().separated_from(records[1].id)->empty());
  EXPECT_EQ(send("POST", address + "/separate").status, 400);
  EXPECT_EQ(send("POST", address + "/separate?other=nobody").status, 404);
}

TEST_F(Operators, APreviewIsReadDownloadedAndApplied) {
  const auto job = harvest("ville");
  portal_.steps = {listed("a", "Arbres abattus"), listed("c", "Canaux")};
  const auto begun = send("POST", "/api/v1/sources/preview", R"({"source":"ville"})");
  ASSERT_EQ(begun.status, 202) << begun.body;
  EXPECT_EQ(begun.root()["state"].text(), "reading");
  const std::string address = "/api/v1/plans/" + begun.root()["id"].text();
  EXPECT_EQ(begun.headers.get("Location"), "http://catalog.example" + address);
  while (send("GET", address).root()["state"].text() != "ready") std::this_thread::yield();
  EXPECT_EQ(send("GET", address).root()["counts"]["updated"].integer(), 1);
  const auto updated = send("GET", address + "/records?outcome=updated");
  EXPECT_EQ(updated.root()["records"][std::size_t{0}]["changes"][std::size_t{0}]["field"].text(), "title");
  const auto whole = send("GET", address + "?download");
  EXPECT_EQ(whole.root()["records"].size(), 3u) << whole.body;
  EXPECT_EQ(whole.root()["sample"].size(), 2u);
  EXPECT_EQ(catalog_.store().jobs("ville", 10)->front().id, job) << "nothing was written";

  become(Role::operator_, {"other"});
  EXPECT_EQ(send("GET", address).status, 404) << "it is not theirs";
  EXPECT_EQ(send("POST", address + "/apply").status, 404);
  become(Role::operator_, {"ville"});
  const auto applied = send("POST", address + "/apply");
  ASSERT_EQ(applied.status, 202) << applied.body;
  const auto ended = scheduler_.wait(*applied.root()["id"].integer(), {});
  EXPECT_EQ(ended->counts, (harvest::Counts{.created = 1, .updated = 1, .removed = 1}));

  const auto unsaved = send("POST", "/api/v1/sources/preview",
                            R"({"description":{"kind":"scripted","url":"http://new.example/"},"limit":1})");
  EXPECT_EQ(unsaved.status, 202) << unsaved.body;
  EXPECT_EQ(field(send("POST", "/api/v1/sources/preview",
                       R"({"description":{"kind":"oracle","url":"http://new.example/"}})")),
            "kind");
  EXPECT_EQ(field(send("POST", "/api/v1/sources/preview", R"({"source":"nobody"})")), "source");
}

TEST_F(Operators, AReportIsWholeForThoseWhoLookAfterItsSource) {
  portal_.steps.push_back(test::malformed("m"));
  const std::string job = "/api/v1/jobs/" + std::to_string(harvest("ville"));
  become(Role::reader, {"ville"});
  EXPECT_NE(send("GET", job + "/records?outcome=failed").body.find("mend it"), std::string::npos);
  const auto csv = send("GET", job + "/records.csv?outcome=failed");
  EXPECT_EQ(
      csv.body,
      "outcome,remote_id,id,title,cause,place,message,hint\r\nfailed,m,,,invalid_input,/7,not a record,mend it\r\n");
  const auto failed = send("GET", job + "/records?outcome=failed").root()["records"][std::size_t{0}]["n"].text();
  const auto sides = send("GET", job + "/records/" + failed);
  EXPECT_EQ(sides.root()["raw"]["text"].text(), "m|") << "as it came";
  EXPECT_FALSE(sides.root()["mapped"]["title"].exists());
  const auto created = send("GET", job + "/records?outcome=created").root()["records"][std::size_t{0}]["n"].text();
  const auto both = send("GET", job + "/records/" + created);
  EXPECT_EQ(both.root()["raw"]["text"].text(), "a|Arbres");
  EXPECT_EQ(both.root()["mapped"]["title"][std::size_t{0}]["value"].text(), "Arbres");
  EXPECT_EQ(send("GET", job + "/records/999").status, 404);
  become(Role::reader, {"other"});
  EXPECT_EQ(send("GET", job + "/records?outcome=failed").body.find("mend it"), std::string::npos);
  become(Role::everyone);
  EXPECT_EQ(send("GET", job + "/records.csv").status, 403);
  EXPECT_EQ(send("GET", job).status, 200);
}

TEST_F(Operators, EachKindDescribesItsOptions) {
  const auto reply = send("GET", "/api/v1/kinds");
  bool key = false;
  for (const json::View kind : reply.root()["kinds"].items())
    for (const json::View option : kind["options"].items())
      if (kind["name"].text() == "ckan" && option["name"].text() == "api_key") key = option["secret"].boolean() == true;
  EXPECT_TRUE(key) << reply.body;
}

}  // namespace
}  // namespace moisson::api
