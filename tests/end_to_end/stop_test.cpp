// A job that is stopped while its portal keeps it waiting, over real sockets: the portal never ends its answer by
// itself, so that only the stop can. And the serving program, killed in the midst of a harvest: the next one leaves no
// job running.

#include "healing_catalog.h"
#include "program.h"
#include "tests/http/raw_client.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>
#include <tuple>

namespace moisson::test {
namespace {

using harvest::JobOutcome;
using namespace std::chrono_literals;

// Where a portal stops in the midst of its work, until the test lets it go on.
class Hold {
 public:
  ~Hold() { open(); }
  // The portal's side. Result: whether it is to go on; else `pace` has passed.
  bool wait(std::chrono::milliseconds pace) {
    std::unique_lock lock(mutex_);
    reached_ = true;
    changed_.notify_all();
    return changed_.wait_for(lock, pace, [&] { return open_; });
  }
  void wait() {
    while (!wait(1h)) continue;
  }
  // The test's.
  void wait_until_reached() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return reached_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool reached_ = false;
  bool open_ = false;
};

enum class Mood { silent, half_a_page, drop_by_drop };

// Half of a body, and then nothing more, or a byte at a time and no end.
class Stuck final : public http::BodyStream {
 public:
  Stuck(std::string half, Hold& hold, bool drops) : half_(std::move(half)), hold_(hold), drops_(drops) {}
  Result<bool> next(std::string& piece) override {
    if (!half_.empty()) {
      piece = std::exchange(half_, {});
      return true;
    }
    if (!drops_) hold_.wait();
    if (!drops_ || hold_.wait(10ms)) return Error{ErrorCode::io, "cut by the test", "", ""};
    piece = " ";
    return true;
  }

