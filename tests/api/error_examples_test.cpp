// The errors of the documentation: each is asked for here, and what came is what src/api/error_examples.json says.
// Where they differ the test writes the file that would agree, to be looked at and put in its place.

#include "api/mcp.h"
#include "api/routes.h"
#include "auth/desk.h"
#include "auth/gate.h"
#include "catalog.h"
#include "harvest/scheduler.h"
#include "http/fair_use.h"
#include "store/people.h"
#include "tests/harvest/scripted_harvester.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace moisson::api {
namespace {

struct Provoked {
  std::string operation;  // "*": any may answer it
  std::string name;
  std::string request;  // "GET /…"
  std::string body = {};
  std::string type = "application/json";  // of the body
  std::string as = {};                    // the role of the token shown; none: nobody is
};

const std::vector<Provoked> provoked{
    {"get_datasets", "a_date_that_is_none", "GET /api/v1/datasets?modified_from=hier"},
    {"get_datasets", "too_many_results_a_page", "GET /api/v1/datasets?page_size=1000"},
    {"get_datasets", "a_facet_that_is_none", "GET /api/v1/datasets?facets=colour"},
    {"get_datasets", "too_deep_by_relevance", "GET /api/v1/datasets?q=eau&page=9999"},
    {"get_datasets_id", "never_seen", "GET /api/v1/datasets/00000000-0000-5000-8000-000000000000"},
    {"get_datasets_id", "removed", "GET /api/v1/datasets/{removed}"},
    {"get_datasets_id_raw", "never_seen", "GET /api/v1/datasets/00000000-0000-5000-8000-000000000000/raw"},
    {"get_datasets_id_raw", "removed", "GET /api/v1/datasets/{removed}/raw"},
    {"get_datasets_id_format", "no_such_format", "GET /datasets/{live}.pdf"},
    {"get_datasets_id_format", "removed", "GET /datasets/{removed}.ttl"},
    {"get_catalog_format", "no_such_format", "GET /catalog.pdf"},
    {"get_catalog_format", "a_date_that_is_none", "GET /catalog.ttl?modified_since=hier"},
    {"get_datasets_csv", "no_such_delimiter", "GET /datasets.csv?delimiter=x"},
    {"get_datasets_atom", "a_page_that_is_none", "GET /datasets.atom?page=0"},
    {"get_dumps_name", "no_such_dump", "GET /dumps/everything.zip"},
    {"get_sitemap_part_xml", "no_such_part", "GET /sitemap-none.xml"},
    {"get_suggest", "too_many", "GET /api/v1/suggest?q=ea&limit=100"},
    {"get_changes", "not_a_place_in_the_log", "GET /api/v1/changes?since=yesterday"},
    {"get_changes", "begin_again", "GET /api/v1/changes?since=of-another-epoch:5"},
    {"get_sources_id", "no_such_source", "GET /api/v1/sources/none"},
    {"get_sources_id_mapping", "no_such_source", "GET /api/v1/sources/none/mapping"},
    {"get_sources_id_jobs", "no_such_source", "GET /api/v1/sources/none/jobs"},
    {"get_jobs_id", "no_such_job", "GET /api/v1/jobs/999"},
    {"get_jobs_id_records", "no_such_outcome", "GET /api/v1/jobs/1/records?outcome=lost"},
    {"get_jobs_id_records", "no_such_job", "GET /api/v1/jobs/999/records"},
    {"get_stats", "not_a_day", "GET /api/v1/stats?from=January"},
    {"get_stats", "too_long_a_span", "GET /api/v1/stats?from=2020-01-01&to=2024-01-01"},
    {"get_stats_mine", "no_key", "GET /api/v1/stats/mine"},
    {"put_stats_mine_name", "no_name", "PUT /api/v1/stats/mine/name", "{}", "application/json", "reader"},
    {"put_stats_mine_name", "no_key", "PUT /api/v1/stats/mine/name", R"({"name":"La Gazette"})"},
    {"delete_stats_mine_name", "no_key", "DELETE /api/v1/stats/mine/name"},
    {"get_stats_csv", "no_such_delimiter", "GET /api/v1/stats.csv?delimiter=x"},
    {"get_api_3_action_package_search", "unknown_parameter", "GET /api/3/action/package_search?colour=red"},
    {"get_api_3_action_package_show", "no_such_package", "GET /api/3/action/package_show?id=none"},
    {"get_api_3_action_package_show", "no_id", "GET /api/3/action/package_show"},
    {"post_api_3_action_name", "no_such_action", "POST /api/3/action/package_create", "{}"},
    {"post_api_3_action_name", "not_json", "POST /api/3/action/package_search", "{"},
    {"post_mcp", "not_json", "POST /mcp", "{"},
    {"post_mcp", "not_a_message", "POST /mcp", "[]"},
    {"post_mcp", "another_media_type", "POST /mcp", "q=eau", "application/x-www-form-urlencoded"},
    {"*", "no_such_address", "GET /api/v1/nothing"},
    {"*", "another_method", "DELETE /api/v1/datasets"},
};

const std::string never = "00000000-0000-5000-8000-000000000000";

// Of those who look after sources.
const std::vector<Provoked> provoked_by_operators = [] {
  std::vector<Provoked> all{
      {"post_sources", "id_taken", "POST /api/v1/sources",
       R"({"id":"communes","kind":"ckan","url":"https://c.example"})"},
      {"post_sources", "no_such_kind", "POST /api/v1/sources",
       R"({"id":"new","kind":"gopher","url":"https://c.example"})"},
      {"post_sources", "a_schedule_that_is_none", "POST /api/v1/sources",
       R"({"id":"new","kind":"ckan","url":"https://c.example","schedule":"often"})"},
      {"patch_sources_id", "no_such_source", "PATCH /api/v1/sources/none", "{}"},
      {"patch_sources_id", "described_by_the_configuration", "PATCH /api/v1/sources/communes",
       R"({"title":"Communes"})"},
      {"patch_sources_id", "no_such_member", "PATCH /api/v1/sources/communes", R"({"colour":"red"})"},
      {"delete_sources_id", "no_such_source", "DELETE /api/v1/sources/none"},
      {"delete_sources_id", "described_by_the_configuration", "DELETE /api/v1/sources/communes"},
      {"post_sources_id_harvest", "no_such_source", "POST /api/v1/sources/none/harvest"},
      {"post_sources_id_harvest", "paused", "POST /api/v1/sources/at-rest/harvest"},
      {"post_sources_preview", "no_such_source", "POST /api/v1/sources/preview", R"({"source":"none"})"},
      {"post_sources_preview", "no_such_kind", "POST /api/v1/sources/preview",
       R"({"description":{"kind":"gopher","url":"https://c.example"}})"},
      {"get_plans_id", "no_such_plan", "GET /api/v1/plans/" + never},
      {"get_plans_id_records", "no_such_plan", "GET /api/v1/plans/" + never + "/records"},
      {"post_plans_id_apply", "no_such_plan", "POST /api/v1/plans/" + never + "/apply"},
      {"get_jobs_id_removals", "no_such_job", "GET /api/v1/jobs/999/removals"},
      {"get_jobs_id_removals", "too_many", "GET /api/v1/jobs/1/removals?limit=100000"},
      {"get_jobs_id_records_n", "no_such_row", "GET /api/v1/jobs/1/records/999"},
      {"get_jobs_id_records_csv", "no_such_job", "GET /api/v1/jobs/999/records.csv"},
      {"get_jobs_id_records_csv", "no_such_delimiter", "GET /api/v1/jobs/1/records.csv?delimiter=x"},
      {"post_records_id_refresh", "removed", "POST /api/v1/records/{removed}/refresh"},
      {"get_records_id_refresh", "not_read_again", "GET /api/v1/records/{live}/refresh"},
      {"post_records_id_withdraw", "never_seen", "POST /api/v1/records/" + never + "/withdraw"},
      {"post_records_id_release", "not_withdrawn", "POST /api/v1/records/{live}/release"},
      {"post_records_id_separate", "no_other", "POST /api/v1/records/{live}/separate"},
      {"post_records_id_separate", "no_such_record", "POST /api/v1/records/{live}/separate?other=" + never},
      {"post_records_id_join", "no_other", "POST /api/v1/records/{live}/join"},
  };
  for (const std::string decision : {"approve", "reject", "undo", "stop"}) {
    all.push_back({"post_jobs_id_" + decision, "no_such_job", "POST /api/v1/jobs/999/" + decision});
    all.push_back({"post_jobs_id_" + decision, "nothing_waits", "POST /api/v1/jobs/1/" + decision});
  }
  for (Provoked& each : all) each.as = "administrator";
  all.push_back({"patch_sources_id", "for_an_administrator_to_decide", "PATCH /api/v1/sources/asked",
                 R"({"state":"active"})", "application/json", "operator"});
  all.push_back({"*", "nobody_known", "POST /api/v1/sources", "{}"});
  all.push_back({"*", "role_too_small", "POST /api/v1/sources", "{}", "application/json", "reader"});
  all.push_back({"*", "not_your_source", "POST /api/v1/sources/communes/harvest", "", "application/json", "operator"});
  return all;
}();

class ErrorExamples : public ::testing::Test {
 protected:
  ErrorExamples() {
    catalog_.add_source("communes", "Communes");
    catalog_.harvest("communes", {{"eau", "Eau potable"}, {"bruit", "Carte du bruit"}});
    for (const auto& record : catalog_.store().records_after(0, 2).value())
      (record.remote_id == "eau" ? live_ : removed_) = record.id;
    catalog_.harvest("communes", {{"eau", "Eau potable"}});
    catalog_.project();
    catalog_.add_source("at-rest", "Au repos", harvest::SourceState::paused);
    catalog_.add_source("asked", "Proposé", harvest::SourceState::submitted);
    for (const auto role : {http::Role::reader, http::Role::operator_, http::Role::administrator}) {
      const std::string word(http::to_string(role));
      auto& people = catalog_.store().people();
      const auto account = people.invite(word + "@example.org", word, {"asked"}).value();
      EXPECT_TRUE(people.take_notice(account.id));
      tokens_of_[word] =
          auth::issue_token(people, account, {"test", role, {}, std::chrono::days(1)}, catalog_.clock().now()).value();
    }
    const Context& context = catalog_.context();
    auto table = routes(Context{context.store, context.slot, context.links, scheduler_, context.clock, context.title,
                                context.language, context.build, context.lag, context.figures, context.name_client});
    table.push_back(mcp_route(table, context));
    router_ = std::make_unique<http::Router>(std::move(table));
    router_->set_gate([this](const http::Route& route, http::Request& request) { return gate_(route, request); });
  }

  std::string filled(std::string target) const {
    for (const auto& [name, id] : {std::pair<std::string, std::string>{"{live}", live_}, {"{removed}", removed_}})
      if (const auto at = target.find(name); at != target.npos) target.replace(at, name.size(), id);
    return target;
  }

  Reply answer(const Provoked& each) const {
    const auto blank = each.request.find(' ');
    const std::string method = each.request.substr(0, blank), target = filled(each.request.substr(blank + 1));
    std::vector<std::pair<std::string, std::string>> headers;
    if (method != "GET") headers.emplace_back("Content-Type", each.type);
    if (!each.as.empty()) headers.emplace_back("Authorization", "Bearer " + tokens_of_.at(each.as));
    return ask(*router_, method, target, std::move(headers), each.body);
  }

  static std::string line(const std::string& operation, const std::string& name, const std::string& request, int status,
                          std::string_view media_type, const std::string& body) {
    json::Writer out;
    out.begin_object().field("operation", operation).key("status").integer(status).field("name", name);
    out.field("request", request).field("media_type", media_type.substr(0, media_type.find(';')));
    out.key("body").raw(body).end_object();
    return out.take();
  }

  // Everybody's, but made by the server around the routes.
  std::string too_many_requests() {
    http::FairUse fair_use({.anonymous = {1}, .instead = "http://catalog.example/dumps/records.jsonl"},
                           catalog_.clock());
    http::Request request;
    request.address = "192.0.2.1";
    fair_use.ask(request);
    const auto refusal = fair_use.refusal(fair_use.ask(request));
    return line("*", "too_many_requests", "GET /api/v1/datasets", refusal.status, refusal.headers.get("Content-Type"),
                std::get<std::string>(refusal.body));
  }

  static std::string not_ready() {
    Catalog empty;
    const auto reply = empty.get("/api/v1/datasets");
    return line("*", "not_ready", "GET /api/v1/datasets", reply.status, reply.headers.get("Content-Type"), reply.body);
  }

  Catalog catalog_;
  std::string live_, removed_;
  harvest::Scheduler scheduler_{
      catalog_.store(),
      {},
      catalog_.clock(),
      [](const harvest::HarvestSource&, std::stop_token) { return std::make_unique<test::NoFetcher>(); },
      harvest::find_harvester};
  auth::Attempts attempts_;
  auth::TokenCheck tokens_{catalog_.store().people(), catalog_.clock()};
  auth::Gate gate_{catalog_.store(), tokens_, attempts_, catalog_.clock(), {}};
  std::map<std::string, std::string> tokens_of_;  // by role
  std::unique_ptr<http::Router> router_;
};

TEST_F(ErrorExamples, AreWhatTheProgramAnswers) {
  std::vector<std::string> lines;
  std::vector<Provoked> all = provoked;
  all.insert(all.end(), provoked_by_operators.begin(), provoked_by_operators.end());
  for (const Provoked& each : all) {
    const Reply reply = answer(each);
    ASSERT_GE(reply.status, 400) << each.request << " is no error";
    lines.push_back(line(each.operation, each.name, filled(each.request) + (each.body.empty() ? "" : " " + each.body),
                         reply.status, reply.headers.get("Content-Type"), reply.body));
  }
  lines.push_back(too_many_requests());
  lines.push_back(not_ready());
  std::string made = "[\n";
  for (const auto& each : lines) made += each + (&each == &lines.back() ? "\n" : ",\n");
  made += "]\n";

  std::ifstream in(std::string(MOISSON_SOURCE_DIR) + "/src/api/error_examples.json");
  const std::string kept{std::istreambuf_iterator<char>(in), {}};
  if (made == kept) return;
  const std::string file = ::testing::TempDir() + "error_examples.json";
  std::ofstream(file) << made;
  FAIL() << "src/api/error_examples.json is not what the program answers; if the answers are right, put " << file
         << " in its place";
}

// Whoever may refuse has been seen to.
TEST_F(ErrorExamples, LeaveOutNoRouteOfThoseWhoLookAfterSources) {
  const auto document = catalog_.get("/openapi.json");
  const auto paths = document.root()["paths"];
  for (std::size_t p = 0; p < paths.size(); ++p)
    for (std::size_t m = 0; m < paths.member(p).size(); ++m) {
      const auto operation = paths.member(p).member(m);
      if (operation["tags"][std::size_t{0}].text() != "operators" || operation["operationId"].text() == "get_kinds")
        continue;
      const auto responses = operation["responses"];
      bool seen = false;
      for (std::size_t r = 0; r < responses.size(); ++r)
        seen |= responses.key(r) >= "4" && responses.key(r) != "default";
      EXPECT_TRUE(seen) << operation["operationId"].text();
    }
}

TEST_F(ErrorExamples, StandBesideEveryErrorOfTheDocumentation) {
  const auto document = catalog_.get("/openapi.json");
  const auto paths = document.root()["paths"];
  std::size_t examples = 0;
  for (std::size_t p = 0; p < paths.size(); ++p)
    for (std::size_t m = 0; m < paths.member(p).size(); ++m) {
      const auto responses = paths.member(p).member(m)["responses"];
      for (std::size_t r = 0; r < responses.size(); ++r) {
        if (responses.key(r) < "4" || responses.key(r) == "default") continue;
        const auto content = responses.member(r)["content"];
        EXPECT_GT(content.size(), 0u) << paths.key(p) << " " << responses.key(r);
        for (std::size_t c = 0; c < content.size(); ++c) {
          EXPECT_GT(content.member(c)["examples"].size(), 0u) << paths.key(p) << " " << responses.key(r);
          examples += content.member(c)["examples"].size();
        }
      }
    }
  const auto common =
      document.root()["components"]["responses"]["Problem"]["content"]["application/problem+json"]["examples"];
  EXPECT_EQ(examples + common.size(), provoked.size() + provoked_by_operators.size() + 2)
      << "an example belongs to no operation";
}

}  // namespace
}  // namespace moisson::api
