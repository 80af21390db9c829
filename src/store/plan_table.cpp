#include "store/plan_table.h"

#include "core/json.h"
#include "dcat/canonical_json.h"
#include "store/rows.h"

#include <string>
#include <utility>

namespace moisson::store {
namespace {

using harvest::Counts;
using harvest::FieldChange;
using harvest::Plan;
using harvest::PlannedRecord;
using harvest::Preview;
using harvest::RecordOutcome;

constexpr RecordOutcome outcomes[] = {RecordOutcome::created, RecordOutcome::updated, RecordOutcome::unchanged,
                                      RecordOutcome::moved,   RecordOutcome::skipped, RecordOutcome::failed,
                                      RecordOutcome::removed};

// What a plan found, but for its records: one JSON text, for nobody asks the store about its parts.
std::string document_of(const Preview& preview) {
  json::Writer out;
  out.begin_object().field("outcome", to_string(preview.outcome)).key("complete").boolean(preview.complete);
  out.key("announced").unsigned_integer(preview.announced).key("counts").begin_object();
  for (const auto outcome : outcomes) out.key(to_string(outcome)).unsigned_integer(preview.counts[outcome]);
  out.end_object().key("remarks").raw(findings_json(preview.remarks)).key("mapping").begin_array();
  for (const auto& tally : preview.mapping) {
    out.begin_object()
        .field("use", to_string(tally.use))
        .field("property", tally.property)
        .field("example", tally.example);
    out.field("record", tally.record).key("count").unsigned_integer(tally.count).end_object();
  }
  out.end_array().key("sample").begin_array();
  for (const auto& record : preview.sample) out.raw(dcat::to_json(record));
  out.end_array();
  if (preview.error) {
    const Error& error = *preview.error;
    out.key("error").begin_object().field("code", to_string(error.code)).field("message", error.message);
    out.field("where", error.where).field("hint", error.hint).field("cause", error.cause).end_object();
  }
  out.end_object();
  return out.take();
}

Preview preview_from(std::string_view text) {
  Preview preview;
  const auto document = json::Document::parse(text);
  if (document.has_error()) return preview;
  const json::View root = document->root();
  preview.outcome = harvest::job_outcome(root["outcome"].text()).value_or(harvest::JobOutcome::failed);
  preview.complete = root["complete"].boolean().value_or(false);
  const auto number = [](json::View value) { return static_cast<std::uint64_t>(value.integer().value_or(0)); };
  preview.announced = number(root["announced"]);
  for (const auto outcome : outcomes) preview.counts[outcome] = number(root["counts"][to_string(outcome)]);
  preview.remarks = findings_from(root["remarks"].dump());
  for (const json::View tally : root["mapping"].items())
    preview.mapping.push_back({dcat::property_use(tally["use"].text()).value_or(dcat::PropertyUse::read),
                               tally["property"].text(), number(tally["count"]), tally["example"].text(),
                               tally["record"].text()});
  for (const json::View item : root["sample"].items())
    if (auto record = dcat::from_json(item.dump()); record.has_value()) preview.sample.push_back(std::move(*record));
  if (const json::View error = root["error"]; error.exists())
    preview.error = Error{error_code_from(error["code"].text()), error["message"].text(), error["where"].text(),
                          error["hint"].text(), error["cause"].text()};
  return preview;
}

std::string changes_json(const std::vector<FieldChange>& changes) {
  json::Writer out;
  out.begin_array();
  for (const auto& change : changes)
    out.begin_object()
        .field("field", change.field)
        .field("before", change.before)
        .field("after", change.after)
        .end_object();
  out.end_array();
  return out.take();
}

std::vector<FieldChange> changes_from(std::string_view text) {
  std::vector<FieldChange> changes;
  if (const auto document = json::Document::parse(text); document.has_value())
    for (const json::View item : document->root().items())
      changes.push_back({item["field"].text(), item["before"].text(), item["after"].text()});
  return changes;
}

}  // namespace

void PlanTable::put(const Plan& plan) {
  const std::string document = document_of(plan.preview);
  database_.run(
      "INSERT OR REPLACE INTO plan (id, source, description, ready, created, expires, document) VALUES (?, ?, ?, ?, ?, "
      "?, ?)",
      plan.id, plan.source_id, plan.description, plan.ready, plan.created, plan.expires, document);
  database_.run("DELETE FROM plan_record WHERE plan = ?", plan.id);
  std::uint64_t number = 0;
  for (const auto& [record, content_hash, changes] : plan.preview.records) {
    const std::string changed = changes_json(changes);
    database_.run(
        "INSERT INTO plan_record (plan, n, outcome, remote_id, record_id, title, cause, place, message, hint, "
        "content_hash, changes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        plan.id, ++number, to_string(record.outcome), record.remote_id, record.record_id, record.title, record.cause,
        record.place, record.message, record.hint, content_hash, changed);
  }
}

std::optional<Plan> PlanTable::find(std::string_view id) {
  auto query =
      database_.query("SELECT id, source, description, ready, created, expires, document FROM plan WHERE id = ?", id);
  if (!query.next()) return std::nullopt;
  return Plan{query.string(0),
              query.string(1),
              query.string(2),
              query.integer(3) != 0,
              query.instant(4),
              query.instant(5),
              preview_from(query.text(6))};
}

std::vector<PlanTable::Row> PlanTable::rows(std::string_view id, std::string_view outcome, std::uint64_t after,
                                            std::size_t limit) {
  static const std::string sql =
      "SELECT n, " + std::string(job_record_columns) +
      ", content_hash, changes FROM plan_record WHERE plan = ?1 AND n > ?2 AND (?3 = '' OR outcome = ?3) "
      "ORDER BY n LIMIT ?4";
  auto query = database_.query(sql, id, after, outcome, limit);
  std::vector<Row> rows;
  while (query.next())
    rows.push_back({query.number(0), {job_record_from(query, 1), query.string(9), changes_from(query.text(10))}});
  return rows;
}

void PlanTable::forget_expired(Instant now) {
  if (database_.run("DELETE FROM plan WHERE expires <= ?", now) > 0) forget_rows();
}

void PlanTable::forget_unfinished() {
  if (database_.run("DELETE FROM plan WHERE NOT ready") > 0) forget_rows();
}

void PlanTable::forget_of_source(std::string_view source_id) {
  if (database_.run("DELETE FROM plan WHERE source = ?", source_id) > 0) forget_rows();
}

void PlanTable::forget_rows() { database_.run("DELETE FROM plan_record WHERE plan NOT IN (SELECT id FROM plan)"); }

}  // namespace moisson::store