 private:
  std::string half_;
  Hold& hold_;
  const bool drops_;
};

// The portal behaves so at its request number `at` and, as it has one worker, at none that follows.
void sticks(CkanPortal& portal, Mood mood, int at, Hold& hold) {
  const auto number = std::make_shared<int>(0);
  Script script;
  script.before = [=, &hold](const http::Request& request) -> std::optional<http::Response> {
    if (request.path != "/robots.txt" && ++*number == at && mood == Mood::silent) hold.wait();
    return std::nullopt;
  };
  script.after = [=, &hold](const http::Request& request, http::Response response) {
    if (request.path == "/robots.txt" || *number != at || mood == Mood::silent) return response;
    std::string body = std::get<std::string>(std::move(response.body));
    response.body = std::make_unique<Stuck>(body.substr(0, body.size() / 2), hold, mood == Mood::drop_by_drop);
    return response;
  };
  portal.portal().script(std::move(script));
}

class Stop : public testing::TestWithParam<std::tuple<Mood, int>> {};

TEST_P(Stop, EndsAJobWhosePortalNeverEndsItsAnswer) {
  const auto [mood, at] = GetParam();
  HealingCatalog catalog;
  const auto instance = catalog.open();
  Hold hold;
  sticks(catalog.portal(), mood, at, hold);
  const auto job = instance->control().start("portal", true);
  ASSERT_TRUE(job) << to_string(job.error());
  hold.wait_until_reached();
  ASSERT_TRUE(instance->control().stop(*job));
  const auto ended = instance->control().wait(*job, {});
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->outcome, JobOutcome::stopped);
  EXPECT_EQ(ended->counts.seen(), ended->counts.created);
  const auto records = all_records(instance->store());
  EXPECT_EQ(records.size(), ended->counts.created) << "what was read before it stands";
  EXPECT_EQ(records.empty(), at <= 2) << "the first request counts, the second begins to read";
  replay_gives(instance->store(), records);
  hold.open();
  catalog.portal().portal().script({});
  catalog.heals(*instance);
}

INSTANTIATE_TEST_SUITE_P(Portals, Stop,
                         testing::Combine(testing::Values(Mood::silent, Mood::half_a_page, Mood::drop_by_drop),
                                          testing::Values(1, 2, 5)));

// `moisson serve`, asked by a program that shows a token.
class Serving {
 public:
  Serving(const HealingCatalog& catalog, const std::string& token) : program_(catalog.command("serve")), token_(token) {
    const auto line = program_.line();
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
  http::RawReply ask(const std::string& method, const std::string& target) const {
    http::RawClient client(port_);
    client.send(method + " " + target + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + token_ +
                "\r\nContent-Length: 0\r\n\r\n");
    return client.read();
  }
  // The ends of all jobs, once there is none that runs.
  std::vector<std::string> ends() const {
    for (;;) {
      const auto reply = ask("GET", "/api/v1/sources/portal/jobs");
      const auto document = json::Document::parse(reply.body);
      std::vector<std::string> ends;
      bool running = !document;
      if (document)
        for (const json::View job : document->root()["jobs"].items()) {
          ends.push_back(job["outcome"].text());
          running |= ends.back() == "running";
        }
      if (!running) return ends;
      std::this_thread::yield();
    }
  }
  Program& program() { return program_; }

 private:
  Program program_;
  const std::string token_;
  std::uint16_t port_ = 0;
};

std::string administrator(const HealingCatalog& catalog) {
  const auto file = catalog.configuration().string();
  run({"user", "--config", file, "add", "ada@example.org", "--role", "administrator"});
  auto token =
      run({"token", "--config", file, "add", "ada@example.org", "--name", "test", "--role", "administrator"}).out;
  while (token.ends_with('\n')) token.pop_back();
  return token;
}

// Before the first answer, before a page, in the midst of one, before the last.
TEST(Kill, OfTheServingProgramInAHarvestLeavesNoJobRunningAfterTheNextStart) {
  HealingCatalog catalog;
  const std::string token = administrator(catalog);
  std::mt19937 chance(7);
  for (const auto& [mood, at] : {std::pair(Mood::silent, 1),
                                 {Mood::silent, 2},
                                 {Mood::half_a_page, 3},
                                 {Mood::drop_by_drop, 4},
                                 {Mood::silent, 7}}) {
    SCOPED_TRACE("request " + std::to_string(at));
    catalog.change(chance);
    Hold hold;
    sticks(catalog.portal(), mood, at, hold);
    {
      Serving serving(catalog, token);
      ASSERT_EQ(serving.ask("POST", "/api/v1/sources/portal/harvest?full=true").status, 202);
      hold.wait_until_reached();
      serving.program().signal(SIGKILL);
      EXPECT_EQ(serving.program().wait(), 128 + SIGKILL);
    }
    hold.open();
    catalog.portal().portal().script({});
    {
      Serving serving(catalog, token);
      EXPECT_NE(serving.ends().front(), "stopped") << "it is taken up, not given up";
      serving.program().signal(SIGTERM);
      EXPECT_EQ(serving.program().wait(), 0);
    }
    catalog.heals();
  }
}

TEST(Kill, OfTheServingProgramAtAnyMomentLosesAndDoublesNothing) {
  HealingCatalog catalog;
  const std::string token = administrator(catalog);
  std::mt19937 chance(11);
  const auto begun = std::chrono::steady_clock::now();
  run(catalog.command("harvest"));
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
  for (int n = 0; n < 12 && !testing::Test::HasFailure(); ++n) {
    SCOPED_TRACE("kill " + std::to_string(n));
    catalog.change(chance);
    {
      Serving serving(catalog, token);
      ASSERT_EQ(serving.ask("POST", "/api/v1/sources/portal/harvest?full=true").status, 202);
      serving.program().kill_after(std::chrono::microseconds(chance() % static_cast<unsigned>(whole.count())));
    }
    {
      Serving serving(catalog, token);
      serving.ends();
    }
    catalog.heals();
  }
}

}  // namespace
}  // namespace moisson::test
