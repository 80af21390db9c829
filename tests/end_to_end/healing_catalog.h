// A catalog of one living CKAN portal on the disk, which programs harvest and are stopped at; whatever happened to them, the next
// one must find everything, once.
#pragma once

#include "agreement.h"
#include "app/instance.h"
#include "core/json.h"
#include "portal/ckan_portal.h"
#include "temporary_directory.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace moisson::test {

class HealingCatalog {
 public:
  static constexpr int packages = 300;

  HealingCatalog() {
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

  // What the program is told.
  std::filesystem::path configuration() const {
    const auto file = directory_ / "moisson.toml";
    std::ofstream(file)
        << "[catalog]\ndata_dir = \"data\"\n[harvest]\nallow_networks = [\"127.0.0.0/8\"]\nmax_removed_share = "
           "1.0\ngrace_h = 0\n[server]\nlisten = \"127.0.0.1:0\"\n"
        << "[[source]]\nid = \"portal\"\ntitle = \"Portal\"\nkind = \"ckan\"\nschedule = \"manual\"\nurl = \""
        << portal_.url() << "\"\n";
    return file;
  }

  std::vector<std::string> command(const std::string& word) const {
    return {word, "--config", configuration().string()};
  }
  std::filesystem::path data() const { return directory_ / "data"; }
  std::filesystem::path scratch() const { return directory_ / "scratch"; }
  CkanPortal& portal() { return portal_; }
  const std::map<std::string, std::string>& titles() const { return titles_; }

  // The next process, in this one.
  std::unique_ptr<app::Instance> open() const {
    auto report = app::load_configuration(configuration(), app::configuration_rules());
    EXPECT_TRUE(report.errors.empty());
    auto opened = app::Instance::open(report.configuration, clock_, app::Scheduling::only_tasks);
    EXPECT_TRUE(opened) << to_string(opened.error());
    return std::move(*opened);
  }

  // A whole harvest by the next process; then everything must agree.
  void heals() const { heals(*open()); }
  void heals(app::Instance& instance) const {
    const auto job = instance.control().start("portal", true);
    ASSERT_TRUE(job) << to_string(job.error());
    const auto ended = instance.control().wait(*job, {});
    ASSERT_TRUE(ended);
    ASSERT_EQ(ended->error.value_or(Error{}).message, "");
    ASSERT_TRUE(instance.projection().wait_for(instance.store().last_seq(), std::chrono::seconds(60)));

    const auto records = all_records(instance.store());
    std::map<std::string, std::string> stored;
    for (const auto& record : records) {
      const auto id = record.remote_id;
      ASSERT_TRUE(stored.emplace(id, title_of(record)).second) << id << " is stored twice";
    }
    for (const auto& [id, title] : titles_) ASSERT_EQ(stored[id], title) << "the store is not the portal, in " << id;
    ASSERT_EQ(stored.size(), titles_.size()) << "the store holds what the portal no longer has";
    replay_gives(instance.store(), records);
    index_equals(*instance.slot().current(), instance.store(), records, scratch(),
                 {search_everything("eau"), search_everything("version 7")});
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

}  // namespace moisson::test
