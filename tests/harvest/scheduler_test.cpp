#include "harvest/scheduler.h"

#include "tests/harvest/scripted_harvester.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>
#include <mutex>

namespace moisson::harvest {
namespace {

using namespace std::chrono_literals;
using test::listed;
using test::malformed;

// A door that a harvester waits at until the test opens it.
class Door {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_for(int waiting) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= waiting; });
  }
  int waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class SchedulerTest : public testing::Test {
 protected:
  SchedulerTest() { portal.steps = {listed("a", "Arbres"), listed("b", "Bancs")}; }

  std::unique_ptr<Scheduler> scheduler(std::size_t parallel = 8) {
    return std::make_unique<Scheduler>(
        *shelf.store, SchedulerOptions{parallel, {}}, shelf.clock,
        [this](const HarvestSource&, std::stop_token) { return make_fetcher(); },
        [this](std::string_view kind) -> const Harvester* { return kind == "scripted" ? &portal : nullptr; });
  }
  static HarvestSource source(const char* id, const char* schedule = "daily") {
    auto made = test::source_named(id);
    made.schedule = schedule;
    made.url = std::string("http://") + id + ".example/";
    return made;
  }
  std::size_t jobs(const char* id) const { return shelf.store->jobs(id, 100)->size(); }

  test::Shelf shelf;
  test::ScriptedHarvester portal;
  std::function<std::unique_ptr<net::Fetcher>()> make_fetcher = [] { return std::make_unique<test::NoFetcher>(); };
};

