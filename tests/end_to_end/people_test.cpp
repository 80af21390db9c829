// The first administrator, made in the shell, and a program with a token: as their operators do it, against the built
// program.

#include "core/json.h"
#include "net/curl_fetcher.h"
#include "program.h"
#include "temporary_directory.h"
#include "tests/fetcher_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <optional>

namespace moisson::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class People : public testing::Test {
 protected:
  People() { std::ofstream(file_) << "[catalog]\ndata_dir = \"data\"\n[server]\nlisten = \"127.0.0.1:0\"\n"; }
  // `moisson WORD --config FILE …`
  Ended command(const std::string& word, const std::vector<std::string>& more) const {
    std::vector<std::string> all{word, "--config", file_.string()};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  // The token that a command printed.
  std::string token(const std::vector<std::string>& more) const {
    std::string text = command("token", more).out;
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }
  // "200", or the message of what went wrong.
  std::string ask(const std::string& url, const std::string& shown, std::optional<std::string> json = {}) {
    net::FetcherOptions options = test::fetcher_options();
    options.robots = false;
    net::CurlFetcher fetcher(options, gate_, std::stop_token());
    net::FetchRequest request(url);
    request.attempts = 1;
    if (json) request.post = net::Post{"application/json", *json};
    request.headers.emplace_back("Authorization", "Bearer " + shown);
    const auto answer = fetcher.fetch_all(request);
    return answer ? std::to_string(answer->first.status) : answer.error().message;
  }

  TemporaryDirectory directory_;
  std::filesystem::path file_ = directory_ / "moisson.toml";
  net::HostGate gate_;
};

TEST_F(People, AreInvitedChangedAndErasedInTheShell) {
  EXPECT_EQ(command("user", {"add", "Ada@example.org", "--role", "administrator"}).code, 0);
  EXPECT_EQ(command("user", {"add", "ada@example.org", "--role", "reader"}).code, 1) << "there is one of this address";
  EXPECT_EQ(
      command("user", {"add", "bob@example.org", "--role", "operator", "--source", "aix", "--source", "nice"}).code, 0);
  EXPECT_EQ(command("user", {"add", "eve@example.org"}).code, 64) << "without a role";
  EXPECT_EQ(command("user", {"add", "eve@example.org", "--role", "root"}).code, 64);
  const std::string listed = command("user", {"list"}).out;
  EXPECT_THAT(listed, HasSubstr("ada@example.org  administrator"));
  EXPECT_THAT(listed, HasSubstr("aix, nice"));
  EXPECT_EQ(command("user", {"role", "bob@example.org", "--role", "reader", "--source", "aix"}).code, 0);
  EXPECT_THAT(command("user", {"list"}).out, Not(HasSubstr("nice")));
  EXPECT_EQ(command("user", {"remove", "bob@example.org"}).code, 0);
  EXPECT_THAT(command("user", {"list"}).out, Not(HasSubstr("bob")));
  EXPECT_EQ(command("user", {"remove", "bob@example.org"}).code, 1);
}

TEST_F(People, ShowTokensThatEndWhenTheyAreRevokedWhileTheProgramServes) {
  command("user", {"add", "ada@example.org", "--role", "administrator"});
  command("user", {"add", "bob@example.org", "--role", "operator", "--source", "aix"});
  EXPECT_EQ(command("token", {"add", "bob@example.org", "--name", "too much", "--role", "administrator"}).code, 1);
  const std::string ada = token({"add", "ada@example.org", "--name", "audit", "--role", "administrator"});
  const std::string bob = token({"add", "bob@example.org", "--name", "nightly", "--role", "operator", "--days", "1"});

  Program serve({"serve", "--config", file_.string()});
  const std::string address = serve.line().substr(std::string("listening on ").size());
  EXPECT_EQ(ask(address + "/audit", ada), "200");
  EXPECT_EQ(ask(address + "/audit", bob), "403 Forbidden");
  EXPECT_EQ(ask(address + "/audit", bob.substr(0, bob.size() - 1) + (bob.back() == 'a' ? "b" : "a")),
            "401 Unauthorized");
  const std::string listed = command("token", {"list", "--json"}).out;
  EXPECT_THAT(listed, Not(HasSubstr(ada.substr(ada.size() - 43)))) << "a token is told once";
  EXPECT_EQ(command("token", {"revoke", ada.substr(8, 16)}).code, 0);
  EXPECT_EQ(ask(address + "/audit", ada), "401 Unauthorized");
  EXPECT_THAT(command("token", {"list"}).out, HasSubstr("revoked"));
  serve.signal(SIGTERM);
  EXPECT_EQ(serve.wait(), 0);
}

TEST_F(People, LookAfterTheSourceThatTheyRegistered) {
  for (const char* mail : {"ada@example.org", "bob@example.org"}) command("user", {"add", mail, "--role", "operator"});
  const std::string ada = token({"add", "ada@example.org", "--name", "a", "--role", "operator"});
  const std::string bob = token({"add", "bob@example.org", "--name", "b", "--role", "operator"});
  Program serve({"serve", "--config", file_.string()});
  const std::string address = serve.line().substr(std::string("listening on ").size());
  EXPECT_EQ(
      ask(address + "/api/v1/sources", ada, R"({"id":"new","kind":"ckan","url":"https://new.example","title":"New"})"),
      "201");
  EXPECT_THAT(command("user", {"list"}).out, HasSubstr("ada@example.org  operator  new"));
  EXPECT_EQ(ask(address + "/api/v1/sources/new/harvest", bob, "{}"), "403 Forbidden");
  EXPECT_NE(ask(address + "/api/v1/sources/new/harvest", ada, "{}"), "403 Forbidden");
}

}  // namespace
}  // namespace moisson::test
