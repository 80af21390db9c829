#include "api/source_body.h"
#include "api/source_json.h"
#include "app/tasks/tasks.h"
#include "core/secret_file.h"

#include <fmt/core.h>

#include <algorithm>

namespace moisson::app::tasks {

namespace {

using moisson::harvest::SourceEdit;
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

// A secret stands in no command line: others of the machine may read those.
Result<void> read_secrets(json::View task, SourceEdit& edit) {
  for (const auto& given : strings(task["secret_files"])) {
    const auto equals = std::min(given.find('='), given.size());
    auto secret = read_secret(given.substr(std::min(equals + 1, given.size())));
    if (!secret) return secret.error();
    edit.secrets[given.substr(0, equals)] = std::move(*secret);
  }
  return {};
}

// What becomes of the state by each verb.
std::optional<SourceState> state_by(std::string_view verb) {
  if (verb == "submit") return SourceState::submitted;
  if (verb == "accept" || verb == "resume") return SourceState::active;
  if (verb == "decline") return SourceState::declined;
  if (verb == "pause") return SourceState::paused;
  return std::nullopt;
}

}  // namespace

Result<void> source(Instance& instance, json::View task, const Emit& emit) {
  const auto verb = text(task["verb"]), id = text(task["id"]);
  if (verb == "list") return list(instance, emit);
  auto& control = instance.control();
  if (verb == "remove") {
    const auto removed = control.retire_source(id, task["purge"].boolean().value_or(false));
    if (!removed) return removed.error();
    wait_until_searchable(instance, emit);
    emit(message_event(fmt::format("{} is retired, {} records removed", id, *removed)));
    return {};
  }
  auto edit = api::read_source_edit(task["edit"]);
  if (!edit) return edit.error();
  if (const auto read = read_secrets(task, *edit); !read) return read.error();
  if (verb == "add") {
    // Who is at the shell needs nobody to accept it.
    edit->state = task["draft"].boolean().value_or(false) ? SourceState::draft : SourceState::active;
    const auto added = control.add_source(id, *edit);
    if (!added) return added.error();
    emit(message_event(fmt::format("{} is registered and {}", id, to_string(added->state))));
    return {};
  }
  edit->state = state_by(verb);
  const auto changed = control.change_source(id, *edit);
  if (!changed) return changed.error();
  emit(message_event(fmt::format("{} is {}", id, to_string(changed->state))));
  return {};
}

}  // namespace moisson::app::tasks
