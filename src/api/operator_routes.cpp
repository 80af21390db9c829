#include "api/operator_routes.h"

#include "api/operator_handlers.h"
#include "http/problem.h"

namespace moisson::api {
namespace {

constexpr http::RouteParameter record_id{"id", "path", "the record's UUID"};
constexpr http::RouteParameter other_record{"other", "query", "the other record's UUID"};
constexpr http::RouteParameter source_id{"id", "path", "the source's id"};
constexpr http::RouteParameter plan_id{"id", "path", "the plan's UUID"};
constexpr http::RouteParameter job_id{"id", "path", "the job's number", "integer"};
constexpr http::RouteParameter outcome{"outcome", "query",
                                       "created, updated, unchanged, moved, skipped, failed or removed"};

}  // namespace

std::vector<http::Route> operator_routes(const Context& context) {
  using enum http::Role;
  using Kind = http::Subject::Kind;
  using Function = Result<http::Response> (*)(const Context&, const http::Request&);
  const http::Subject nothing, of_source{Kind::source}, of_job{Kind::job}, of_record{Kind::record},
      in_body{Kind::source, "source", true};
  const auto route = [&](http::Role access, const http::Subject& subject, std::string_view method,
                         std::string_view pattern, Function function, std::string_view summary,
                         std::vector<http::RouteParameter> parameters,
                         std::string_view media_type = "application/json") {
    http::Route made{method, pattern, {}, summary, "operators", media_type, std::move(parameters)};
    made.access = access;
    made.subject = subject;
    made.handler = [context, function](const http::Request& request) {
      auto response = function(context, request);
      return response ? std::move(*response) : http::problem(response.error());
    };
    return made;
  };
  // What is said here of success is what is answered.
  const auto with_success = [](int status, http::Route made) {
    made.success = status;
    made.handler = [status, handler = std::move(made.handler)](const http::Request& request) {
      http::Response response = handler(request);
      if (response.status == 200) response.status = status;
      return response;
    };
    return made;
  };
  const auto created = [&](http::Route made) { return with_success(201, std::move(made)); };
  const auto accepted = [&](http::Route made) { return with_success(202, std::move(made)); };
  return {
      route(reader, nothing, "GET", "/api/v1/kinds", kinds,
            "The kinds of portal that can be harvested, and the options of each", {}),
      created(route(operator_, nothing, "POST", "/api/v1/sources", add_source,
                    "Register a portal, as a draft or submitted: {id, kind, url, title, schedule, timezone, language, "
                    "territory, window, "
                    "blackout, grace_h, options, secrets, state}",
                    {})),
      route(operator_, of_source, "PATCH", "/api/v1/sources/{id}", change_source,
            "Change what is said of a source, its secrets (write-only), or its state; what is not named stays",
            {source_id}),
      route(operator_, of_source, "DELETE", "/api/v1/sources/{id}", remove_source,
            "Retire a source; its records stay unless purge is given",
            {source_id, {"purge", "query", "remove its records too", "boolean"}}),
      accepted(
          route(operator_, of_source, "POST", "/api/v1/sources/{id}/harvest", start_harvest, "Harvest a source now",
                {source_id,
                 {"full", "query", "read everything, even where the portal offers only what changed", "boolean"}})),
      accepted(
          route(operator_, in_body, "POST", "/api/v1/sources/preview", begin_preview,
                "Read a portal and say what a harvest would do: {source} for a registered one, or {description}, and "
                "{limit}; the answer "
                "names the plan, which is read at its own address",
                {})),
      route(reader, nothing, "GET", "/api/v1/plans/{id}", plan,
            "What a preview found: counts, findings, the first 20 records as they would appear",
            {plan_id, {"download", "query", "the whole plan as one file, with its records", "boolean"}}),
      route(reader, nothing, "GET", "/api/v1/plans/{id}/records", plan_records,
            "What would become of each record, updates field by field",
            {plan_id,
             outcome,
             {"limit", "query", "1 to 1,000, 100 if left out", "integer"},
             {"after", "query", "next_after of the last answer", "integer"}}),
      accepted(route(operator_, nothing, "POST", "/api/v1/plans/{id}/apply", apply_plan,
                     "Do exactly what a plan lists; what its portal changed since is left as it stands, and told",
                     {plan_id})),
      route(operator_, of_job, "POST", "/api/v1/jobs/{id}/approve", approve_job,
            "Let go what a held job found gone, at once or after the source's grace period", {job_id}),
      route(operator_, of_job, "POST", "/api/v1/jobs/{id}/reject", reject_job,
            "Keep everything that a held job found gone", {job_id}),
      route(operator_, of_job, "POST", "/api/v1/jobs/{id}/undo", undo_job,
            "Keep the removed records of a job that are still within their grace period", {job_id}),
      accepted(route(operator_, of_job, "POST", "/api/v1/jobs/{id}/stop", stop_job,
                     "Stop a running job at its next record", {job_id})),
      route(reader, of_job, "GET", "/api/v1/jobs/{id}/removals", job_removals,
            "The records whose removal waits for a decision",
            {job_id,
             {"limit", "query", "1 to 1,000, 100 if left out", "integer"},
             {"after", "query", "next_after of the last answer", "integer"}}),
      route(reader, of_job, "GET", "/api/v1/jobs/{id}/records/{n}", job_record,
            "One row of a job's report, with the record as it came and as it is mapped, side by side",
            {job_id, {"n", "path", "the row's number", "integer"}}),
      route(
          reader, of_job, "GET", "/api/v1/jobs/{id}/records.csv", job_records_csv,
          "What became of each record of a job, with cause, place and remedy, as CSV (RFC 4180)",
          {job_id,
           outcome,
           {"delimiter", "query", "between cells: , (if left out), ; or tab"},
           {"bom", "query", "begins the file with a byte order mark", "boolean"},
           {"defuse", "query", "puts an apostrophe before cells that a spreadsheet would run as formulas", "boolean"}},
          "text/csv"),
      accepted(route(operator_, of_record, "POST", "/api/v1/records/{id}/refresh", refresh_record,
                     "Read one record from its portal again; the answer names the place where what came of it is told",
                     {record_id})),
      route(reader, of_record, "GET", "/api/v1/records/{id}/refresh", record_refresh,
            "What came of reading a record again", {record_id}),
      route(operator_, of_record, "POST", "/api/v1/records/{id}/withdraw", withdraw_record,
            "Take one record out at once and everywhere; no harvest brings it back until it is released", {record_id}),
      route(administrator, nothing, "POST", "/api/v1/records/{id}/release", release_record,
            "Let the next harvest bring a withdrawn record back, under its id", {record_id}),
      route(operator_, of_record, "POST", "/api/v1/records/{id}/separate", separate_record,
            "Say that a record and another are two things, whatever they share", {record_id, other_record}),
      route(operator_, of_record, "POST", "/api/v1/records/{id}/join", join_record, "Take that back",
            {record_id, other_record}),
  };
}

}  // namespace moisson::api
