#include "api/operator_handlers.h"
#include "api/parameter.h"
#include "api/preview_json.h"
#include "api/source_body.h"

#include <memory>
#include <utility>

namespace moisson::api {
namespace {

http::Response told(const harvest::Plan& plan) {
  json::Writer out;
  write(out, plan);
  return json_response(out);
}

// A whole plan as one JSON document, a page of its records at a time.
class WholePlan final : public http::BodyStream {
 public:
  WholePlan(const store::Store& store, std::string id, std::string head)
      : store_(store), id_(std::move(id)), head_(std::move(head)) {}

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (ended_) return false;
    if (first_) {
      // The head is an object: the records become its last member.
      piece = head_.substr(0, head_.size() - 1) + ",\"records\":[";
    }
    const auto page = store_.plan_records(id_, std::nullopt, after_, rows_a_piece);
    if (!page) return page.error();
    for (const auto& row : page->rows) {
      if (!std::exchange(first_, false)) piece += ',';
      json::Writer out;
      write(out, row);
      piece += out.text();
    }
    first_ = false;
    after_ = page->next;
    ended_ = after_ == 0;
    if (ended_) piece += "]}";
    return true;
  }

 private:
  static constexpr std::size_t rows_a_piece = 200;
  const store::Store& store_;
  const std::string id_;
  const std::string head_;
  std::uint64_t after_ = 0;
  bool first_ = true;
  bool ended_ = false;
};

// What is to be read: a registered source, by "source", or one that is only described.
Result<harvest::HarvestSource> source_of(const Context& context, json::View body) {
  if (const auto id = body["source"].string()) {
    const auto status = context.store.source(*id);
    if (!status) return Error{ErrorCode::not_found, "there is no source of this id", "source", ""};
    return status->source;
  }
  const auto description = read_source_edit(body["description"]);
  if (!description) return description.error();
  return context.control.described(body["description"]["id"].string().value_or("preview"), *description);
}

// A plan of a registered source is for those who look after it; one of a source that is only described, for whoever
// knows its id. A foreign one is not told from one that is not there.
Result<harvest::Plan> plan_for(const Context& context, const http::Request& request, http::Role least) {
  auto plan = context.store.plan(http::first(request.captures, "id"));
  if (plan && context.store.source(plan->source_id) && !request.identity.may(least, plan->source_id))
    return Error{ErrorCode::not_found, "there is no such plan", "id", ""};
  return plan;
}

}  // namespace

Result<http::Response> begin_preview(const Context& context, const http::Request& request) {
  const auto body = json_body(request);
  if (!body) return body.error();
  const auto source = source_of(context, body->root());
  if (!source) return source.error();
  const auto limit = body->root()["limit"].integer().value_or(0);
  if (limit < 0) return Error{ErrorCode::invalid_input, "a limit is a number of records, 0 for all", "limit", ""};
  const auto plan = context.control.begin_preview(*source, static_cast<std::uint64_t>(limit));
  if (!plan) return plan.error();
  auto response = told(*plan);
  response.headers.set("Location", context.links.page("/api/v1/plans/" + plan->id));
  return response;
}

Result<http::Response> plan(const Context& context, const http::Request& request) {
  const auto found = plan_for(context, request, http::Role::reader);
  if (!found) return found.error();
  if (!flag(request, "download")) return told(*found);
  json::Writer head;
  write(head, *found);
  http::Response response;
  response.headers.set("Content-Type", "application/json");
  response.headers.set("Content-Disposition", "attachment; filename=\"plan-" + found->id + ".json\"");
  response.body = std::make_unique<WholePlan>(context.store, found->id, head.take());
  return response;
}

Result<http::Response> plan_records(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  if (const auto found = plan_for(context, request, http::Role::reader); !found) return found.error();
  const auto outcome = outcome_filter(request);
  if (!outcome) return outcome.error();
  const auto part = row_page(request);
  if (!part) return part.error();
  const auto page = context.store.plan_records(id, *outcome, part->after, part->limit);
  if (!page) return page.error();
  json::Writer out;
  out.begin_object().key("records").begin_array();
  for (const auto& row : page->rows) write(out, row);
  out.end_array().key("next_after");
  page->next != 0 ? out.unsigned_integer(page->next) : out.null();
  out.end_object();
  return json_response(out);
}

Result<http::Response> apply_plan(const Context& context, const http::Request& request) {
  if (const auto found = plan_for(context, request, http::Role::operator_); !found) return found.error();
  const auto started = context.control.apply(http::first(request.captures, "id"));
  if (!started) return started.error();
  return started_job(context, *started);
}

}  // namespace moisson::api
