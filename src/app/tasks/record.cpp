#include "api/family_json.h"
#include "app/tasks/tasks.h"

#include <fmt/core.h>

namespace moisson::app::tasks {

namespace {

Result<void> family(Instance& instance, std::string_view id, const Emit& emit) {
  const auto copies = instance.store().family(id);
  if (!copies) return copies.error();
  const auto apart = instance.store().separated_from(id);
  if (!apart) return apart.error();
  json::Writer out;
  out.begin_object().field("event", "result").key("result").begin_object();
  api::write_family(out, id, *copies, instance.links());
  out.key("kept_apart_from").begin_array();
  for (const auto& other : *apart) out.string(other);
  out.end_array().end_object().end_object();
  emit(out.text());
  return {};
}

}  // namespace

Result<void> record(Instance& instance, json::View task, const Emit& emit) {
  const auto verb = task["verb"].string().value_or("");
  const std::string id(task["id"].string().value_or(""));
  auto& control = instance.control();
  if (verb == "family") return family(instance, id, emit);
  if (verb == "separate" || verb == "join") {
    const std::string other(task["other"].string().value_or(""));
    const bool apart = verb == "separate";
    if (const auto done = control.keep_apart(id, other, apart); !done) return done.error();
    wait_until_searchable(instance, emit);
    emit(message_event(fmt::format("{} {} {}", id, apart ? "is kept apart from" : "may be one thing with", other)));
    return {};
  }
  if (verb == "refresh") {
    const auto outcome = control.refresh(id);
    if (!outcome) return outcome.error();
    wait_until_searchable(instance, emit);
    emit(message_event(fmt::format("{} is {}", id, to_string(*outcome))));
    return {};
  }
  if (verb == "withdraw") {
    if (const auto done = control.withdraw(id); !done) return done.error();
    wait_until_searchable(instance, emit);
    emit(message_event(fmt::format("{} is withdrawn: no harvest brings it back until it is released", id)));
    return {};
  }
  if (const auto done = control.release(id); !done) return done.error();
  emit(message_event(fmt::format("{} is released: the next harvest that meets it brings it back", id)));
  return {};
}

}  // namespace moisson::app::tasks
