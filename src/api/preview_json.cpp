#include "api/preview_json.h"

#include "api/job_json.h"
#include "dcat/canonical_json.h"

namespace moisson::api {

void write(json::Writer& out, const harvest::Preview& preview) {
  out.begin_object().field("outcome", harvest::to_string(preview.outcome)).key("complete").boolean(preview.complete);
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
  out.key("records").begin_array();
  for (const harvest::JobRecord& row : preview.records) write(out, row);
  out.end_array().key("sample").begin_array();
  for (const dcat::Record& record : preview.sample) out.raw(dcat::to_json(record));
  out.end_array().end_object();
}

}  // namespace moisson::api
