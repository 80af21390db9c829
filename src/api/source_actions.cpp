#include "api/operator_handlers.h"
#include "api/parameter.h"
#include "api/source_body.h"
#include "api/source_json.h"

#include <moisson/harvest/harvester.h>

namespace moisson::api {
namespace {

using harvest::SourceState;

// As an operator sees it: with its options, and the names of its secrets.
Result<http::Response> told(const Context& context, std::string_view id) {
  const auto source = context.store.source(id);
  if (!source) return source.error();
  const auto secrets = context.store.secret_names(id);
  if (!secrets) return secrets.error();
  json::Writer out;
  out.begin_object().key("source");
  write(out, *source, context.links);
  out.key("secrets").begin_array();
  for (const auto& name : *secrets) out.string(name);
  out.end_array().end_object();
  return json_response(out);
}

// Whether a submitted source is accepted or declined is for an administrator to say.
Result<void> may_decide(const Context& context, const http::Request& request, std::string_view id,
                        std::optional<SourceState> state) {
  if (!state || request.identity.may(http::Role::administrator)) return {};
  const auto before = context.store.source(id);
  if (!before) return before.error();
  const bool decision = before->source.state == SourceState::submitted &&
                        (*state == SourceState::active || *state == SourceState::declined);
  if (!decision) return {};
  return Error{ErrorCode::refused, "an administrator accepts or declines a source", "state", ""};
}

}  // namespace

Result<http::Response> add_source(const Context& context, const http::Request& request) {
  const auto body = json_body(request);
  if (!body) return body.error();
  const auto id = body->root()["id"].string();
  if (!id) return Error{ErrorCode::invalid_input, "a source needs an id", "id", "2 to 60 of a-z, 0-9 and -"};
  const auto description = read_source_edit(body->root());
  if (!description) return description.error();
  const SourceState state = description->state.value_or(SourceState::draft);
  if (state != SourceState::draft && state != SourceState::submitted)
    return Error{ErrorCode::invalid_input, "a new source is draft or submitted", "state",
                 "an administrator accepts it"};
  const auto added = context.control.add_source(*id, *description, request.identity.account);
  if (!added) return added.error();
  auto response = told(context, *id);
  if (response) response->headers.set("Location", context.links.page("/api/v1/sources/" + added->id));
  return response;
}

Result<http::Response> change_source(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  const auto body = json_body(request);
  if (!body) return body.error();
  const auto edit = read_source_edit(body->root());
  if (!edit) return edit.error();
  if (const auto allowed = may_decide(context, request, id, edit->state); !allowed) return allowed.error();
  if (const auto changed = context.control.change_source(id, *edit); !changed) return changed.error();
  return told(context, id);
}

Result<http::Response> remove_source(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  const auto removed = context.control.retire_source(id, flag(request, "purge"));
  if (!removed) return removed.error();
  json::Writer out;
  out.begin_object().field("id", id).field("state", to_string(SourceState::retired));
  out.key("removed").unsigned_integer(*removed).end_object();
  return json_response(out);
}

Result<http::Response> start_harvest(const Context& context, const http::Request& request) {
  const auto started = context.control.start(http::first(request.captures, "id"), flag(request, "full"));
  if (!started) return started.error();
  return started_job(context, *started);
}

Result<http::Response> started_job(const Context& context, std::int64_t id) {
  const auto job = context.store.job(id);
  if (!job) return job.error();
  json::Writer out;
  write(out, *job);
  auto response = json_response(out);
  response.headers.set("Location", context.links.page("/api/v1/jobs/" + std::to_string(id)));
  return response;
}

Result<http::Response> kinds(const Context&, const http::Request&) {
  json::Writer out;
  out.begin_object().key("kinds").begin_array();
  for (const auto* harvester : harvest::all_harvesters()) {
    out.begin_object().field("name", harvester->kind()).field("documentation", harvester->documentation());
    out.key("options").begin_array();
    for (const auto& option : harvester->options()) {
      out.begin_object().field("name", option.name).field("documentation", option.documentation);
      out.key("list").boolean(option.list).key("secret").boolean(option.secret).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return json_response(out);
}

}  // namespace moisson::api
