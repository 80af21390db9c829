#include "notify/webhook.h"

#include "core/hash.h"
#include "core/json.h"

namespace moisson::notify {

std::string webhook_body(std::int64_t delivery, std::string_view event, const harvest::HarvestJob& job,
                         std::string_view job_url) {
  using harvest::RecordOutcome;
  json::Writer out;
  out.begin_object().key("delivery").integer(delivery).field("event", event).field("source", job.source_id);
  out.key("job").begin_object().key("id").integer(job.id).field("outcome", to_string(job.outcome));
  out.field("started", format_rfc3339(job.started)).key("ended");
  job.ended ? out.string(format_rfc3339(*job.ended)) : out.null();
  out.key("counts").begin_object();
  for (const auto outcome :
       {RecordOutcome::created, RecordOutcome::updated, RecordOutcome::unchanged, RecordOutcome::moved,
        RecordOutcome::skipped, RecordOutcome::failed, RecordOutcome::removed})
    out.key(to_string(outcome)).unsigned_integer(job.counts[outcome]);
  out.end_object()
      .key("removals_waiting")
      .unsigned_integer(job.removals_waiting)
      .field("url", job_url)
      .end_object()
      .end_object();
  return out.take();
}

std::string webhook_signature(std::string_view secret, Instant now, std::string_view body) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const std::string time = std::to_string(seconds);
  return "t=" + time + ",v1=" + hex(hmac_sha256(secret, time + "." + std::string(body)));
}

}  // namespace moisson::notify