TEST_F(SchedulerTest, RunsAJobAndWaitsForItsEnd) {
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  const auto id = control->start("ville", true);
  ASSERT_TRUE(id.has_value()) << to_string(id.error());
  const auto job = control->wait(*id, {});
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->outcome, JobOutcome::succeeded);
  EXPECT_EQ(job->counts, (Counts{.created = 2}));
  EXPECT_TRUE(portal.full);
  EXPECT_EQ(control->start("nobody", false).error().code, ErrorCode::not_found);
  EXPECT_EQ(control->wait(99, {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(control->stop(*id).error().code, ErrorCode::conflict);
}

TEST_F(SchedulerTest, NeverRunsTwoJobsOfOneSource) {
  Door door;
  portal.before_step = [&](std::size_t) { door.pass(); };
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  const auto id = control->start("ville", false);
  door.wait_for(1);
  EXPECT_EQ(control->start("ville", false).error().code, ErrorCode::conflict);
  EXPECT_EQ(*control->start_due(), 0u);
  door.open();
  EXPECT_EQ(control->wait(*id, {})->outcome, JobOutcome::succeeded);
}

TEST_F(SchedulerTest, NoMoreThanItsShareRunsAtOnceAndTheOthersFollow) {
  Door door;
  portal.before_step = [&](std::size_t i) {
    if (i == 0) door.pass();
  };
  auto control = scheduler(2);
  ASSERT_TRUE(control->reconcile(std::vector{source("one"), source("two"), source("three")}).has_value());
  EXPECT_EQ(*control->start_due(), 2u);
  EXPECT_EQ(*control->start_due(), 0u);
  door.wait_for(2);
  EXPECT_EQ(door.waiting(), 2);
  door.open();
  const auto all_end = [&] {
    for (const auto& job : *shelf.store->jobs("", 10))
      EXPECT_EQ(control->wait(job.id, {})->outcome, JobOutcome::succeeded);
  };
  all_end();
  EXPECT_EQ(*control->start_due(), 1u);
  all_end();
  EXPECT_EQ(shelf.store->jobs("", 10)->size(), 3u);
}

TEST_F(SchedulerTest, WhatAPersonStartsHasALaneOfItsOwnButNoHostIsReadTwiceAtOnce) {
  Door door;
  portal.before_step = [&](std::size_t i) {
    if (i == 0) door.pass();
  };
  auto control = scheduler(1);
  auto twin = source("twin", "manual");
  twin.url = "http://one.example/other";
  ASSERT_TRUE(control->reconcile(std::vector{source("one"), source("two", "manual"), twin}).has_value());
  EXPECT_EQ(*control->start_due(), 1u);
  door.wait_for(1);
  const auto waiting = *control->start("twin", false);
  const auto lane = *control->start("two", false);
  door.wait_for(2);
  EXPECT_EQ(shelf.store->job(waiting)->heartbeat, std::nullopt) << "its host is being read";
  EXPECT_NE(shelf.store->job(lane)->heartbeat, std::nullopt);
  ASSERT_TRUE(control->stop(waiting).has_value());
  EXPECT_EQ(control->wait(waiting, {})->outcome, JobOutcome::stopped) << "it needs no thread to end";
  door.open();
  EXPECT_EQ(control->wait(lane, {})->outcome, JobOutcome::succeeded);
}

TEST_F(SchedulerTest, AJobWithoutASignOfLifeIsShownAsStalledAndThenEnded) {
  Door door;
  portal.before_step = [&](std::size_t i) {
    if (i == 1) door.pass();
  };
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville", "manual")}).has_value());
  const auto id = *control->start("ville", false);
  door.wait_for(1);
  EXPECT_FALSE(is_stalled(*shelf.store->job(id), shelf.clock.now()));
  shelf.clock.turn(stalled_after);
  EXPECT_TRUE(is_stalled(*shelf.store->job(id), shelf.clock.now()));
  control->give_up_on_the_lifeless();
  shelf.clock.turn(given_up_after);
  control->give_up_on_the_lifeless();
  door.open();
  const auto job = control->wait(id, {});
  EXPECT_EQ(job->outcome, JobOutcome::unreachable);
  EXPECT_EQ(job->error->code, ErrorCode::timeout);
  EXPECT_EQ(job->counts, (Counts{.created = 1})) << "what it took stands";
  EXPECT_FALSE(is_stalled(*job, shelf.clock.now() + std::chrono::hours(9)));
}

TEST_F(SchedulerTest, ASourceThatKeepsFailingWaitsLongerEachTimeAndIsForgivenAtOnce) {
  portal.source_error = Error{ErrorCode::unreachable, "no answer", "", ""};
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville", "0 * * * *")}).has_value());
  const auto run_due = [&] {
    shelf.clock.turn(
        std::max<std::chrono::milliseconds>(*shelf.store->source("ville")->next_run - shelf.clock.now(), 0ms));
    EXPECT_EQ(*control->start_due(), 1u);
    EXPECT_TRUE(control->wait(shelf.store->jobs("ville", 1)->front().id, {}).has_value());
    return std::chrono::round<std::chrono::hours>(*shelf.store->source("ville")->next_run - shelf.clock.now());
  };
  run_due();
  std::vector<std::chrono::hours> waits;
  for (int i = 0; i < 5; ++i) waits.push_back(run_due());
  EXPECT_EQ(waits, (std::vector<std::chrono::hours>{1h, 2h, 4h, 8h, 16h}));
  EXPECT_EQ(shelf.store->source("ville")->failures, 6u);
  portal.source_error.reset();
  EXPECT_EQ(run_due(), 1h);
  EXPECT_EQ(shelf.store->source("ville")->failures, 0u);
}

TEST_F(SchedulerTest, ABlackOutKeepsAwayEverySourceOfItsHost) {
  auto control = scheduler();
  auto one = source("one"), two = source("two");
  two.url = one.url;
  two.schedule = "manual";
  two.blackout = "00:00-18:00";
  ASSERT_TRUE(control->reconcile(std::vector{one, two}).has_value());
  EXPECT_EQ(*control->start_due(), 0u);
  shelf.clock.turn(6h);
  EXPECT_EQ(*control->start_due(), 1u);
  EXPECT_TRUE(control->wait(shelf.store->jobs("one", 1)->front().id, {}).has_value());
}

TEST_F(SchedulerTest, AJobThatTheProgramDoesNotSurviveIsGivenUp) {
  ASSERT_TRUE(shelf.writer().put_source(source("ville")).has_value());
  const auto id = shelf.writer().begin("ville", false)->job().id;
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(shelf.writer().resume(id, false).has_value());
  shelf.reopen();
  auto control = scheduler();
  EXPECT_EQ(*control->start_due(), 0u);
  EXPECT_EQ(shelf.store->job(id)->outcome, JobOutcome::failed);
  EXPECT_TRUE(control->start("ville", false).has_value());
}

TEST_F(SchedulerTest, AJobOfAKilledProcessEndsThoughItsSourceWasPaused) {
  ASSERT_TRUE(shelf.writer().put_source(source("ville")).has_value());
  const auto id = shelf.writer().begin("ville", false)->job().id;
  ASSERT_TRUE(shelf.writer().set_state("ville", SourceState::paused).has_value());
  shelf.reopen();
  auto control = scheduler();
  EXPECT_EQ(*control->start_due(), 0u);
  EXPECT_EQ(shelf.store->job(id)->outcome, JobOutcome::stopped);
}

TEST_F(SchedulerTest, OperatorsRegisterChangeAndRetireTheirSources) {
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  SourceEdit described{.kind = "scripted", .url = "http://campagne.example/"};
  const auto added = control->add_source("campagne", described);
  ASSERT_TRUE(added.has_value()) << to_string(added.error());
  EXPECT_EQ(added->state, SourceState::draft);
  EXPECT_FALSE(added->private_networks);
  EXPECT_EQ(control->add_source("campagne", described).error().where, "id");
  EXPECT_EQ(control->start("campagne", false).error().code, ErrorCode::conflict);
  for (const auto state : {SourceState::submitted, SourceState::active})
    ASSERT_TRUE(control->change_source("campagne", {.state = state}).has_value());
  EXPECT_EQ(shelf.store->source("campagne")->next_run, shelf.clock.now()) << "a new source is read at once";
  EXPECT_EQ(control->change_source("ville", {.title = "Autre"}).error().code, ErrorCode::conflict)
      << "the configuration wins";
  ASSERT_TRUE(control->change_source("ville", {.state = SourceState::paused}).has_value());
  EXPECT_EQ(control->change_source("nobody", {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(control->retire_source("ville", false).error().code, ErrorCode::conflict);
  EXPECT_EQ(*control->retire_source("campagne", true), 0u);
  EXPECT_EQ(shelf.store->source("campagne")->source.state, SourceState::retired);
}

TEST_F(SchedulerTest, StartsWhatIsDueOnceAndAgainAtItsNextSlot) {
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville", "0 3 * * *"), source("main", "manual")}).has_value());
  const auto ended = [&] {
    for (const auto& job : *shelf.store->jobs("", 100)) EXPECT_TRUE(control->wait(job.id, {}).has_value());
  };
  EXPECT_EQ(*control->start_due(), 1u);
  ended();
  EXPECT_EQ(*control->start_due(), 0u);
  shelf.clock.turn(15h);  // 2024-05-02T03:34:56Z
  EXPECT_EQ(*control->start_due(), 1u);
  ended();
  EXPECT_EQ(*control->start_due(), 0u);
  shelf.clock.turn(24h * 10);
  EXPECT_EQ(*control->start_due(), 1u) << "ten missed slots are one run";
  ended();
  EXPECT_EQ(*control->start_due(), 0u);
  EXPECT_EQ(format_rfc3339(*shelf.store->source("ville")->next_run), "2024-05-13T03:00:00Z");
  EXPECT_EQ(jobs("main"), 0u);
}

TEST_F(SchedulerTest, ItsThreadStartsWhatTheTurnedClockMadeDue) {
  Door door;
  portal.before_step = [&](std::size_t i) {
    if (i == 0) door.pass();
  };
  door.open();
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville", "PT1H")}).has_value());
  control->run();
  door.wait_for(1);
  EXPECT_TRUE(control->wait(shelf.store->jobs("ville", 1)->front().id, {}).has_value());
  shelf.clock.turn(1h);
  control->wake();
  door.wait_for(2);
  control->shutdown();
  EXPECT_EQ(jobs("ville"), 2u);
}

TEST_F(SchedulerTest, AShutdownStopsAtTheNextRecordAndTheNextStartTakesItUp) {
  Door door;
  portal.before_step = [&](std::size_t i) {
    if (i == 1) door.pass();
  };
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  const auto id = *control->start("ville", false);
  door.wait_for(1);
  std::thread closing([&] { control->shutdown(); });
  while (control->start("nobody", false).error().code != ErrorCode::conflict) std::this_thread::yield();
  door.open();
  closing.join();
  EXPECT_EQ(shelf.store->job(id)->outcome, JobOutcome::stopped);
  EXPECT_EQ(shelf.store->job(id)->counts, (Counts{.created = 1}));
  control.reset();

  shelf.reopen();
  auto next = scheduler();
  EXPECT_EQ(*next->start_due(), 1u);
  const auto again = shelf.store->jobs("ville", 1)->front().id;
  EXPECT_NE(again, id);
  EXPECT_EQ(next->wait(again, {})->counts, (Counts{.created = 1, .unchanged = 1}));
}

TEST_F(SchedulerTest, APersonsStopWaitsForTheNextSlot) {
  Door door;
  portal.before_step = [&](std::size_t i) {
    if (i == 1) door.pass();
  };
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  const auto id = *control->start("ville", false);
  door.wait_for(1);
  ASSERT_TRUE(control->stop(id).has_value());
  door.open();
  EXPECT_EQ(control->wait(id, {})->outcome, JobOutcome::stopped);
  EXPECT_EQ(*control->start_due(), 0u);
}

TEST_F(SchedulerTest, AJobOfAKilledProcessIsResumedUnderItsNumber) {
  ASSERT_TRUE(shelf.writer().put_source(source("ville")).has_value());
  const auto id = shelf.writer().begin("ville", false)->job().id;
  shelf.reopen();
  auto control = scheduler();
  EXPECT_EQ(*control->start_due(), 1u);
  const auto job = control->wait(id, {});
  EXPECT_EQ(job->outcome, JobOutcome::succeeded);
  EXPECT_EQ(jobs("ville"), 1u);
}

TEST_F(SchedulerTest, AJobOfAKilledProcessThatNobodyResumesIsEndedHonestly) {
  ASSERT_TRUE(shelf.writer().put_source(source("ville")).has_value());
  const auto id = shelf.writer().begin("ville", false)->job().id;
  shelf.reopen();
  scheduler()->shutdown();
  EXPECT_EQ(shelf.store->job(id)->outcome, JobOutcome::stopped);
  EXPECT_TRUE(shelf.writer().begin("ville", false).has_value());
}

TEST_F(SchedulerTest, APausedSourceAndAnUnknownKindDoNotStart) {
  auto control = scheduler();
  auto strange = source("strange");
  strange.kind = "oracle";
  ASSERT_TRUE(control->reconcile(std::vector{source("ville"), strange}).has_value());
  ASSERT_TRUE(shelf.writer().set_state("ville", SourceState::paused).has_value());
  EXPECT_EQ(control->start("ville", false).error().code, ErrorCode::conflict);
  EXPECT_EQ(control->start("strange", false).error().code, ErrorCode::unsupported);
  EXPECT_EQ(*control->start_due(), 0u);
  EXPECT_GT(*shelf.store->source("strange")->next_run, shelf.clock.now());
  EXPECT_EQ(control->preview(strange, 0).error().code, ErrorCode::unsupported);
}

TEST_F(SchedulerTest, RemapWritesOnlyWhatChanged) {
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  ASSERT_TRUE(control->wait(*control->start("ville", false), {}).has_value());
  const auto seq = shelf.store->last_seq();
  EXPECT_EQ(*control->remap(""), (Counts{.unchanged = 2}));
  EXPECT_EQ(shelf.store->last_seq(), seq);
  portal.version = 2;
  EXPECT_EQ(*control->remap("ville"), (Counts{.updated = 2}));
  EXPECT_EQ(shelf.store->last_seq(), seq + 2);
  const auto job = control->wait(*control->start("ville", false), {});
  EXPECT_EQ(job->outcome, JobOutcome::nothing_changed);
  EXPECT_EQ(control->remap("nobody").error().code, ErrorCode::not_found);
}

// A portal that says back the key that it was shown, in its pages and in its refusals.
class RepeatingFetcher final : public net::Fetcher {
 public:
  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& body) override {
    const std::string key = request.headers.front().second;
    const std::string address = request.url + "?key=" + key;
    if (request.url.ends_with("refused")) return Error{ErrorCode::refused, "401 " + key, address, "not " + key};
    for (const auto& [piece, begin] :
         {std::pair(std::string("f|Title ") + key.substr(0, 5), true), {key.substr(5), false}})
      if (auto given = body(piece, begin); !given) return given.error();
    net::FetchAnswer answer;
    answer.status = 200;
    answer.final_url = address;
    return answer;
  }
  std::vector<std::string> disallowed() const override { return {"http://ville.example/s3cr3t-k3y-of-the-portal"}; }
};

TEST_F(SchedulerTest, ASecretThatThePortalRepeatsIsWrittenDownNowhere) {
  const std::string secret = "s3cr3t-k3y-of-the-portal";
  make_fetcher = [] { return std::make_unique<RepeatingFetcher>(); };
  auto control = scheduler();
  const auto added = control->add_source(
      "ville", {.kind = "scripted", .url = "http://ville.example/", .secrets = {{"api_key", secret}}});
  ASSERT_TRUE(added.has_value()) << to_string(added.error());
  for (const auto state : {SourceState::submitted, SourceState::active})
    ASSERT_TRUE(control->change_source("ville", {.state = state}).has_value());
  std::string given;
  portal.steps.clear();
  portal.at_first = [&](const HarvestContext& context, RecordSink& sink) {
    given = context.secrets.at("api_key");
    net::FetchRequest request("http://ville.example/page");
    request.headers.emplace_back("Authorization", given);
    const auto page = context.fetcher.fetch_all(request);
    const RawSource raw{"text/plain", page->second, page->first.final_url, "/1"};
    sink.take(*portal.map(context.source, raw));
    sink.fail({"g", page->second, Error{ErrorCode::invalid_input, "bad " + page->second, "/1", ""}, raw});
    request.url = "http://ville.example/refused";
    sink.lost(Error(context.fetcher.fetch_all(request).error()));
  };
  const auto job = control->wait(*control->start("ville", true), {});
  EXPECT_EQ(given, secret);
  EXPECT_EQ(job->error->message, "401 •••");
  EXPECT_EQ(job->error->hint, "not •••");
  EXPECT_EQ(shelf.store->job_records(job->id, RecordOutcome::failed, 0, 1)->rows.front().message, "bad f|Title •••");
  ASSERT_EQ(*shelf.store->record_count(), 1u);
  EXPECT_NE(shelf.store->records_after(0, 1)->front().json.find("Title •••"), std::string::npos);
  ASSERT_TRUE(control->preview(shelf.store->source("ville")->source, 0).has_value());
  control.reset();
  shelf.store.reset();
  for (const auto& file : std::filesystem::directory_iterator(shelf.directory())) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes.find(secret), std::string::npos) << file.path().filename();
  }
}

TEST_F(SchedulerTest, ASecretIsShownToThePortalAloneThatItWasEnteredFor) {
  auto control = scheduler();
  const SourceEdit described{
      .kind = "scripted", .url = "http://ville.example/", .secrets = {{"api_key", "s3cr3t-k3y-of-the-portal"}}};
  ASSERT_TRUE(control->add_source("ville", described).has_value());
  std::map<std::string, std::string> given;
  portal.at_first = [&](const HarvestContext& context, RecordSink&) { given = context.secrets; };
  ASSERT_TRUE(control->preview(shelf.store->source("ville")->source, 0).has_value());
  EXPECT_EQ(given, described.secrets);
  // Somebody else describes a portal of their own under the same id.
  ASSERT_TRUE(control->preview(*control->described("ville", {.kind = "scripted", .url = "http://thief.example/"}), 0));
  EXPECT_TRUE(given.empty());
  ASSERT_TRUE(control->change_source("ville", {.url = "http://ville.example/other"}).has_value());
  EXPECT_EQ(shelf.store->secret_names("ville")->size(), 1u);
  ASSERT_TRUE(control->change_source("ville", {.url = "http://thief.example/"}).has_value());
  EXPECT_TRUE(shelf.store->secret_names("ville")->empty());
}

TEST_F(SchedulerTest, TheConfigurationsSecretsAreReadFromTheirFiles) {
  auto control = scheduler();
  auto described = source("ville");
  const auto file = shelf.directory() / "ville.key";
  std::ofstream(file) << "s3cr3t-k3y-of-the-file\n";
  described.options["api_key_file"] = file.string();
  ASSERT_TRUE(control->reconcile(std::vector{described}).has_value());
  std::map<std::string, std::string> given;
  portal.at_first = [&](const HarvestContext& context, RecordSink&) { given = context.secrets; };
  ASSERT_TRUE(control->wait(*control->start("ville", true), {}).has_value());
  EXPECT_EQ(given, (std::map<std::string, std::string>{{"api_key", "s3cr3t-k3y-of-the-file"}}));
  std::filesystem::remove(file);
  const auto job = control->wait(*control->start("ville", true), {});
  EXPECT_EQ(job->outcome, JobOutcome::failed);
  EXPECT_EQ(job->error->message, "the file of a secret cannot be read");
}

TEST_F(SchedulerTest, AShutdownWaitsForTheRecordThatIsBeingReadAgain) {
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  ASSERT_TRUE(control->wait(*control->start("ville", false), {}).has_value());
  const std::string id = shelf.store->records_after(0, 1)->front().id;
  EXPECT_FALSE(control->refreshed(id).has_value());
  EXPECT_EQ(control->begin_refresh("nobody").error().code, ErrorCode::not_found);
  Door door;
  portal.before_step = [&](std::size_t) { door.pass(); };
  ASSERT_TRUE(control->begin_refresh(id).has_value());
  door.wait_for(1);
  EXPECT_FALSE(control->refreshed(id)->ended.has_value());
  door.open();
  control->shutdown();
  EXPECT_EQ(control->refreshed(id)->outcome, RecordOutcome::unchanged);
  EXPECT_EQ(control->begin_refresh(id).error().code, ErrorCode::conflict);
}

TEST_F(SchedulerTest, ReadsOneRecordAgainFromThePageItStoodOn) {
  auto control = scheduler();
  ASSERT_TRUE(control->reconcile(std::vector{source("ville")}).has_value());
  ASSERT_TRUE(control->wait(*control->start("ville", false), {}).has_value());
  std::string id;
  for (const auto& record : *shelf.store->records_after(0, 10))
    if (record.remote_id == "b") id = record.id;
  EXPECT_EQ(*control->refresh(id), RecordOutcome::unchanged);
  portal.steps = {listed("a", "Arbres abattus"), listed("b", "Bancs publics"), listed("c", "Canaux")};
  portal.mapped = 0;
  EXPECT_EQ(*control->refresh(id), RecordOutcome::updated);
  EXPECT_EQ(portal.mapped, 1u) << "the others are none of its business";
  EXPECT_NE(shelf.store->record(id)->json.find("Bancs publics"), std::string::npos);
  EXPECT_EQ(*shelf.store->record_count(), 2u);
  portal.steps = {listed("a", "Arbres"), malformed("b")};
  EXPECT_EQ(control->refresh(id).error().message, "not a record");
  portal.steps = {listed("a", "Arbres")};
  EXPECT_EQ(control->refresh(id).error().code, ErrorCode::conflict);
  portal.source_error = Error{ErrorCode::unreachable, "no answer", "", ""};
  EXPECT_EQ(control->refresh(id).error().code, ErrorCode::unreachable);
  ASSERT_TRUE(control->withdraw(id).has_value());
  EXPECT_EQ(control->refresh(id).error().code, ErrorCode::cancelled);
  EXPECT_EQ(control->refresh("nobody").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace moisson::harvest
