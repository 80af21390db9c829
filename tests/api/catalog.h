// A small catalog as the program keeps it: a store in a directory of its own, records written through the store's
// writer, an index made from them, and the routes over both.
#pragma once

#include "api/routes.h"
#include "core/json.h"
#include "http/router.h"
#include "index/writer.h"
#include "store/store.h"
#include "store/writer.h"

#include <moisson/core/time.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::api {

class HandClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  void turn(std::chrono::milliseconds by) { now_ += by; }

 private:
  Instant now_ = std::chrono::sys_days{std::chrono::year{2024} / 5 / 1};
};

// Reading routes ask nothing of the harvest.
class NoHarvest final : public harvest::HarvestControl {
 public:
  Result<std::int64_t> start(std::string_view, bool) override { return refused(); }
  Result<harvest::HarvestJob> wait(std::int64_t, const harvest::Progress&) override { return refused(); }
  Result<void> stop(std::int64_t) override { return refused(); }
  Result<harvest::HarvestJob> approve(std::int64_t) override { return refused(); }
  Result<harvest::HarvestJob> reject(std::int64_t) override { return refused(); }
  Result<harvest::HarvestJob> undo(std::int64_t) override { return refused(); }
  Result<harvest::HarvestSource> add_source(std::string_view, const harvest::SourceEdit&, std::string_view) override {
    return refused();
  }
  Result<harvest::HarvestSource> change_source(std::string_view, const harvest::SourceEdit&) override {
    return refused();
  }
  Result<std::uint64_t> retire_source(std::string_view, bool) override { return refused(); }
  Result<harvest::RecordOutcome> refresh(std::string_view) override { return refused(); }
  Result<void> begin_refresh(std::string_view) override { return refused(); }
  std::optional<harvest::Refresh> refreshed(std::string_view) const override { return std::nullopt; }
  Result<void> withdraw(std::string_view) override { return refused(); }
  Result<void> release(std::string_view) override { return refused(); }
  Result<void> keep_apart(std::string_view, std::string_view, bool) override { return refused(); }
  Result<harvest::Plan> preview(const harvest::HarvestSource&, std::uint64_t) override { return refused(); }
  Result<harvest::Plan> begin_preview(const harvest::HarvestSource&, std::uint64_t) override { return refused(); }
  Result<harvest::HarvestSource> described(std::string_view, const harvest::SourceEdit&) const override {
    return refused();
  }
  Result<std::int64_t> apply(std::string_view) override { return refused(); }
  Result<harvest::Counts> remap(std::string_view) override { return refused(); }

 private:
  static Error refused() { return {ErrorCode::refused, "no harvest here", "", ""}; }
};

struct Sheet {
  std::string remote_id;
  std::string title;
  std::string theme = "ENVI";
};

struct Reply {
  int status = 0;
  http::Headers headers;
  std::string body;  // streams read to their end
  json::Document document = std::move(json::Document::parse("null").value());
  json::View root() const { return document.root(); }
};

// What a router answers.
Reply ask(const http::Router& router, std::string_view method, std::string_view target,
          std::vector<std::pair<std::string, std::string>> headers = {}, std::string body = {});

class Catalog {
 public:
  Catalog();
  ~Catalog();

  void add_source(std::string id, std::string title, harvest::SourceState state = harvest::SourceState::active);
  // One job over the source: creates or updates these; what is not among them is removed. Result: the job's id.
  std::int64_t harvest(std::string_view source, const std::vector<Sheet>& sheets,
                       std::vector<harvest::JobRecord> left_out = {});
  std::int64_t harvest_records(std::string_view source, std::vector<harvest::HarvestedRecord> records,
                               std::vector<harvest::JobRecord> left_out = {});
  void project();  // brings the index up to the store

  Reply get(std::string_view target, std::vector<std::pair<std::string, std::string>> headers = {}) const;
  Reply send(std::string_view method, std::string_view target, std::vector<std::pair<std::string, std::string>> headers,
             std::string body) const;

  store::Store& store() { return *store_; }
  const http::Router& router() const { return *router_; }
  const Context& context() const { return *context_; }
  HandClock& clock() { return clock_; }

 private:
  std::filesystem::path directory_;
  HandClock clock_;
  NoHarvest control_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<index::Writer> index_;
  std::uint64_t projected_ = 0;
  index::SnapshotSlot slot_;
  std::unique_ptr<const Context> context_;
  std::unique_ptr<http::Router> router_;
};

}  // namespace moisson::api
