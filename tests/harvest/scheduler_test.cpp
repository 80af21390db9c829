#include "harvest/scheduler.h"

#include "tests/harvest/scripted_harvester.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <condition_variable>
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
        [](const HarvestSource&, std::stop_token) { return std::make_unique<test::NoFetcher>(); },
        [this](std::string_view kind) -> const Harvester* { return kind == "scripted" ? &portal : nullptr; });
  }
  static HarvestSource source(const char* id, const char* schedule = "daily") {
    auto made = test::source_named(id);
    made.schedule = schedule;
    return made;
  }
  std::size_t jobs(const char* id) const { return shelf.store->jobs(id, 100)->size(); }

  test::Shelf shelf;
  test::ScriptedHarvester portal;
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
  EXPECT_EQ(*control->start_due(), 3u);
  door.wait_for(2);
  EXPECT_EQ(door.waiting(), 2);
  door.open();
  for (const auto& job : *shelf.store->jobs("", 10))
    EXPECT_EQ(control->wait(job.id, {})->outcome, JobOutcome::succeeded);
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
