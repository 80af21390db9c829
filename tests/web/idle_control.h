// A harvesting side at which nothing happens: pages only read.
#pragma once

#include <moisson/harvest/control.h>

namespace moisson::web::test {

class IdleControl final : public harvest::HarvestControl {
 public:
  Result<std::int64_t> start(std::string_view, bool) override { return idle(); }
  Result<harvest::HarvestJob> wait(std::int64_t, const harvest::Progress&) override { return idle(); }
  Result<void> stop(std::int64_t) override { return idle(); }
  Result<harvest::HarvestJob> approve(std::int64_t) override { return idle(); }
  Result<harvest::HarvestJob> reject(std::int64_t) override { return idle(); }
  Result<harvest::HarvestJob> undo(std::int64_t) override { return idle(); }
  Result<harvest::HarvestSource> add_source(std::string_view, const harvest::SourceEdit&, std::string_view) override {
    return idle();
  }
  Result<harvest::HarvestSource> change_source(std::string_view, const harvest::SourceEdit&) override { return idle(); }
  Result<std::uint64_t> retire_source(std::string_view, bool) override { return idle(); }
  Result<harvest::RecordOutcome> refresh(std::string_view) override { return idle(); }
  Result<void> begin_refresh(std::string_view) override { return idle(); }
  std::optional<harvest::Refresh> refreshed(std::string_view) const override { return std::nullopt; }
  Result<void> withdraw(std::string_view) override { return idle(); }
  Result<void> release(std::string_view) override { return idle(); }
  Result<void> keep_apart(std::string_view, std::string_view, bool) override { return idle(); }
  Result<harvest::Plan> preview(const harvest::HarvestSource&, std::uint64_t) override { return idle(); }
  Result<harvest::Plan> begin_preview(const harvest::HarvestSource&, std::uint64_t) override { return idle(); }
  Result<harvest::HarvestSource> described(std::string_view, const harvest::SourceEdit&) const override {
    return idle();
  }
  Result<std::int64_t> apply(std::string_view) override { return idle(); }
  Result<harvest::Counts> remap(std::string_view) override { return idle(); }

 private:
  static Error idle() { return {ErrorCode::unsupported, "nothing is harvested here", {}, {}}; }
};

}  // namespace moisson::web::test
