#include "api/routes.h"

#include "api/ckan_action.h"
#include "api/handlers.h"
#include "api/operator_routes.h"
#include "api/search_parameters.h"
#include "http/problem.h"

#include <algorithm>
#include <iterator>

namespace moisson::api {
namespace {

using Parameters = std::vector<http::RouteParameter>;

constexpr http::RouteParameter dataset_id{"id", "path", "the record's UUID"};
constexpr http::RouteParameter source_id{"id", "path", "the source's id"};
constexpr http::RouteParameter job_id{"id", "path", "the job's number", "integer"};
constexpr http::RouteParameter defuse{
    "defuse", "query", "puts an apostrophe before cells that a spreadsheet would run as formulas", "boolean"};
constexpr http::RouteParameter delimiter{"delimiter", "query", "between cells: , (if left out), ; or tab"};
constexpr http::RouteParameter byte_order_mark{
    "bom", "query", "begins the file with a byte order mark, which some spreadsheets need to see UTF-8", "boolean"};
constexpr http::RouteParameter first_day{"from", "query", "a day as 2026-01-15; 30 days before the last if left out"};
constexpr http::RouteParameter last_day{"to", "query", "a day, today if left out; at most 100 days at once"};
constexpr http::RouteParameter language{"lang", "query", "language of labels, BCP 47; the catalog's if left out"};

Parameters with(Parameters parameters, const http::RouteParameter& more) {
  parameters.push_back(more);
  return parameters;
}

// Those of a search that a whole reading of the catalog obeys.
Parameters catalog_parameters() {
  Parameters parameters = search_parameters();
  std::erase_if(parameters, [](const http::RouteParameter& parameter) {
    constexpr std::string_view ignored[] = {"page", "page_size", "sort", "facets", "facet_size", "explain"};
    return std::find(std::begin(ignored), std::end(ignored), parameter.name) != std::end(ignored);
  });
  return parameters;
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
  using Function = Result<http::Response> (*)(const Context&, const http::Request&);
  const auto get = [&](std::string_view pattern, Function function, std::string_view summary, std::string_view tag,
                       Parameters parameters = {}, std::string_view media_type = "application/json") {
    http::Route route{"GET", pattern, {}, summary, tag, media_type, std::move(parameters)};
    route.handler = [context, function](const http::Request& request) {
      auto response = function(context, request);
      return response ? std::move(*response) : http::problem(response.error());
    };
    return route;
  };
  // A key speaks for itself, whatever its role: these handlers answer 401 where none is shown.
  const auto of_key = [](std::string_view method, http::Route route) {
    route.method = method;
    route.access = http::Role::everyone;
    route.personal = true;
    return route;
  };
  std::vector<http::Route> table{
      get("/api/v1/datasets", search_datasets,
          "Search the catalog; what several portals have is one result, with also_in", "catalog", search_parameters()),
      get("/api/v1/datasets/{id}", dataset, "A whole record, with where it comes from and its copies on other portals",
          "catalog", {dataset_id}),
      get("/api/v1/datasets/{id}/raw", dataset_raw, "A record as its portal gave it", "catalog", {dataset_id}, "*/*"),
      get("/datasets/{id}.{format}", dataset_export, "A record as linked data, in DCAT-AP", "catalog",
          {dataset_id, {"format", "path", "ttl, rdf, nt, jsonld or json"}}, "text/turtle"),
      get("/catalog.{format}", catalog_export,
          "The catalog, or any search, as linked data in DCAT-AP, page by page (hydra:next) in a fixed order, with "
          "every "
          "portal's copy of what several have",
          "exports",
          with(with(catalog_parameters(), {"format", "path", "ttl, rdf, jsonld or nt"}),
               {"page_size", "query", "records a page, 1 to 500, 100 if left out", "integer"}),
          "text/turtle"),
      get("/catalog", catalog, "Sends each reader to the catalog in the format that Accept likes best", "exports",
          catalog_parameters(), "text/turtle"),
      get("/datasets.csv", datasets_csv,
          "Any search as CSV (RFC 4180), whole, in a fixed order, with every portal's copy of what several have",
          "exports", with(with(with(catalog_parameters(), delimiter), byte_order_mark), defuse), "text/csv"),
      get("/datasets.atom", atom, "Any search as an Atom feed, page by page", "exports", search_parameters(),
          "application/atom+xml"),
      get("/dumps/{name}", dumps,
          "The whole catalog as one file, from one commit; the same bytes while nothing changes, so a Range goes on "
          "where a transfer was cut",
          "exports",
          {{"name", "path",
            "datasets.csv, distributions.csv, sources.csv, records.jsonl, catalog.ttl, catalog.nt, catalog.rdf or "
            "catalog.jsonld"},
           delimiter,
           byte_order_mark,
           defuse},
          "*/*"),
      get("/opensearch.xml", opensearch, "How to search here, as an OpenSearch description", "exports", {},
          "application/opensearchdescription+xml"),
      get("/opensearch/suggest", opensearch_suggestions, "Completions, in the form that browsers read", "exports",
          {{"q", "query", "the beginning"}, language}, "application/x-suggestions+json"),
      get("/sitemap.xml", sitemap, "The index of sitemaps", "exports", {}, "application/xml"),
      get("/sitemap-{part}.xml", sitemap_file, "The addresses of up to 50,000 records, or of the other pages",
          "exports", {{"part", "path", "a number of the index, or pages"}}, "application/xml"),
      get("/api/v1/suggest", suggestions, "What titles, publishers, themes, places and keywords begin like, or nearly",
          "catalog",
          {{"q", "query", "the beginning"}, {"limit", "query", "1 to 20, 10 if left out", "integer"}, language}),
      get("/api/v1/changes", changes, "What changed since: replay it to keep a copy of the catalog", "catalog",
          {{"since", "query", "next_since of the last answer (EPOCH:SEQ); 0: from the start; on a 410 begin again"},
           {"limit", "query", "1 to 5,000, 1,000 if left out; with records 1 to 500, 100 if left out", "integer"},
           {"include", "query", "record: each upsert with its record, and the places that it came by"},
           {"wait", "query", "seconds to wait for a change where there is none yet; more than 60 count as 60",
            "integer"}}),
      get("/api/v1/sources", sources, "The portals that are harvested", "harvest"),
      get("/api/v1/sources/{id}", source, "A source, its state and its last job", "harvest", {source_id}),
      get("/api/v1/sources/{id}/mapping", source_mapping,
          "What became of each property of its records: read, guessed or dropped, with a count and an example",
          "harvest", {source_id}),
      get("/api/v1/causes", causes, "What each cause of a report means and how it is mended, in French and English",
          "harvest"),
      get("/api/v1/sources/{id}/jobs", source_jobs, "Jobs of a source, the newest first", "harvest",
          {source_id,
           {"limit", "query", "1 to 100, 20 if left out", "integer"},
           {"before", "query", "next_before of the last answer", "integer"}}),
      get("/sources/{id}/jobs.atom", source_jobs_atom, "The last jobs of a source, as an Atom feed", "harvest",
          {source_id}, "application/atom+xml"),
      get("/api/v1/jobs/{id}", job, "A job, its outcome and counts", "harvest", {job_id}),
      get("/api/v1/jobs/{id}/records", job_records, "What became of each record of a job, and the word of its cause",
          "harvest",
          {job_id,
           {"outcome", "query", "created, updated, unchanged, moved, skipped, failed or removed"},
           {"limit", "query", "1 to 1,000, 100 if left out", "integer"},
           {"after", "query", "next_after of the last answer", "integer"}}),
      get("/api/v1/stats", stats,
          "What the catalog is used for, one row an hour (UTC), without anything about anybody; what is searched for "
          "only "
          "where enough visitors did",
          "usage", {first_day, last_day}),
      get("/api/v1/stats.csv", stats_csv, "The same hours as CSV (RFC 4180)", "usage",
          {first_day, last_day, delimiter, byte_order_mark}, "text/csv"),
      get("/api/v1/stats/clients", named_clients, "Holders of keys who chose to be named, with their figures", "usage",
          {first_day, last_day}),
      of_key("GET", get("/api/v1/stats/mine", own_stats,
                        "The figures of the key that the request shows, one row an hour (UTC)", "usage",
                        {first_day, last_day})),
      of_key("PUT", get("/api/v1/stats/mine/name", be_named, "Be named beside the key's figures", "usage")),
      of_key("DELETE", get("/api/v1/stats/mine/name", be_unnamed, "Be named no more", "usage")),
      get("/healthz", health, "Whether the process answers", "operations", {}, "text/plain"),
      get("/readyz", readiness, "Whether the catalog can be searched, and how far behind", "operations"),
      get("/metrics", metrics, "Figures for Prometheus", "operations", {}, "text/plain"),
  };
  std::vector<http::Route> actions = ckan::routes(context);
  std::move(actions.begin(), actions.end(), std::back_inserter(table));
  for (http::Route& route : table) route.cross_origin = route.tag != "operations";
  // Harvests are told to everyone, and in full to those who look after the source.
  for (http::Route& route : table) route.personal = route.personal || route.tag == "harvest";
  std::vector<http::Route> operators = operator_routes(context);
  std::move(operators.begin(), operators.end(), std::back_inserter(table));
  return table;
}

}  // namespace moisson::api
