#include "api/source_json.h"

#include "core/text.h"
#include "core/url.h"

#include <moisson/harvest/harvester.h>

namespace moisson::api {
namespace {

// A list as a list. A file of this machine is nobody's to know.
void write_option(json::Writer& out, const harvest::HarvestSource& source, const std::string& name,
                  const std::string& value) {
  if (name.ends_with("_file")) return;
  const auto* harvester = harvest::find_harvester(source.kind);
  bool list = false;
  if (harvester != nullptr)
    for (const auto& option : harvester->options()) list = list || (option.name == name && option.list);
  if (!list) {
    out.field(name, value);
    return;
  }
  out.key(name).begin_array();
  for (const auto item : split(value, '\n')) out.string(item);
  out.end_array();
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
  out.field("window", source.window).field("blackout", source.blackout).key("grace_h").integer(source.grace.count());
  out.key("records").unsigned_integer(status.records);
  write_instant(out, "registered", status.registered);
  write_instant(out, "next_run", status.next_run);
  out.key("failures").unsigned_integer(status.failures);
  write_instant(out, "last_success", status.last_success);
  out.key("last_job");
  if (status.last_job)
    write(out, *status.last_job, detail);
  else
    out.null();
  if (detail == Detail::everything) {
    out.field("comment", source.comment).key("options").begin_object();
    for (const auto& [name, value] : source.options) write_option(out, source, name, value);
    out.end_object();
  }
  out.field("page", links.source(source.id)).end_object();
}

}  // namespace moisson::api
