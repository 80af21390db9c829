#include "api/job_json.h"

#include "core/cause.h"

namespace moisson::api {

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

void write(json::Writer& out, const harvest::HarvestJob& job, Detail detail) {
  out.begin_object().key("id").integer(job.id).field("source", job.source_id);
  out.field("outcome", harvest::to_string(job.outcome)).key("full").boolean(job.full);
  out.field("started", format_rfc3339(job.started)).key("ended");
  job.ended ? out.string(format_rfc3339(*job.ended)) : out.null();
  out.key("counts");
  write(out, job.counts);
  out.key("pages").unsigned_integer(job.pages).key("announced").unsigned_integer(job.announced);
  out.key("removals_waiting").unsigned_integer(job.removals_waiting).key("error");
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

void write(json::Writer& out, const harvest::JobRecord& row, Detail detail) {
  out.begin_object().field("outcome", harvest::to_string(row.outcome)).field("remote_id", row.remote_id);
  out.field("id", row.record_id).field("title", row.title).field("cause", row.cause);
  if (detail == Detail::everything) out.field("place", row.place).field("message", row.message).field("hint", row.hint);
  out.end_object();
}

}  // namespace moisson::api
