// JobSink: what a harvester hands over, gathered into batches for the store: at most 500 records or 250 ms, and none
// kept across a page's fetch. Belongs to the job's thread.
#pragma once

#include "harvest/job.h"
#include "harvest/loop.h"
#include "store/run.h"

#include <moisson/core/time.h>
#include <moisson/harvest/harvester.h>

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_set>

namespace moisson::harvest {

class JobSink final : public RecordSink {
 public:
  // `report` is told of what was guessed. It outlives the sink, and so does the worksite.
  JobSink(store::Run& run, store::Mapping mapping, dcat::MappingReport& report, const Worksite& worksite,
          std::stop_token stop);

  bool known(std::string_view remote_id, const RawSource& raw, std::optional<std::uint64_t> popularity) override;
  Flow take(HarvestedRecord&& record) override;
  Flow fail(RecordFailure&& failure) override;
  Flow skip(RecordSkip&& skip) override;
  bool present(std::string_view remote_id) override;
  Flow tombstone(std::string_view remote_id) override;
  Flow page(std::string_view url, std::uint64_t announced_total) override;
  Flow lost(Error&& error) override;
  void remark(dcat::Finding&& finding) override;

  // Tells of a source that harvests us, if one was met.
  void remark_loop();

  // Writes what is gathered.
  Result<void> flush();

  const std::optional<Error>& store_error() const { return store_error_; }
  const std::optional<Error>& loss() const { return loss_; }  // the first
  std::uint64_t unnamed_failures() const { return unnamed_failures_; }
  bool stopped() const { return stopped_; }  // the stop was met while reading

 private:
  bool ending();
  bool planned(const store::Draft& draft);
  Flow gathered();
  void sight(std::string_view remote_id, std::uint64_t row, std::optional<std::uint64_t> popularity);
  std::optional<store::Known> find(std::string_view remote_id);

  store::Run& run_;
  const store::Mapping mapping_;
  dcat::MappingReport& report_;
  Loop loop_;
  const Clock& clock_;
  const std::stop_token stop_;
  Pulse* const pulse_;
  const PlanFilter* const plan_;
  store::Batch batch_;
  std::unordered_set<std::string> gathered_ids_;  // of the batch: the store does not know them yet
  Instant flushed_;
  std::optional<Error> store_error_;
  std::optional<Error> loss_;
  std::uint64_t unnamed_failures_ = 0;
  bool stopped_ = false;
};

}  // namespace moisson::harvest
