// A month of 500 sources on a clock turned by hand, through 50 restarts: every due run starts once and within its
// window, none twice, none is forgotten, and nothing drifts. The month has a change of daylight saving time.

#include "harvest/agenda.h"
#include "harvest/outcome.h"
#include "harvest/schedule.h"
#include "harvest/scheduler.h"
#include "tests/harvest/scripted_harvester.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

namespace moisson::harvest {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr int sources = 500;
constexpr int restarts = 50;
constexpr auto step = 30min;
constexpr auto month = 24h * 30;
constexpr auto slow_run = 3h;
const Instant begin = parse_moment("2024-03-15T12:00:00Z")->instant;

int number_of(std::string_view id) { return std::stoi(std::string(id.substr(1))); }
bool is_slow(std::string_view id) { return number_of(id) % 25 == 3; }
bool is_failing(std::string_view id) { return number_of(id) % 10 == 5; }
bool is_moving(std::string_view id) { return number_of(id) % 20 == 10 || number_of(id) % 10 == 7; }

// A portal for each source: slow ones keep their reader until the clock has gone on, failing ones do not answer for the
// first half of the month, the records of moving ones come under another id each time.
class Portals final : public Harvester {
 public:
  explicit Portals(const Clock& clock) : clock_(clock) {}

  std::string_view kind() const override { return "scripted"; }
  std::string_view documentation() const override { return "portals of a month"; }
  std::span<const OptionDescription> options() const override { return {}; }
  int mapping_version() const override { return 1; }

  Result<Listing> harvest(const HarvestContext& context, RecordSink& sink) const override {
    const std::string& id = context.source.id;
    const Instant now = clock_.now();
    if (is_slow(id)) keep(id, now + slow_run);
    if (sink.page("http://portal/", 1) == Flow::stop) return Error{ErrorCode::cancelled, "stopped", "", ""};
    if (is_failing(id) && now < begin + month / 2) return Error{ErrorCode::unreachable, "no answer", "", ""};
    const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    auto record = test::record_of(is_moving(id) ? id + "-" + std::to_string(day) : id, "Title of " + id);
    record.remote_url = "http://portal/";
    if (sink.take(std::move(record)) == Flow::stop) return Error{ErrorCode::cancelled, "stopped", "", ""};
    return Listing{true, false, {}};
  }
  Result<HarvestedRecord> map(const HarvestSource&, const RawSource&) const override {
    return Error{ErrorCode::unsupported, "not mapped again", "", ""};
  }

  // Lets those go whose time has come; all of them, if the program stops.
  void turn(bool stopping) {
    const std::lock_guard lock(mutex_);
    stopping_ = stopping;
    if (stopping) kept_.clear();
    changed_.notify_all();
  }
  // Until when a slow portal keeps its reader, who is on the way to it.
  Instant kept_until(const std::string& id) const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return kept_.contains(id); });
    return kept_.at(id);
  }
  void forget(const std::string& id) {
    const std::lock_guard lock(mutex_);
    kept_.erase(id);
  }

 private:
  void keep(const std::string& id, Instant until) const {
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    kept_[id] = until;
    changed_.notify_all();
    changed_.wait(lock, [&] { return stopping_ || clock_.now() >= until; });
  }
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::map<std::string, Instant> kept_;
  bool stopping_ = false;
};

HarvestSource source(int n) {
  auto made = test::source_named((n < 10 ? "s00" : n < 100 ? "s0" : "s") + std::to_string(n));
  // The last hundred share 25 hosts.
  made.url = "http://h" + std::to_string(n < 400 ? n : 400 + n % 25) + ".example/";
  made.schedule = n % 5 == 0 ? "daily" : n % 10 == 1 ? "0 3 * * *" : n % 10 == 2 ? "PT60H" : "weekly";
  if (n % 10 == 1) made.timezone = "Europe/Paris";
  if (n % 20 == 9) {
    made.schedule = "PT36H";
    made.window = "20:00-06:00";
    made.timezone = "Europe/Paris";
  }
  return made;
}

