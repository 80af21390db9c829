// CollectingSink: a job's memory of what a harvester handed over, and of what earlier runs stored. For tests; one thread.
#pragma once

#include <moisson/harvest/harvester.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace moisson::test {

class CollectingSink final : public harvest::RecordSink {
 public:
  bool known(std::string_view id, const harvest::RawSource& raw, std::optional<std::uint64_t>) override {
    const auto found = stored.find(std::string(id));
    if (found == stored.end() || found->second != raw.bytes || handed.contains(found->first)) return false;
    unchanged.insert(std::string(id));
    return true;
  }
  harvest::Flow take(harvest::HarvestedRecord&& record) override {
    stored[record.remote_id] = record.raw.bytes;
    (handed.insert(record.remote_id).second ? taken : repeated).push_back(std::move(record));
    return flow();
  }
  harvest::Flow fail(harvest::RecordFailure&& failure) override {
    failed.push_back(std::move(failure));
    return flow();
  }
  harvest::Flow skip(harvest::RecordSkip&& skip) override {
    skipped.push_back(std::move(skip));
    return flow();
  }
  bool present(std::string_view id) override {
    if (!stored.contains(std::string(id))) return false;
    unchanged.insert(std::string(id));
    return true;
  }
  harvest::Flow tombstone(std::string_view id) override {
    tombstones.insert(std::string(id));
    stored.erase(std::string(id));
    return flow();
  }
  harvest::Flow page(std::string_view, std::uint64_t total) override {
    ++pages;
    announced = total;
    if (after_page) after_page();
    return flow();
  }
  harvest::Flow lost(Error&& error) override {
    losses.push_back(std::move(error));
    return flow();
  }
  void remark(dcat::Finding&& finding) override { remarks.push_back(std::move(finding)); }

  // What one run left; `stored` stays, as a store does.
  void forget_run() {
    taken.clear();
    repeated.clear();
    handed.clear();
    failed.clear();
    skipped.clear();
    unchanged.clear();
    tombstones.clear();
    losses.clear();
    remarks.clear();
    pages = 0;
  }
  bool remarked(std::string_view cause) const {
    for (const auto& finding : remarks) {
      if (finding.cause == cause) return true;
    }
    return false;
  }
  std::set<std::string> taken_ids() const {
    std::set<std::string> ids;
    for (const auto& record : taken) ids.insert(record.remote_id);
    return ids;
  }

  std::map<std::string, std::string> stored;  // remote id → raw bytes
  std::vector<harvest::HarvestedRecord> taken;
  std::vector<harvest::HarvestedRecord> repeated;  // under the ids of those
  std::set<std::string> handed;                    // their ids
  std::vector<harvest::RecordFailure> failed;
  std::vector<harvest::RecordSkip> skipped;
  std::set<std::string> unchanged;
  std::set<std::string> tombstones;
  std::vector<Error> losses;
  std::vector<dcat::Finding> remarks;
  std::uint64_t pages = 0;
  std::uint64_t announced = 0;
  std::function<void()> after_page;
  std::size_t stop_after = 0;  // records; 0: never

 private:
  harvest::Flow flow() const {
    return stop_after != 0 && taken.size() >= stop_after ? harvest::Flow::stop : harvest::Flow::go_on;
  }
};

}  // namespace moisson::test
