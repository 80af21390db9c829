#include "api/preview_json.h"

#include "api/job_json.h"
#include "dcat/canonical_json.h"

namespace moisson::api {

void write(json::Writer& out, const harvest::PlannedRecord& planned) {
  out.begin_object();
  write_members(out, planned.record, Detail::everything);
  out.key("changes").begin_array();
  for (const auto& change : planned.changes)
    out.begin_object()
        .field("field", change.field)
        .field("before", change.before)
        .field("after", change.after)
        .end_object();
  out.end_array().end_object();
}

void write(json::Writer& out, const harvest::Plan& plan) {
  const harvest::Preview& preview = plan.preview;
  out.begin_object()
      .field("id", plan.id)
      .field("source", plan.source_id)
      .field("state", plan.ready ? "ready" : "reading");
  out.field("created", format_rfc3339(plan.created)).field("expires", format_rfc3339(plan.expires));
  out.field("outcome", harvest::to_string(preview.outcome)).key("complete").boolean(preview.complete);
  out.key("announced").unsigned_integer(preview.announced).key("counts");
  write(out, preview.counts);
  out.key("error");
  if (preview.error)
    write(out, *preview.error, Detail::everything);
  else
    out.null();
  out.key("remarks");
  write(out, preview.remarks);
  out.key("mapping");
  write(out, preview.mapping);
  out.key("sample").begin_array();
  for (const dcat::Record& record : preview.sample) out.raw(dcat::to_json(record));
  out.end_array();
  if (!preview.records.empty()) {
    out.key("records").begin_array();
    for (const auto& planned : preview.records) write(out, planned);
    out.end_array();
  }
  out.end_object();
}

}  // namespace moisson::api