// The program, that can be started, stopped, and killed.
class Month {
 public:
  Month() {
    // The month's 6,000 jobs wait for the disk at every commit, unless it is memory.
    if (fs::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
    shelf_ = std::make_unique<test::Shelf>();
    ::unsetenv("TMPDIR");
    shelf_->clock.turn(begin - shelf_->clock.now());
    portals_ = std::make_unique<Portals>(shelf_->clock);
    for (int n = 0; n < sources; ++n) configured_.push_back(source(n));
  }

  ~Month() { portals_->turn(true); }

  void start() {
    portals_->turn(false);
    scheduler_ = std::make_unique<Scheduler>(
        *shelf_->store, SchedulerOptions{16, {}}, shelf_->clock,
        [](const HarvestSource&, std::stop_token) { return std::make_unique<test::NoFetcher>(); },
        [this](std::string_view) -> const Harvester* { return portals_.get(); });
    EXPECT_TRUE(scheduler_->reconcile(configured_).has_value());
  }
  void stop() {
    portals_->turn(true);
    scheduler_.reset();
    running_.clear();
    shelf_->reopen();
  }
  // What lies on the disk at this moment is all that the next process has.
  void kill() {
    const auto copy = shelf_->directory() / "killed";
    fs::create_directory(copy);
    for (const auto& file : fs::directory_iterator(shelf_->directory()))
      if (file.is_regular_file()) fs::copy_file(file.path(), copy / file.path().filename());
    portals_->turn(true);
    scheduler_.reset();
    running_.clear();
    shelf_->store.reset();
    for (const auto& file : fs::directory_iterator(shelf_->directory()))
      if (file.is_regular_file()) fs::remove(file.path());
    for (const auto& file : fs::directory_iterator(copy))
      fs::rename(file.path(), shelf_->directory() / file.path().filename());
    fs::remove(copy);
    shelf_->open();
  }

  // Turns the clock and runs what is due until nothing more starts; slow jobs go on.
  void turn(std::chrono::milliseconds by) {
    shelf_->clock.turn(by);
    portals_->turn(false);
    for (bool more = true; more;) {
      settle();
      const auto started = scheduler_->start_due();
      ASSERT_TRUE(started.has_value());
      more = *started > 0;
      for (const auto& job : *shelf_->store->jobs("", *started)) running_.emplace(job.id, job);
      for (const auto& job : *shelf_->writer().running()) running_.emplace(job.id, job);  // and those taken up
    }
    settle();
  }

  test::Shelf& shelf() { return *shelf_; }

 private:
  // Waits for every job that need not wait for the clock.
  void settle() {
    std::erase_if(running_, [&](const auto& entry) {
      const auto& [id, job] = entry;
      if (is_slow(job.source_id) && portals_->kept_until(job.source_id) > shelf_->clock.now()) return false;
      portals_->forget(job.source_id);
      return scheduler_->wait(id, {}).has_value();
    });
  }

  std::unique_ptr<test::Shelf> shelf_;
  std::vector<HarvestSource> configured_;
  std::unique_ptr<Portals> portals_;
  std::unique_ptr<Scheduler> scheduler_;
  std::map<std::int64_t, HarvestJob> running_;
};

std::vector<Opening> openings(const HarvestSource& source) {
  if (source.window.empty()) return {};
  return {{*Hours::parse(source.window), source.timezone, false}};
}

// The clock jumps by steps: a window that closes between two of them is missed.
Instant next_look(Instant instant) { return begin + (instant - begin + step - 1ms) / step * step; }

TEST(Month, EveryDueRunStartsOnceWithinItsWindowAcrossFiftyRestarts) {
  Month program;
  program.start();
  int restarted = 0;
  const int steps = static_cast<int>(month / step);
  for (int n = 0; n < steps; ++n) {
    program.turn(n == 0 ? 0min : step);
    if (n % (steps / restarts) != steps / restarts - 1) continue;
    restarted % 2 == 0 ? program.kill() : program.stop();
    ++restarted;
    program.start();
  }
  ASSERT_GE(restarted, restarts);
  const auto& store = *program.shelf().store;
  const Instant end = program.shelf().clock.now();

  std::size_t runs = 0;
  for (int n = 0; n < sources; ++n) {
    const HarvestSource each = source(n);
    auto jobs = *store.jobs(each.id, 1'000);
    std::reverse(jobs.begin(), jobs.end());
    ASSERT_FALSE(jobs.empty()) << each.id << " was forgotten";
    std::uint64_t failures = 0;
    std::optional<Instant> expected = *first_open(begin, openings(each));
    bool first = true;
    for (const auto& job : jobs) {
      ++runs;
      // A busy host may keep it waiting, and at the very first the slow portals take all places.
      const auto patience = first || *expected < begin + 12h || n >= 400 ? 12h : 2 * step;
      ASSERT_TRUE(expected.has_value()) << each.id;
      ASSERT_GE(job.started, *expected) << each.id << " ran before it was due, or twice";
      ASSERT_LE(job.started, *first_open(next_look(*expected), openings(each)) + patience) << each.id << " ran late";
      for (const auto& opening : openings(each))
        ASSERT_EQ(*first_open(job.started, std::span(&opening, 1)), job.started)
            << each.id << " ran outside its window";
      first = false;
      if (!job.ended) {
        expected.reset();  // it runs
        continue;
      }
      if (job.outcome == JobOutcome::stopped) {
        expected = *first_open(*job.ended, openings(each));  // by a restart: the same run is due again
        continue;
      }
      failures = is_failure(job.outcome) ? failures + 1 : 0;
      const auto next = *next_try(each.schedule, each.timezone, each.id, job.started, *job.ended, failures);
      expected = *first_open(*next, openings(each));
    }
    if (expected) {
      EXPECT_GT(*first_open(next_look(*expected), openings(each)) + (n >= 400 ? 12h : 2 * step), end)
          << each.id << " was forgotten";
    }
    if (each.schedule == "daily" && !is_failing(each.id) && !is_slow(each.id)) {
      EXPECT_NEAR(static_cast<double>(jobs.size()), 30, 1) << each.id;
    }
  }
  EXPECT_GT(runs, 4'000u);

  // No drift: after the change of daylight saving, too, 03:00 in Paris is 03:00 in Paris.
  for (const auto& job : *store.jobs(source(11).id, 2)) {
    const auto of_day = job.started - std::chrono::floor<std::chrono::days>(job.started);
    EXPECT_GE(of_day, 1h) << "03:00 in summer is 01:00Z";
    EXPECT_LE(of_day, 1h + 2 * step);
  }
  for (const auto& job : *store.jobs("", 20'000)) EXPECT_TRUE(job.ended || is_slow(job.source_id)) << job.id;
}

}  // namespace
}  // namespace moisson::harvest
