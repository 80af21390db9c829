#include "api/source_json.h"
#include "app/tasks/tasks.h"
#include "core/url.h"
#include "harvest/schedule.h"
#include "store/writer.h"

#include <fmt/core.h>

#include <algorithm>

namespace moisson::app::tasks {

namespace {

using moisson::harvest::HarvestSource;
using moisson::harvest::SourceOrigin;
using moisson::harvest::SourceState;

std::string text(json::View view) { return std::string(view.string().value_or("")); }

Result<void> list(Instance& instance, const Emit& emit) {
  const auto sources = instance.store().sources();
  if (!sources) return sources.error();
  json::Writer out;
  out.begin_object().field("event", "result").key("result").begin_object().key("sources").begin_array();
  for (const auto& status : *sources) api::write(out, status, instance.links());
  out.end_array().end_object().end_object();
  emit(out.text());
  return {};
}

bool is_source_id(std::string_view id) {
  return id.size() >= 2 && id.size() <= 60 &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<HarvestSource> described(json::View task) {
  HarvestSource source;
  source.id = text(task["id"]);
  source.kind = text(task["kind"]);
  source.url = text(task["url"]);
  source.title = text(task["title"]).empty() ? source.id : text(task["title"]);
  source.schedule = text(task["schedule"]);
  source.origin = SourceOrigin::operators;
  if (!is_source_id(source.id)) return Error{ErrorCode::invalid_input, "an id is 2 to 60 of a-z, 0-9 and -", "id", ""};
  if (!moisson::harvest::find_harvester(source.kind)) {
    std::string kinds;
    for (const auto* harvester : moisson::harvest::all_harvesters()) kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", harvester->kind());
    return Error{ErrorCode::invalid_input, "there is no kind '" + source.kind + "'", "kind", "known kinds: " + kinds};
  }
  if (!is_web_url(source.url)) return Error{ErrorCode::invalid_input, "the address is not http or https", "url", ""};
  if (const auto checked = moisson::harvest::check_schedule(source.schedule, source.timezone); !checked)
    return at("schedule", checked.error());
  return source;
}

// Sources of the configuration file are changed there.
Result<HarvestSource> changeable(Instance& instance, json::View task) {
  const auto status = instance.store().source(text(task["id"]));
  if (!status) return status.error();
  if (status->source.origin == SourceOrigin::configuration)
    return Error{ErrorCode::conflict, "this source is described by the configuration file", status->source.id, "change it there, and restart"};
  return status->source;
}

}  // namespace

Result<void> source(Instance& instance, json::View task, const Emit& emit) {
  const auto verb = text(task["verb"]);
  if (verb == "list") return list(instance, emit);
  auto& writer = instance.store().writer();
  if (verb == "add") {
    const auto source = described(task);
    if (!source) return source.error();
    if (instance.store().source(source->id)) return Error{ErrorCode::conflict, "there is a source of this id", source->id, ""};
    if (const auto put = writer.put_source(*source); !put) return put.error();
    const auto next = moisson::harvest::next_run(source->schedule, source->timezone, source->id, std::nullopt, instance.clock().now());
    if (!next) return next.error();
    if (const auto planned = writer.set_next_run(source->id, *next); !planned) return planned.error();
    emit(message_event(fmt::format("{} is registered: moisson harvest … {}", source->id, source->id)));
    return {};
  }
  const auto source = changeable(instance, task);
  if (!source) return source.error();
  if (verb == "remove") {
    const auto removed = writer.retire_source(source->id, task["purge"].boolean().value_or(false));
    if (!removed) return removed.error();
    wait_until_searchable(instance, emit);
    emit(message_event(fmt::format("{} is retired, {} records removed", source->id, *removed)));
    return {};
  }
  const auto state = verb == "pause" ? SourceState::paused : SourceState::active;
  if (const auto set = writer.set_state(source->id, state); !set) return set.error();
  emit(message_event(fmt::format("{} is {}", source->id, to_string(state))));
  return {};
}

}  // namespace moisson::app::tasks
