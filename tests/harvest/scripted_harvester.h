// A portal that a test writes down: the harvester hands over its steps in their order, page by page. What a test writes
// down must stand before a run begins; runs may go side by side.
#pragma once

#include <moisson/harvest/harvester.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace moisson::test {

// What stands at one place of the listing.
struct Step {
  std::string remote_id;
  std::string title;  // empty: the record is malformed
  bool malformed = false;
  bool page_lost = false;
  bool skipped = false;
  bool only_listed = false;  // a census: the id without its content
  int findings = 0;
  bool tombstone = false;  // the portal states that it removed the record
  std::string id = {};     // upstream's, and with it its way
};

inline Step listed(std::string remote_id, std::string title) { return {std::move(remote_id), std::move(title)}; }
inline Step malformed(std::string remote_id) { return {std::move(remote_id), "", true}; }
inline Step tombstone(std::string remote_id) { return {std::move(remote_id), "", false, false, false, false, 0, true}; }
inline Step mirrored(std::string id, std::string title) {
  return {"remote " + id, std::move(title), false, false, false, false, 0, false, id};
}
inline Step lost_page() { return {"", "", false, true}; }

class NoFetcher final : public net::Fetcher {
 public:
  Result<net::FetchAnswer> fetch(const net::FetchRequest&, const net::BodySink&) override {
    return Error{ErrorCode::unsupported, "a scripted portal is not fetched", "", ""};
  }
};

class ScriptedHarvester final : public harvest::Harvester {
 public:
  std::vector<Step> steps;
  bool complete = true;
  bool not_modified = false;
  std::optional<Error> source_error;  // instead of, or after, the steps
  std::string memory;
  int version = 1;
  std::function<void(std::size_t)> before_step;                                        // called with the step's number
  std::function<void(const harvest::HarvestContext&, harvest::RecordSink&)> at_first;  // what it does before all steps
  mutable std::atomic<bool> full = false;                                              // of the last run
  mutable std::atomic<std::size_t> mapped = 0;  // records that known() did not spare

  std::string_view kind() const override { return "scripted"; }
  std::string_view documentation() const override { return "a script"; }
  std::span<const harvest::OptionDescription> options() const override {
    static constexpr harvest::OptionDescription described[] = {{"api_key", "A key.", false, true}};
    return described;
  }
  int mapping_version() const override { return version; }

  // The memory that the last run was given.
  std::string remembered() const {
    const std::lock_guard lock(mutex_);
    return remembered_;
  }

  Result<harvest::Listing> harvest(const harvest::HarvestContext& context, harvest::RecordSink& sink) const override {
    {
      const std::lock_guard lock(mutex_);
      remembered_ = context.memory.json;
    }
    full = context.full;
    const Error cancelled{ErrorCode::cancelled, "stopped", "", ""};
    if (sink.page("http://portal/1", steps.size()) == harvest::Flow::stop) return cancelled;
    if (at_first) at_first(context, sink);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (before_step) before_step(i);
      if (hand_over(steps[i], context, sink) == harvest::Flow::stop) return cancelled;
    }
    if (source_error) return *source_error;
    return harvest::Listing{complete, not_modified, {memory}};
  }

  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource&, const harvest::RawSource& raw) const override {
    const auto bar = raw.bytes.find('|');
    if (bar == std::string::npos) return Error{ErrorCode::invalid_input, "no bar", raw.pointer, ""};
    dcat::Dataset dataset;
    dataset.title.push_back({raw.bytes.substr(bar + 1), "fr"});
    if (version > 1) dataset.version = std::to_string(version);
    harvest::HarvestedRecord record;
    record.remote_id = raw.bytes.substr(0, bar);
    record.record = dataset;
    record.raw = raw;
    return record;
  }

 private:
  harvest::Flow hand_over(const Step& step, const harvest::HarvestContext& context, harvest::RecordSink& sink) const {
    if (step.page_lost) return sink.lost(Error{ErrorCode::timeout, "page 2 did not come", "http://portal/2", ""});
    if (step.tombstone) return sink.tombstone(step.remote_id);
    if (step.skipped) return sink.skip({step.remote_id, step.title, "private"});
    const harvest::RawSource raw{"text/plain", step.remote_id + "|" + step.title, "http://portal/1",
                                 "/" + step.remote_id};
    if (step.malformed)
      return sink.fail({step.remote_id, "", Error{ErrorCode::invalid_input, "not a record", "/7", "mend it"}, raw});
    if (step.only_listed && sink.present(step.remote_id)) return harvest::Flow::go_on;
    if (sink.known(step.remote_id, raw, std::nullopt)) return harvest::Flow::go_on;
    ++mapped;
    auto record = map(context.source, raw);
    if (context.mapping != nullptr) {
      context.mapping->begin_record(step.remote_id);
      if (auto* const fresh = context.mapping->add(dcat::PropertyUse::read, "title"))
        dcat::MappingReport::set_example(*fresh, step.title);
    }
    record->id = step.id;
    if (!step.id.empty()) record->trail = {"http://upstream.test/datasets/" + step.id};
    for (int i = 0; i < step.findings; ++i)
      record->findings.push_back({"date_unreadable", "/date/" + std::to_string(i), "a date", "mend it"});
    return sink.take(std::move(*record));
  }

  mutable std::mutex mutex_;
  mutable std::string remembered_;
};

}  // namespace moisson::test
