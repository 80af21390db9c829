#include "api/routes.h"

#include "api/handlers.h"
#include "api/search_parameters.h"
#include "http/problem.h"

namespace moisson::api {
namespace {

using Parameters = std::vector<http::RouteParameter>;

constexpr http::RouteParameter dataset_id{"id", "path", "the record's UUID"};
constexpr http::RouteParameter source_id{"id", "path", "the source's id"};
constexpr http::RouteParameter job_id{"id", "path", "the job's number", "integer"};
constexpr http::RouteParameter language{"lang", "query", "language of labels, BCP 47; the catalog's if left out"};

Parameters with(Parameters parameters, const http::RouteParameter& more) {
  parameters.push_back(more);
  return parameters;
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
  using Function = Result<http::Response> (*)(const Context&, const http::Request&);
  const auto by = [&](Function function) -> http::Handler {
    return [context, function](const http::Request& request) {
      auto response = function(context, request);
      return response ? std::move(*response) : http::problem(response.error());
    };
  };
  return {
      {"GET", "/api/v1/datasets", by(search_datasets), "Search the catalog", "catalog", "application/json", search_parameters()},
      {"GET", "/api/v1/datasets/{id}", by(dataset), "A whole record, with where it comes from", "catalog", "application/json", {dataset_id}},
      {"GET", "/api/v1/datasets/{id}/raw", by(dataset_raw), "A record as its portal gave it", "catalog", "*/*", {dataset_id}},
      {"GET", "/datasets/{id}.{format}", by(dataset_export), "A record as linked data, in DCAT-AP", "catalog", "text/turtle",
       {dataset_id, {"format", "path", "ttl, rdf, nt or json"}}},
      {"GET", "/datasets.csv", by(datasets_csv), "Any search as CSV (RFC 4180), whole, in a fixed order", "catalog", "text/csv",
       with(search_parameters(), {"defuse", "query", "puts an apostrophe before cells that a spreadsheet would run as formulas", "boolean"})},
      {"GET", "/api/v1/suggest", by(suggestions), "What titles, publishers, themes and keywords begin like", "catalog", "application/json",
       {{"q", "query", "the beginning"}, {"limit", "query", "1 to 20, 10 if left out", "integer"}, language}, 60},
      {"GET", "/api/v1/changes", by(changes), "What changed since: replay it to keep a copy of the catalog", "catalog", "application/json",
       {{"since", "query", "next_since of the last answer (EPOCH:SEQ); 0 or nothing: from the start; 410: begin again"},
        {"limit", "query", "1 to 5,000, 1,000 if left out; with records 1 to 500, 100 if left out", "integer"},
        {"include", "query", "record: each upsert with its record"}}},
      {"GET", "/api/v1/sources", by(sources), "The portals that are harvested", "harvest", "application/json"},
      {"GET", "/api/v1/sources/{id}", by(source), "A source, its state and its last job", "harvest", "application/json", {source_id}},
      {"GET", "/api/v1/sources/{id}/jobs", by(source_jobs), "Jobs of a source, the newest first", "harvest", "application/json",
       {source_id, {"limit", "query", "1 to 100, 20 if left out", "integer"}, {"before", "query", "next_before of the last answer", "integer"}}},
      {"GET", "/api/v1/jobs/{id}", by(job), "A job, its outcome and counts", "harvest", "application/json", {job_id}},
      {"GET", "/api/v1/jobs/{id}/records", by(job_records), "What became of each record of a job, with the word of its cause", "harvest", "application/json",
       {job_id,
        {"outcome", "query", "created, updated, unchanged, moved, skipped, failed or removed"},
        {"limit", "query", "1 to 1,000, 100 if left out", "integer"},
        {"after", "query", "next_after of the last answer", "integer"}}},
      {"GET", "/healthz", by(health), "Whether the process answers", "operations", "text/plain"},
      {"GET", "/readyz", by(readiness), "Whether the catalog can be searched, and how far the index is behind", "operations", "application/json"},
      {"GET", "/metrics", by(metrics), "Figures for Prometheus", "operations", "text/plain"},
  };
}

}  // namespace moisson::api
