#include "harvest/job_sink.h"

#include "harvest/report_row.h"

#include <utility>

namespace moisson::harvest {
namespace {

constexpr std::size_t batch_size = 500;
constexpr std::chrono::milliseconds batch_age{250};

}  // namespace

JobSink::JobSink(store::Run& run, store::Mapping mapping, dcat::MappingReport& report, const Worksite& worksite,
                 std::stop_token stop)
    : run_(run),
      mapping_(std::move(mapping)),
      report_(report),
      loop_(worksite.catalog_url),
      clock_(worksite.clock),
      stop_(std::move(stop)),
      pulse_(worksite.pulse),
      plan_(worksite.plan),
      flushed_(clock_.now()) {}

bool JobSink::ending() {
  if (pulse_ != nullptr) pulse_->beat(clock_.now());
  if (stop_.stop_requested()) stopped_ = true;
  return stopped_ || store_error_;
}

// What a plan does not list is left as it stands; what stands as it comes needs no plan.
bool JobSink::planned(const store::Draft& draft) {
  if (plan_ == nullptr || plan_->allows(draft.remote_id, draft.content_hash)) return true;
  const auto found = find(draft.remote_id);
  return found && found->content_hash == draft.content_hash;
}

std::optional<store::Known> JobSink::find(std::string_view remote_id) {
  auto found = run_.find(remote_id);
  if (found.has_value()) return *found;
  store_error_ = found.error();
  return std::nullopt;
}

void JobSink::sight(std::string_view remote_id, std::uint64_t row, std::optional<std::uint64_t> popularity) {
  batch_.sightings.push_back({row, popularity});
  gathered_ids_.emplace(remote_id);
  gathered();
}

bool JobSink::known(std::string_view remote_id, const RawSource& raw, std::optional<std::uint64_t> popularity) {
  // False leads to take(), which ends the reading, or tells the second of two under one id.
  if (ending() || gathered_ids_.contains(std::string(remote_id))) return false;
  const auto found = find(remote_id);
  if (!found || found->mapping_version != mapping_.version || found->raw_hash != mapping_.hash(raw.bytes)) return false;
  if (found->seen) {
    batch_.left_out.push_back(duplicate_row(remote_id, found->id, raw.pointer));
    gathered();
  } else {
    sight(remote_id, found->row, popularity);
  }
  return true;
}

Flow JobSink::take(HarvestedRecord&& record) {
  if (ending()) return Flow::stop;
  if (auto looped = loop_.meets(record)) return skip(std::move(*looped));
  RecordFailure failure{record.remote_id, "", {}, {}};
  failure.raw.pointer = record.raw.pointer;
  for (auto& finding : record.findings) finding = trimmed(located(std::move(finding), record.raw.pointer));
  auto draft = store::make_draft(std::move(record), mapping_, &report_);
  if (draft.has_error()) {
    failure.error = draft.error();
    return fail(std::move(failure));
  }
  if (!planned(*draft)) {
    batch_.left_out.push_back(not_planned(draft->remote_id, draft->title, draft->raw.pointer));
    return gathered();
  }
  gathered_ids_.insert(draft->remote_id);
  batch_.drafts.push_back(std::move(*draft));
  return gathered();
}

Flow JobSink::fail(RecordFailure&& failure) {
  if (ending()) return Flow::stop;
  if (failure.remote_id.empty()) ++unnamed_failures_;
  batch_.left_out.push_back(row_of(failure));
  batch_.raws.emplace(batch_.left_out.size() - 1, std::move(failure.raw));
  return gathered();
}

Flow JobSink::skip(RecordSkip&& skip) {
  if (ending()) return Flow::stop;
  batch_.left_out.push_back(row_of(skip));
  return gathered();
}

bool JobSink::present(std::string_view remote_id) {
  if (ending() || gathered_ids_.contains(std::string(remote_id))) return true;
  if (const auto found = find(remote_id)) {
    if (!found->seen) sight(remote_id, found->row, std::nullopt);
    return true;
  }
  const auto waits = run_.waits(remote_id);
  if (waits.has_error()) store_error_ = waits.error();
  return waits.has_value() && *waits;
}

Flow JobSink::tombstone(std::string_view remote_id) {
  if (ending()) return Flow::stop;
  if (plan_ != nullptr) return Flow::go_on;  // a plan lists what goes
  const auto found = find(remote_id);
  if (!found) return store_error_ ? Flow::stop : Flow::go_on;
  batch_.tombstones.push_back(found->row);
  return gathered();
}

Flow JobSink::page(std::string_view, std::uint64_t announced_total) {
  ++batch_.pages;
  if (announced_total != 0) batch_.announced = announced_total;
  // What follows is a fetch, which may take a minute.
  if (!ending() && flush().has_error()) return Flow::stop;
  return ending() ? Flow::stop : Flow::go_on;
}

Flow JobSink::lost(Error&& error) {
  remark(remark_of(error));
  if (!loss_) loss_ = std::move(error);
  return ending() ? Flow::stop : Flow::go_on;
}

void JobSink::remark(dcat::Finding&& finding) {
  if (batch_.remarks.size() >= batch_size) return;
  batch_.remarks.push_back(trimmed(std::move(finding)));
}

void JobSink::remark_loop() {
  if (auto met = loop_.finding()) remark(std::move(*met));
}

Flow JobSink::gathered() {
  const bool due = batch_.size() >= batch_size || clock_.now() - flushed_ >= batch_age;
  if (due && flush().has_error()) return Flow::stop;
  return Flow::go_on;
}

Result<void> JobSink::flush() {
  if (store_error_) return *store_error_;
  flushed_ = clock_.now();
  if (batch_.empty()) return {};
  auto applied = run_.apply(batch_);
  if (applied.has_error()) store_error_ = applied.error();
  batch_ = {};
  gathered_ids_.clear();
  return applied;
}

}  // namespace moisson::harvest
