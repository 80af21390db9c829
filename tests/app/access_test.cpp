// Who may call what: the route table of the whole program, each route asked by every kind of caller about a source of
// their own and a foreign one. What is expected comes from the table, so a new route cannot escape; what the table says
// is held against the few rules at the end.

#include "app/instance.h"
#include "app/people.h"
#include "app/route_table.h"
#include "auth/session.h"
#include "core/url.h"
#include "http/router.h"
#include "store/people.h"
#include "store/writer.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <optional>
#include <set>

namespace moisson::app {
namespace {

using http::Identity;
using http::Role;
using Kind = http::Subject::Kind;

constexpr int passed = 299;  // what every handler answers here

struct Caller {
  std::string name;
  Role role = Role::everyone;
  Identity::By by = Identity::By::nobody;
  std::string token, session, form_key;
};

// A source, a job and a record, all of one source.
struct Things {
  std::string source, job, record;
};

class AccessTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { house_ = new House; }
  static void TearDownTestSuite() {
    delete house_;
    house_ = nullptr;
  }

  struct House {
    House() {
      std::string pattern = (std::filesystem::temp_directory_path() / "moisson-access-XXXXXX").string();
      directory = ::mkdtemp(pattern.data());
      Configuration configuration;
      configuration.catalog.data_dir = directory / "data";
      std::filesystem::create_directories(configuration.catalog.data_dir);
      for (const char* id : {"own", "foreign"}) {
        auto source = test::source_named(id);
        source.kind = "ckan";
        source.schedule = "manual";
        configuration.sources.push_back(source);
      }
      instance = std::move(*Instance::open(configuration, clock, Scheduling::only_tasks));
      people = std::move(*People::open(*instance));
      routes = route_table(*instance, people->desk(), {}).value();
      auto stubs = routes;
      for (http::Route& route : stubs)
        route.handler = [pattern = std::string(route.pattern)](const http::Request&) {
          http::Response response;
          response.status = passed;
          response.headers.set("Route", pattern);
          return response;
        };
      router = std::make_unique<http::Router>(std::move(stubs));
      people->guard(*router, [](const http::Request&, int status) {
        return http::Response{status, {}, std::string()};
      });
      for (const char* id : {"own", "foreign"}) things[id] = things_of(id);
      callers = all_callers();
    }
    ~House() {
      router.reset();
      people.reset();
      instance.reset();
      std::filesystem::remove_all(directory);
    }

    Things things_of(const std::string& source) {
      auto run = instance->store().writer().begin(source, true).value();
      store::Batch batch;
      batch.drafts.push_back(test::draft_of(test::source_named(source), "r", "Title"));
      EXPECT_TRUE(run.apply(batch));
      return {source, std::to_string(run.job().id), test::changes_of(instance->store()).back().id};
    }

    std::vector<Caller> all_callers() {
      std::vector<Caller> made{{"nobody"}};
      auto& table = instance->store().people();
      for (const Role role : {Role::everyone, Role::reader, Role::operator_, Role::administrator}) {
        const std::string word(http::to_string(role));
        const auto account = table.invite(word + "@example.org", word, {"own"}).value();
        EXPECT_TRUE(table.take_notice(account.id));
        Caller session{word + " by session", role, Identity::By::session};
        session.session = auth::open_session(table, account.id, clock.now()).value();
        session.form_key = auth::session_identity(table, session.session, clock.now())->form_key;
        made.push_back(session);
        if (role == Role::everyone) continue;
        Caller token{word + " by token", role, Identity::By::token};
        token.token = auth::issue_token(table, account, {"test", role, {}, std::chrono::days(1)}, clock.now()).value();
        made.push_back(token);
      }
      return made;
    }

    std::filesystem::path directory;
    test::HandClock clock;
    std::unique_ptr<Instance> instance;
    std::unique_ptr<People> people;
    std::vector<http::Route> routes;
    std::unique_ptr<http::Router> router;
    std::map<std::string, Things> things;
    std::vector<Caller> callers;
  };

  static std::string id_of(const http::Subject& subject, const Things& things) {
    return subject.kind == Kind::job ? things.job : subject.kind == Kind::record ? things.record : things.source;
  }

  // The route's pattern with the thing asked about in its place, and something in all others.
  static std::string path_of(const http::Route& route, const Things& things) {
    std::string path;
    for (std::string_view rest = route.pattern; !rest.empty();) {
      const auto open = rest.find('{');
      path += rest.substr(0, open);
      if (open == rest.npos) break;
      const auto close = rest.find('}', open);
      const auto name = rest.substr(open + 1, close - open - 1);
      path += !route.subject.in_body && name == route.subject.name ? id_of(route.subject, things) : std::string("xx");
      rest.remove_prefix(close + 1);
    }
    return path;
  }

