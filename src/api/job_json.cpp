#include "api/job_json.h"

#include "core/cause.h"

namespace moisson::api {

void write_instant(json::Writer& out, std::string_view name, const std::optional<Instant>& instant) {
  out.key(name);
  instant ? out.string(format_rfc3339(*instant)) : out.null();
}

void write(json::Writer& out, const harvest::Counts& counts) {
  using enum harvest::RecordOutcome;
  out.begin_object();
  for (auto outcome : {created, updated, unchanged, moved, skipped, failed, removed})
    out.key(harvest::to_string(outcome)).unsigned_integer(counts[outcome]);
  out.key("seen").unsigned_integer(counts.seen()).end_object();
}

void write(json::Writer& out, const std::vector<dcat::Finding>& remarks) {
  out.begin_array();
  for (const dcat::Finding& remark : remarks)
    out.begin_object()
        .field("cause", remark.cause)
        .field("place", remark.place)
        .field("message", remark.message)
        .field("hint", remark.hint)
        .end_object();
  out.end_array();
}

void write(json::Writer& out, const std::vector<dcat::PropertyTally>& tallies) {
  out.begin_array();
  for (const dcat::PropertyTally& tally : tallies) {
    out.begin_object().field("use", dcat::to_string(tally.use)).field("property", tally.property).key("count");
    out.unsigned_integer(tally.count).field("example", tally.example).field("record", tally.record).end_object();
  }
  out.end_array();
}

void write(json::Writer& out, const Error& error, Detail detail) {
  out.begin_object().field("code", to_string(error.code)).field("cause", cause_of(error));
  if (detail == Detail::everything)
    out.field("message", error.message).field("where", error.where).field("hint", error.hint);
  out.end_object();
}

void write(json::Writer& out, const harvest::HarvestJob& job, Detail detail, const std::optional<Instant>& now) {
  out.begin_object().key("id").integer(job.id).field("source", job.source_id);
  out.field("outcome", harvest::to_string(job.outcome)).key("full").boolean(job.full);
  out.field("started", format_rfc3339(job.started));
  write_instant(out, "ended", job.ended);
  out.key("counts");
  write(out, job.counts);
  out.key("pages").unsigned_integer(job.pages).key("announced").unsigned_integer(job.announced);
  out.key("removals_waiting").unsigned_integer(job.removals_waiting);
  out.key("removals_leaving").unsigned_integer(job.removals_leaving);
  write_instant(out, "leaving", job.leaving);
  write_instant(out, "heartbeat", job.heartbeat);
  if (now) out.key("stalled").boolean(harvest::is_stalled(job, *now));
  if (!job.plan.empty()) out.field("plan", job.plan);
  out.key("error");
  if (job.error)
    write(out, *job.error, detail);
  else
    out.null();
  if (detail == Detail::everything) {
    out.key("remarks");
    write(out, job.remarks);
  }
  out.end_object();
}

void write_members(json::Writer& out, const harvest::JobRecord& row, Detail detail) {
  out.field("outcome", harvest::to_string(row.outcome)).field("remote_id", row.remote_id);
  out.field("id", row.record_id).field("title", row.title).field("cause", row.cause);
  if (detail == Detail::everything) out.field("place", row.place).field("message", row.message).field("hint", row.hint);
}

void write(json::Writer& out, const harvest::JobRecord& row, Detail detail) {
  out.begin_object();
  write_members(out, row, detail);
  out.end_object();
}

void write(json::Writer& out, const store::Store::JobRecordPage& page, Detail detail) {
  out.begin_object().key("records").begin_array();
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    out.begin_object();
    if (i < page.numbers.size()) out.key("n").unsigned_integer(page.numbers[i]);
    write_members(out, page.rows[i], detail);
    out.end_object();
  }
  out.end_array().key("next_after");
  page.next != 0 ? out.unsigned_integer(page.next) : out.null();
  out.end_object();
}

}  // namespace moisson::api
