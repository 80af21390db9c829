// What people ask of the harvest (HarvestControl): decisions on jobs, single records, sources, previews.
#include "core/log.h"
#include "harvest/one_record.h"
#include "harvest/plan_filter.h"
#include "harvest/preview.h"
#include "harvest/remap.h"
#include "harvest/schedule.h"
#include "harvest/scheduler_body.h"
#include "harvest/source_edit.h"
#include "store/draft.h"
#include "store/people.h"

#include <moisson/core/uuid.h>

#include <algorithm>

namespace moisson::harvest {
namespace {

constexpr std::size_t most_previews = 2;        // at once
constexpr std::ptrdiff_t most_refreshes = 4;    // at once
constexpr std::size_t most_remembered = 1'000;  // of them

// What a person may do to a source of the configuration file: pause it, and resume it.
bool only_pauses(const HarvestSource& before, const HarvestSource& after) {
  HarvestSource same = after;
  same.state = before.state;
  const auto resting = [](SourceState state) { return state == SourceState::active || state == SourceState::paused; };
  return same == before && resting(before.state) && resting(after.state);
}

Error configured(std::string_view id) {
  return Error{ErrorCode::conflict, "this source is described by the configuration file", std::string(id),
               "change it there, and restart"};
}

}  // namespace

Result<HarvestJob> Scheduler::approve(std::int64_t job) {
  auto decided = body_->writer.approve(job);
  wake();
  return decided;
}
Result<HarvestJob> Scheduler::reject(std::int64_t job) { return body_->writer.reject(job); }
Result<HarvestJob> Scheduler::undo(std::int64_t job) { return body_->writer.undo(job); }

Result<void> Scheduler::withdraw(std::string_view record_id) { return body_->writer.withdraw(record_id); }
Result<void> Scheduler::release(std::string_view record_id) { return body_->writer.release(record_id); }

Result<void> Scheduler::keep_apart(std::string_view record_id, std::string_view other_id, bool apart) {
  return body_->writer.keep_apart(record_id, other_id, apart);
}

Result<RecordOutcome> Scheduler::Body::refresh(std::string_view record_id) {
  const auto stored = store.record(record_id);
  if (stored.has_error()) return stored.error();
  auto raw = store.raw(record_id);
  if (raw.has_error()) return raw.error();
  const auto status = store.source(stored->source_id);
  if (status.has_error()) return status.error();
  const HarvestSource& source = status->source;
  const Harvester* harvester = find_harvester(source.kind);
  if (harvester == nullptr) return unknown_kind(source);
  const auto portal = access(source, *harvester, shutdown_stop.get_token());
  if (portal.has_error()) return portal.error();
  const Worksite worksite{source,           *harvester,       *portal->fetcher, clock,
                          options.deletion, options.language, portal->secrets,  nullptr};
  auto record = read_again(worksite, {stored->remote_id, std::move(*raw)});
  if (record.has_error() && record.error().code == ErrorCode::not_found)
    return Error{ErrorCode::conflict, "the portal no longer shows this record", record.error().where,
                 "its next harvest decides what becomes of it; withdraw it if it must go now"};
  if (record.has_error()) return record.error();
  record->remote_id = stored->remote_id;
  const store::Mapping mapping(source, harvester->mapping_version(), options.language);
  const auto draft = store::make_draft(std::move(*record), mapping);
  if (draft.has_error()) return draft.error();
  return writer.put_again(record_id, *draft);
}

Result<RecordOutcome> Scheduler::refresh(std::string_view record_id) { return body_->refresh(record_id); }

Result<void> Scheduler::begin_refresh(std::string_view record_id) {
  if (const auto stored = body_->store.record(record_id); stored.has_error()) return stored.error();
  const std::lock_guard lock(body_->mutex);
  auto& refreshes = body_->refreshes;
  if (body_->stopping) return Error{ErrorCode::conflict, "the program is stopping", "", "start it again"};
  const auto runs = [](const auto& entry) { return !entry.second.told.ended; };
  if (const auto found = refreshes.find(record_id); found != refreshes.end() && runs(*found))
    return Error{ErrorCode::conflict, "the record is being read again", "", "wait for it"};
  if (std::count_if(refreshes.begin(), refreshes.end(), runs) >= most_refreshes)
    return Error{ErrorCode::conflict, "as many records as may be are being read again", "", "wait for one of them"};
  const bool crowded = refreshes.size() >= most_remembered;
  for (auto each = refreshes.begin(); each != refreshes.end();) {
    const bool goes = !runs(*each) && (crowded || each->first == record_id);
    if (goes) each->second.thread.join();
    each = goes ? refreshes.erase(each) : std::next(each);
  }
  Body::Refreshing& refreshing = refreshes[std::string(record_id)];
  refreshing.told.began = body_->clock.now();
  refreshing.thread = std::thread([body = body_.get(), &told = refreshing.told, id = std::string(record_id)] {
    auto outcome = body->refresh(id);
    if (outcome.has_error())
      log::warning("harvest", "a record could not be read again",
                   {{"record", id}, {"error", to_string(outcome.error())}});
    const std::lock_guard done(body->mutex);
    told.ended = body->clock.now();
    if (outcome.has_value())
      told.outcome = *outcome;
    else
      told.error = outcome.error();
  });
  return {};
}

std::optional<Refresh> Scheduler::refreshed(std::string_view record_id) const {
  const std::lock_guard lock(body_->mutex);
  const auto found = body_->refreshes.find(record_id);
  return found == body_->refreshes.end() ? std::nullopt : std::optional(found->second.told);
}

Result<HarvestSource> Scheduler::add_source(std::string_view id, const SourceEdit& description,
                                            std::string_view account) {
  if (body_->store.source(id).has_value())
    return Error{ErrorCode::conflict, "there is a source of this id", "id", "choose another"};
  auto source = described(id, description);
  if (source.has_error()) return source.error();
  source->state = description.state.value_or(SourceState::draft);
  if (const auto written = body_->write_source(*source, description); written.has_error()) return written.error();
  if (!account.empty())
    if (const auto given = body_->store.people().add_source(account, id); given.has_error()) return given.error();
  wake();
  return source;
}

Result<HarvestSource> Scheduler::change_source(std::string_view id, const SourceEdit& edit) {
  const auto before = body_->store.source(id);
  if (before.has_error()) return before.error();
  const bool read_only = before->source.origin == SourceOrigin::configuration;
  if (edit.state == SourceState::retired)
    return Error{ErrorCode::conflict, "a source is retired by its removal", "state", "DELETE it"};
  auto source = read_only ? Result<HarvestSource>(before->source) : edited(before->source, edit, body_->find_harvester);
  if (read_only && edit.state) source->state = *edit.state;
  if (source.has_error()) return source.error();
  if (read_only && (!only_pauses(before->source, *source) || !edit.secrets.empty() || !edit.state))
    return configured(id);
  if (const auto written = body_->write_source(*source, edit); written.has_error()) return written.error();
  wake();
  return source;
}

// The source, its secrets, and when it is due: at once if it has just become active.
Result<void> Scheduler::Body::write_source(const HarvestSource& source, const SourceEdit& edit) {
  const auto before = store.source(source.id);
  if (const auto put = writer.put_source(source); put.has_error()) return put.error();
  // What was entered for one portal is not sent to another.
  if (before.has_value() && !same_portal(before->source.url, source.url)) {
    const auto kept = store.secret_names(source.id);
    if (kept.has_error()) return kept.error();
    for (const auto& name : *kept)
      if (const auto forgotten = writer.put_secret(source.id, name, ""); forgotten.has_error())
        return forgotten.error();
  }
  for (const auto& [name, value] : edit.secrets)
    if (const auto sealed = writer.put_secret(source.id, name, value); sealed.has_error()) return sealed.error();
  std::optional<Instant> next;
  if (source.state == SourceState::active) {
    const auto last = before.has_value() && before->last_job ? std::optional(before->last_job->started) : std::nullopt;
    const auto planned = next_run(source.schedule, source.timezone, source.id, last, clock.now());
    if (planned.has_error()) return planned.error();
    next = *planned;
  }
  return writer.set_next_run(source.id, next);
}

Result<std::uint64_t> Scheduler::retire_source(std::string_view id, bool purge) {
  const auto status = body_->store.source(id);
  if (status.has_error()) return status.error();
  if (status->source.origin == SourceOrigin::configuration) return configured(id);
  return body_->writer.retire_source(id, purge);
}

Result<HarvestSource> Scheduler::described(std::string_view id, const SourceEdit& description) const {
  HarvestSource blank;
  blank.id = id;
  blank.title = id;
  blank.state = SourceState::draft;
  blank.origin = SourceOrigin::operators;
  blank.grace = body_->options.grace;
  SourceEdit edit = description;
  edit.state.reset();  // a first description makes no step
  return edited(blank, edit, body_->find_harvester);
}

// With what the portal says now; the plan is kept.
Result<Plan> Scheduler::Body::make_plan(Plan plan, const HarvestSource& source, std::uint64_t limit) {
  const auto read = [&]() -> Result<Preview> {
    const Harvester* harvester = find_harvester(source.kind);
    if (harvester == nullptr) return unknown_kind(source);
    const auto known = writer.known(source.id);
    if (known.has_error()) return known.error();
    const auto portal = access(source, *harvester, shutdown_stop.get_token());
    if (portal.has_error()) return portal.error();
    const auto stored_json = [&](const std::string& id) {
      const auto record = store.record(id);
      return record.has_value() ? record->json : std::string();
    };
    Worksite worksite{source, *harvester, *portal->fetcher, clock, options.deletion, options.language, portal->secrets};
    worksite.catalog_url = options.catalog_url;
    return harvest::preview(worksite, *known, stored_json, limit);
  };
  auto preview = read();
  if (preview.has_error()) return preview.error();
  plan.preview = std::move(*preview);
  plan.ready = true;
  if (const auto kept = writer.put_plan(plan); kept.has_error()) return kept.error();
  return plan;
}

namespace {

Plan new_plan(const HarvestSource& source, Instant now) {
  Plan plan;
  plan.id = random_uuid();
  plan.source_id = source.id;
  plan.description = description_of(source);
  plan.created = now;
  plan.expires = now + plan_keeping;
  return plan;
}

}  // namespace

Result<Plan> Scheduler::preview(const HarvestSource& source, std::uint64_t limit) {
  return body_->make_plan(new_plan(source, body_->clock.now()), source, limit);
}

Result<Plan> Scheduler::begin_preview(const HarvestSource& source, std::uint64_t limit) {
  if (body_->find_harvester(source.kind) == nullptr) return unknown_kind(source);
  Plan plan = new_plan(source, body_->clock.now());
  const std::lock_guard lock(body_->mutex);
  if (body_->stopping) return Error{ErrorCode::conflict, "the program is stopping", "", "start it again"};
  body_->previews.remove_if([](auto& preview) {
    if (preview.done) preview.thread.join();
    return preview.done.load();
  });
  if (body_->previews.size() >= most_previews)
    return Error{ErrorCode::conflict, "as many previews as may be are being made", "", "wait for one of them"};
  if (const auto kept = body_->writer.put_plan(plan); kept.has_error()) return kept.error();
  auto& preparing = body_->previews.emplace_back();
  preparing.thread = std::thread([body = body_.get(), &preparing, plan, source, limit] {
    if (auto made = body->make_plan(plan, source, limit); made.has_error()) {
      Plan failed = plan;
      failed.ready = true;
      failed.preview.outcome = JobOutcome::failed;
      failed.preview.error = made.error();
      if (const auto kept = body->writer.put_plan(failed); kept.has_error())
        log::error("harvest", to_string(kept.error()));
    }
    preparing.done = true;
  });
  return plan;
}

Result<std::int64_t> Scheduler::apply(std::string_view plan_id) {
  const auto plan = body_->store.plan(plan_id);
  if (plan.has_error()) return plan.error();
  if (!plan->ready) return Error{ErrorCode::conflict, "the plan is still being made", "plan", "wait for it"};
  const auto status = body_->store.source(plan->source_id);
  if (status.has_error())
    return Error{ErrorCode::conflict, "the plan is of a source that is not registered", "plan",
                 "register " + plan->source_id + " first"};
  if (description_of(status->source) != plan->description)
    return Error{ErrorCode::conflict, "the source was described anew after the plan was made", "plan",
                 "make a new plan"};
  const std::lock_guard lock(body_->mutex);
  return body_->start(plan->source_id, true, true, plan_id);
}

Result<Counts> Scheduler::remap(std::string_view source_id) {
  Counts total;
  const auto sources = body_->store.sources();
  if (sources.has_error()) return sources.error();
  bool found = source_id.empty();
  for (const auto& status : *sources) {
    if (!source_id.empty() && status.source.id != source_id) continue;
    found = true;
    const Harvester* harvester = body_->find_harvester(status.source.kind);
    if (harvester == nullptr) return unknown_kind(status.source);
    const auto counts = harvest::remap(body_->writer, status.source, *harvester, body_->options.language,
                                       body_->shutdown_stop.get_token());
    if (counts.has_error()) return at(status.source.id, counts.error());
    total.updated += counts->updated;
    total.unchanged += counts->unchanged;
    total.failed += counts->failed;
  }
  if (!found) return Error{ErrorCode::not_found, "there is no source " + std::string(source_id), "", ""};
  return total;
}

}  // namespace moisson::harvest