  static http::Request asked(const http::Route& route, const Caller& caller, const Things& things,
                             bool with_form_key = true) {
    http::Request request;
    request.method = route.method;
    request.path = request.target = path_of(route, things);
    request.address = "192.0.2.1";
    if (caller.by == Identity::By::token) request.headers.set("Authorization", "Bearer " + caller.token);
    if (caller.by == Identity::By::session) request.headers.set("Cookie", "moisson=" + caller.session);
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    if (route.subject.in_body) request.body = std::string(route.subject.name) + "=" + id_of(route.subject, things);
    if (with_form_key && !caller.form_key.empty()) request.body += "&form_key=" + caller.form_key;
    return request;
  }

  static int refusal(const http::Route& route, int status) {
    return status == 401 && route.media_type == "text/html" ? 303 : status;  // a person is led to the sign-in page
  }

  static int expected(const http::Route& route, const Caller& caller, bool own) {
    if (!http::asks_who(route)) return passed;
    const bool known = caller.by != Identity::By::nobody && !(caller.by == Identity::By::session && route.cross_origin);
    const Role least = http::least_role(route);
    if (!known) return least == Role::everyone && route.method == "GET" ? passed : refusal(route, 401);
    if (caller.role < least) return 403;
    const bool about_a_source = least != Role::everyone && route.subject.kind != Kind::nothing;
    return about_a_source && !own && caller.role != Role::administrator ? 403 : passed;
  }

  static House* house_;
};

AccessTest::House* AccessTest::house_ = nullptr;

TEST_F(AccessTest, IsAsTheTableSaysForEveryRouteRoleAndSource) {
  std::size_t asked_for = 0;
  for (const http::Route& route : house_->routes)
    for (const Caller& caller : house_->callers)
      for (const bool own : {true, false}) {
        auto request = asked(route, caller, house_->things[own ? "own" : "foreign"]);
        const auto response = house_->router->handle(request);
        EXPECT_EQ(response.status, expected(route, caller, own))
            << route.method << " " << route.pattern << " by " << caller.name << ", " << (own ? "own" : "foreign");
        ++asked_for;
      }
  RecordProperty("requests", static_cast<int>(asked_for));
}

TEST_F(AccessTest, LetsNoSessionChangeAnythingWithoutItsFormKey) {
  for (const http::Route& route : house_->routes) {
    if (route.method == "GET" || !http::asks_who(route)) continue;
    for (const Caller& caller : house_->callers) {
      if (caller.by != Identity::By::session) continue;
      auto request = asked(route, caller, house_->things["own"], false);
      const int status = house_->router->handle(request).status;
      EXPECT_EQ(status, route.cross_origin ? refusal(route, 401) : 403)
          << route.method << " " << route.pattern << " by " << caller.name;
    }
  }
}

TEST_F(AccessTest, KeepsWhatAKnownCallerSeesOutOfEveryCache) {
  for (const http::Route& route : house_->routes)
    for (const Caller& caller : house_->callers) {
      auto request = asked(route, caller, house_->things["own"]);
      const auto response = house_->router->handle(request);
      const bool known = request.identity.is_known();
      EXPECT_EQ(response.headers.get("Cache-Control") == "private, no-store", known)
          << route.pattern << " by " << caller.name;
      EXPECT_TRUE(http::asks_who(route) || !known) << route.pattern << " knows its caller, and does not say so";
    }
}

// What the table itself must say.

TEST_F(AccessTest, IsOpenForChangesOnlyWhereNothingIsChanged) {
  const std::set<std::string_view> only_read{"/mcp", "/api/3/action/{name}", "/api/action/{name}"};
  for (const http::Route& route : house_->routes) {
    if (route.method == "GET" || http::asks_who(route)) continue;
    EXPECT_TRUE(only_read.contains(route.pattern)) << route.method << " " << route.pattern << " is open to everybody";
  }
}

TEST_F(AccessTest, IsAboutASourceWhereTheAddressNamesOne) {
  for (const http::Route& route : house_->routes) {
    if (http::least_role(route) == Role::everyone || http::least_role(route) == Role::administrator) continue;
    const bool names_one = route.pattern.find("/sources/{id}") != std::string_view::npos ||
                           route.pattern.find("/jobs/{id}") != std::string_view::npos ||
                           route.pattern.find("/records/{id}") != std::string_view::npos;
    if (!names_one) continue;
    EXPECT_NE(route.subject.kind, Kind::nothing) << route.method << " " << route.pattern;
  }
}

}  // namespace
}  // namespace moisson::app
