// The built program, killed at random moments of harvest, projection and rebuild; a disk that is full; a log that was cut; a store put
// back beside a newer index. After each the next run must find everything, once.

#include "agreement.h"
#include "app/instance.h"
#include "core/json.h"
#include "portal/ckan_portal.h"
#include "program.h"
#include "temporary_directory.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>

namespace moisson::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int kills = 36;
constexpr int packages = 300;
constexpr std::uint64_t disk_bytes = 256 * 1024;

class Catalog {
 public:
  Catalog() {
    portal_.set({.rows_cap = 50});
    for (int n = 0; n < packages; ++n) put(n);
  }

  void change(std::mt19937& chance) {
    for (int n = 0; n < 20; ++n) {
      const int chosen = static_cast<int>(chance() % packages);
      if (chance() % 3 == 0 && titles_.size() > packages / 2)
        remove(chosen);
      else
        put(chosen);
    }
  }

  // What the program is told; the same that instance() is opened with.
  fs::path configuration() const {
    const auto file = directory_ / "moisson.toml";
    std::ofstream(file) << "[catalog]\ndata_dir = \"data\"\n[harvest]\nallow_networks = [\"127.0.0.0/8\"]\nmax_removed_share = 1.0\ngrace_h = 0\n"
                        << "[[source]]\nid = \"portal\"\ntitle = \"Portal\"\nkind = \"ckan\"\nschedule = \"manual\"\nurl = \"" << portal_.url() << "\"\n";
    return file;
  }

  std::vector<std::string> command(const std::string& word) const { return {word, "--config", configuration().string()}; }
  fs::path data() const { return directory_ / "data"; }
  fs::path scratch() const { return directory_ / "scratch"; }
  const std::map<std::string, std::string>& titles() const { return titles_; }

  // A whole harvest by the next process; then everything must agree.
  void heals() {
    auto report = app::load_configuration(configuration(), app::configuration_rules());
    ASSERT_TRUE(report.errors.empty()) << to_string(report.errors.front());
    auto opened = app::Instance::open(report.configuration, clock_, app::Scheduling::only_tasks);
    ASSERT_TRUE(opened) << to_string(opened.error());
    auto& instance = **opened;
    const auto job = instance.control().start("portal", true);
    ASSERT_TRUE(job) << to_string(job.error());
    const auto ended = instance.control().wait(*job, {});
    ASSERT_TRUE(ended);
    ASSERT_EQ(ended->error.value_or(Error{}).message, "");
    ASSERT_TRUE(instance.projection().wait_for(instance.store().last_seq(), 60s));

    const auto records = all_records(instance.store());
    std::map<std::string, std::string> stored;
    for (const auto& record : records) {
      const auto id = record.remote_id;
      ASSERT_TRUE(stored.emplace(id, title_of(record)).second) << id << " is stored twice";
    }
    for (const auto& [id, title] : titles_) ASSERT_EQ(stored[id], title) << "the store is not the portal, in " << id;
    ASSERT_EQ(stored.size(), titles_.size()) << "the store holds what the portal no longer has";
    replay_gives(instance.store(), records);
    index_equals(*instance.slot().current(), instance.store(), records, scratch(), {search_everything("eau"), search_everything("version 7")});
  }

  void put(int n) {
    const auto id = numbered(static_cast<std::uint64_t>(n));
    titles_[id] = "Qualité de l’eau " + id + " version " + std::to_string(++version_);
    auto modified = format_rfc3339(clock_.now());
    modified.pop_back();  // CKAN writes UTC without its Z
    portal_.put(id, ckan_package(id, titles_[id], modified));
  }

  void remove(int n) {
    titles_.erase(numbered(static_cast<std::uint64_t>(n)));
    portal_.remove(numbered(static_cast<std::uint64_t>(n)));
  }

 private:
  static std::string title_of(const store::StoredRecord& record) {
    const auto document = json::Document::parse(record.json);
    return document->root()["title"][std::size_t{0}]["value"].text();
  }

  TemporaryDirectory directory_;
  SystemClock clock_;
  CkanPortal portal_;
  std::map<std::string, std::string> titles_;
  int version_ = 0;
};

std::chrono::microseconds one_run(const Catalog& catalog, const std::string& word) {
  const auto begun = std::chrono::steady_clock::now();
  run(catalog.command(word));
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
}

TEST(Crash, KilledAtAnyMomentOfHarvestProjectionAndRebuildItLosesAndDoublesNothing) {
  Catalog catalog;
  std::mt19937 chance(4711);
  const auto whole = one_run(catalog, "harvest");
  for (int n = 0; n < kills && !HasFailure(); ++n) {
    SCOPED_TRACE("kill " + std::to_string(n));
    catalog.change(chance);
    Program program(catalog.command(n % 4 == 3 ? "reindex" : "harvest"));
    program.kill_after(std::chrono::microseconds(chance() % static_cast<unsigned>(whole.count())));
    program.wait();
    catalog.heals();
  }
}

TEST(Crash, AFullDiskStopsARunWithAReasonAndTheNextOneGoesOn) {
  Catalog catalog;
  const auto ended = run(catalog.command("harvest"), disk_bytes);
  EXPECT_EQ(ended.code, 1) << ended.out;
  catalog.heals();
}

TEST(Crash, ATruncatedWriteAheadLogCostsOnlyWhatItHeld) {
  Catalog catalog;
  std::mt19937 chance(12);
  run(catalog.command("harvest"));
  catalog.change(chance);
  Program program(catalog.command("harvest"));
  program.kill_after(40ms);
  program.wait();
  const auto log = catalog.data() / "store.sqlite-wal";
  if (fs::exists(log) && fs::file_size(log) > 0) fs::resize_file(log, fs::file_size(log) * 2 / 3);
  catalog.heals();
}

TEST(Crash, AStorePutBackBesideANewerIndexStartsANewEpochAndTheIndexFollows) {
  Catalog catalog;
  std::mt19937 chance(13);
  run(catalog.command("harvest"));
  fs::copy_file(catalog.data() / "store.sqlite", catalog.scratch().string() + ".sqlite");
  catalog.change(chance);
  run(catalog.command("harvest"));
  fs::remove(catalog.data() / "store.sqlite-wal");
  fs::remove(catalog.data() / "store.sqlite-shm");
  fs::copy_file(catalog.scratch().string() + ".sqlite", catalog.data() / "store.sqlite", fs::copy_options::overwrite_existing);
  catalog.heals();
}

}  // namespace
}  // namespace moisson::test
