#include "catalog.h"

#include "api/mcp.h"
#include "api/openapi.h"
#include "dcat/canonical_json.h"
#include "http/target.h"
#include "store/usage_book.h"

#include <moisson/core/uuid.h>

#include <stdexcept>

namespace moisson::api {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
  return std::move(*result);
}
void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
}

harvest::HarvestedRecord harvested(const Sheet& sheet) {
  dcat::Dataset dataset;
  dataset.title = {{sheet.title, "fr"}};
  dataset.description = {{"Description de " + sheet.title, "fr"}};
  dataset.theme = {{"http://publications.europa.eu/resource/authority/data-theme/" + sheet.theme, {}}};
  dataset.modified = Moment{std::chrono::sys_days{std::chrono::year{2024} / 1 / 2}, Precision::day};
  harvest::HarvestedRecord record;
  record.remote_id = sheet.remote_id;
  record.remote_url = "https://portal.example/" + sheet.remote_id;
  record.raw = {"application/json", "{\"title\":\"" + sheet.title + "\"}", "https://portal.example/api", "/result/0"};
  record.record = std::move(dataset);
  return record;
}

}  // namespace

Catalog::Catalog() : directory_(std::filesystem::temp_directory_path() / ("moisson-api-" + random_uuid())) {
  std::filesystem::create_directories(directory_);
  store_ = must(store::Store::open({.path = directory_ / "store.sqlite"}, clock_));
  index_ = must(index::Writer::open(directory_ / "index", store_->epoch()));
  context_ = std::make_unique<const Context>(
      Context{*store_,
              slot_,
              links::Links("http://catalog.example"),
              control_,
              clock_,
              "Catalogue",
              "fr",
              "build-1",
              [this] { return store_->last_seq() - projected_; },
              {},
              [this](std::string_view key, std::string_view name) { return store_->usage().name_client(key, name); }});
  auto table = routes(*context_);
  table.push_back(mcp_route(table, *context_));
  table.push_back(openapi_route(table, *context_));
  router_ = std::make_unique<http::Router>(std::move(table));
}

Catalog::~Catalog() {
  router_.reset();
  slot_.put(nullptr);
  index_.reset();
  store_.reset();
  std::filesystem::remove_all(directory_);
}

void Catalog::add_source(std::string id, std::string title, harvest::SourceState state) {
  harvest::HarvestSource source;
  source.id = id;
  source.title = std::move(title);
  source.kind = "ckan";
  source.url = "https://user:password@portal.example/" + id;
  source.options["api_key_file"] = "/run/secret";
  source.state = state;
  must(store_->writer().put_source(source));
}

std::int64_t Catalog::harvest(std::string_view source, const std::vector<Sheet>& sheets,
                              std::vector<harvest::JobRecord> left_out) {
  std::vector<harvest::HarvestedRecord> records;
  for (const Sheet& sheet : sheets) records.push_back(harvested(sheet));
  return harvest_records(source, std::move(records), std::move(left_out));
}

std::int64_t Catalog::harvest_records(std::string_view source, std::vector<harvest::HarvestedRecord> records,
                                      std::vector<harvest::JobRecord> left_out) {
  const auto status = must(store_->source(source));
  auto run = must(store_->writer().begin(source, true));
  const store::Mapping mapping(status.source, 1);
  store::Batch batch;
  for (harvest::HarvestedRecord& record : records)
    batch.drafts.push_back(must(store::make_draft(std::move(record), mapping)));
  batch.left_out = std::move(left_out);
  must(run.apply(batch));
  must(run.settle_moves(true));
  must(run.remove_unseen());
  must(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
  return run.job().id;
}

void Catalog::project() {
  const auto page = must(store_->changes(projected_, 5000, true));
  std::vector<index::Entry> entries;
  std::vector<std::uint64_t> removed;
  for (const store::Change& change : page.changes) {
    if (!change.record) {
      removed.push_back(change.row);
      continue;
    }
    const store::StoredRecord& stored = *change.record;
    index::Entry entry;
    entry.row = stored.row;
    entry.id = stored.id;
    entry.family_row = stored.family_row;
    entry.source_id = stored.source_id;
    entry.source_title = must(store_->source(stored.source_id)).source.title;
    entry.remote_id = stored.remote_id;
    entry.record = must(dcat::from_json(stored.json));
    entry.first_seen = stored.first_seen;
    entry.last_changed = stored.last_changed;
    entries.push_back(std::move(entry));
  }
  must(index_->apply(entries, removed, page.last_seq));
  slot_.put(must(index_->snapshot()));
  projected_ = page.last_seq;
}

Reply Catalog::get(std::string_view target, std::vector<std::pair<std::string, std::string>> headers) const {
  return send("GET", target, std::move(headers), {});
}

Reply Catalog::send(std::string_view method, std::string_view target,
                    std::vector<std::pair<std::string, std::string>> headers, std::string body) const {
  return ask(*router_, method, target, std::move(headers), std::move(body));
}

Reply ask(const http::Router& router, std::string_view method, std::string_view target,
          std::vector<std::pair<std::string, std::string>> headers, std::string body) {
  auto parsed = must(http::parse_target(target));
  http::Request request;
  request.method = method;
  request.body = std::move(body);
  request.target = target;
  request.path = std::move(parsed.path);
  request.query = std::move(parsed.query);
  for (auto& [name, value] : headers) request.headers.add(name, std::move(value));
  auto response = router.handle(request);
  Reply reply;
  reply.status = response.status;
  reply.headers = response.headers;
  if (auto* text = std::get_if<std::string>(&response.body)) {
    reply.body = std::move(*text);
  } else {
    auto& stream = *std::get<std::unique_ptr<http::BodyStream>>(response.body);
    for (std::string piece; must(stream.next(piece));) reply.body += piece;
  }
  const auto type = reply.headers.get("Content-Type");
  const bool whole = reply.status != 206;  // a part of a document is none
  if (whole && type.find("json") != std::string_view::npos && type.find("jsonl") == std::string_view::npos)
    reply.document = must(json::Document::parse(reply.body));
  return reply;
}

}  // namespace moisson::api
