#include "api/source_json.h"

#include "core/url.h"

namespace moisson::api {
namespace {

void write_instant(json::Writer& out, std::string_view name, const std::optional<Instant>& instant) {
  out.key(name);
  instant ? out.string(format_rfc3339(*instant)) : out.null();
}

}  // namespace

std::string public_address(const harvest::HarvestSource& source) {
  auto url = parse_url(source.url);
  if (!url || url->userinfo.empty()) return source.url;
  url->userinfo.clear();
  return url->text();
}

void write(json::Writer& out, const store::SourceStatus& status, const links::Links& links, Detail detail) {
  const harvest::HarvestSource& source = status.source;
  out.begin_object().field("id", source.id).field("title", source.title).field("kind", source.kind);
  out.field("url", public_address(source)).field("state", harvest::to_string(source.state));
  out.field("origin", source.origin == harvest::SourceOrigin::configuration ? "configuration" : "operators");
  out.field("schedule", source.schedule).field("timezone", source.timezone);
  out.field("language", source.language).field("territory", source.territory);
  out.key("records").unsigned_integer(status.records);
  write_instant(out, "registered", status.registered);
  write_instant(out, "next_run", status.next_run);
  write_instant(out, "last_success", status.last_success);
  out.key("last_job");
  if (status.last_job)
    write(out, *status.last_job, detail);
  else
    out.null();
  out.field("page", links.source(source.id)).end_object();
}

}  // namespace moisson::api
