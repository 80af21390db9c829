#include "api/job_json.h"
#include "api/operator_handlers.h"
#include "api/parameter.h"

#include <charconv>
#include <memory>

namespace moisson::api {
namespace {

Result<http::Response> told(const Result<harvest::HarvestJob>& job) {
  if (!job) return job.error();
  json::Writer out;
  write(out, *job);
  return json_response(out);
}

using Decide = Result<harvest::HarvestJob> (harvest::HarvestControl::*)(std::int64_t);

Result<http::Response> decide(const Context& context, const http::Request& request, Decide decision) {
  const auto id = job_number(request);
  if (!id) return id.error();
  return told((context.control.*decision)(*id));
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> columns() {
  return {"outcome", "remote_id", "id", "title", "cause", "place", "message", "hint"};
}

std::vector<std::string> cells(const harvest::JobRecord& row) {
  return {std::string(harvest::to_string(row.outcome)),
          row.remote_id,
          row.record_id,
          row.title,
          row.cause,
          row.place,
          row.message,
          row.hint};
}

// A report as CSV, a page of rows at a time.
class RecordsCsv final : public http::BodyStream {
 public:
  RecordsCsv(const store::Store& store, std::int64_t job, std::optional<harvest::RecordOutcome> outcome,
             const CsvForm& form)
      : store_(store), job_(job), outcome_(outcome), form_(form) {}

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (ended_) return false;
    if (first_) {
      piece += csv_beginning(form_);
      append_row(piece, columns(), form_);
      first_ = false;
    }
    const auto page = store_.job_records(job_, outcome_, after_, rows_a_piece);
    if (!page) return page.error();
    for (const auto& row : page->rows) append_row(piece, cells(row), form_);
    after_ = page->next;
    ended_ = after_ == 0;
    return true;
  }

 private:
  static constexpr std::size_t rows_a_piece = 500;
  const store::Store& store_;
  const std::int64_t job_;
  const std::optional<harvest::RecordOutcome> outcome_;
  const CsvForm form_;
  std::uint64_t after_ = 0;
  bool first_ = true;
  bool ended_ = false;
};

}  // namespace

Result<http::Response> approve_job(const Context& context, const http::Request& request) {
  return decide(context, request, &harvest::HarvestControl::approve);
}
Result<http::Response> reject_job(const Context& context, const http::Request& request) {
  return decide(context, request, &harvest::HarvestControl::reject);
}
Result<http::Response> undo_job(const Context& context, const http::Request& request) {
  return decide(context, request, &harvest::HarvestControl::undo);
}

Result<http::Response> stop_job(const Context& context, const http::Request& request) {
  const auto id = job_number(request);
  if (!id) return id.error();
  if (const auto stopped = context.control.stop(*id); !stopped) return stopped.error();
  return told(context.store.job(*id));  // it ends at its next record
}

Result<http::Response> job_removals(const Context& context, const http::Request& request) {
  const auto id = job_number(request);
  if (!id) return id.error();
  if (const auto job = context.store.job(*id); !job) return job.error();
  const auto part = row_page(request);
  if (!part) return part.error();
  const auto page = context.store.removals(*id, part->after, part->limit);
  if (!page) return page.error();
  json::Writer out;
  write(out, *page);
  return json_response(out);
}

Result<http::Response> job_record(const Context& context, const http::Request& request) {
  const auto id = job_number(request);
  if (!id) return id.error();
  const auto n = number_in(http::first(request.captures, "n"));
  if (!n) return Error{ErrorCode::not_found, "no such row", "n", ""};
  auto entry = context.store.job_record(*id, *n);
  if (!entry) return entry.error();
  // Of a record that is in the catalog, what it came from and became last.
  const auto stored = context.store.record(entry->record.record_id);
  if (!entry->raw && stored)
    if (auto raw = context.store.raw(entry->record.record_id)) entry->raw = std::move(*raw);
  json::Writer out;
  out.begin_object().key("record");
  write(out, entry->record);
  out.key("raw");
  if (entry->raw)
    out.begin_object()
        .field("media_type", entry->raw->media_type)
        .field("page_url", entry->raw->page_url)
        .field("pointer", entry->raw->pointer)
        .field("text", entry->raw->bytes)
        .end_object();
  else
    out.null();
  out.key("mapped");
  stored ? out.raw(stored->json) : out.null();
  out.end_object();
  return json_response(out);
}

Result<http::Response> job_records_csv(const Context& context, const http::Request& request) {
  const auto id = job_number(request);
  if (!id) return id.error();
  if (const auto job = context.store.job(*id); !job) return job.error();
  const auto outcome = outcome_filter(request);
  if (!outcome) return outcome.error();
  const auto form = csv_form(request);
  if (!form) return form.error();
  http::Response response;
  response.headers.set("Content-Type", "text/csv; charset=utf-8");
  response.headers.set("Content-Disposition", "attachment; filename=\"job-" + std::to_string(*id) + ".csv\"");
  response.body = std::make_unique<RecordsCsv>(context.store, *id, *outcome, *form);
  return response;
}

}  // namespace moisson::api
