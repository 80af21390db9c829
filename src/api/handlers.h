// The handlers behind api/routes.cpp, one function a route; an Error becomes a problem there (http/problem.h).
// Thread-safe.
#pragma once

#include "api/context.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

namespace moisson::api {

Result<http::Response> search_datasets(const Context& context, const http::Request& request);
Result<http::Response> dataset(const Context& context, const http::Request& request);
Result<http::Response> dataset_raw(const Context& context, const http::Request& request);

// One record as linked data or json, by the capture `format`.
Result<http::Response> dataset_export(const Context& context, const http::Request& request);

// Any search as a DCAT-AP catalog, paged by hydra; by the capture `format`. /catalog sends each reader to their format.
Result<http::Response> catalog_export(const Context& context, const http::Request& request);
Result<http::Response> catalog(const Context& context, const http::Request& request);

// Any search as CSV (RFC 4180), in row order, whole, from one snapshot; in the form asked for (csv.h).
Result<http::Response> datasets_csv(const Context& context, const http::Request& request);

// Any search as an Atom feed (RFC 4287), page by page.
Result<http::Response> atom(const Context& context, const http::Request& request);

// The whole catalog as one file, by the capture `name` (dump.h); one range of bytes of it, if asked for.
Result<http::Response> dumps(const Context& context, const http::Request& request);

// How to search here (OpenSearch 1.1), and completions in its form.
Result<http::Response> opensearch(const Context& context, const http::Request& request);
Result<http::Response> opensearch_suggestions(const Context& context, const http::Request& request);

// The index of sitemaps, and the one that the capture `part` names.
Result<http::Response> sitemap(const Context& context, const http::Request& request);
Result<http::Response> sitemap_file(const Context& context, const http::Request& request);

Result<http::Response> suggestions(const Context& context, const http::Request& request);

// The change log after `since`; 410 where a reader must begin again.
Result<http::Response> changes(const Context& context, const http::Request& request);

// Sources that the public may know: active, paused, retired; jobs as states and counts only (Detail::states). Those who
// look after a source see it in every state, and everything of it.
Result<http::Response> sources(const Context& context, const http::Request& request);
Result<http::Response> source(const Context& context, const http::Request& request);
Result<http::Response> source_mapping(const Context& context, const http::Request& request);
Result<http::Response> source_jobs(const Context& context, const http::Request& request);
Result<http::Response> source_jobs_atom(const Context& context,
                                        const http::Request& request);  // the last 50, as a feed
Result<http::Response> job(const Context& context, const http::Request& request);
Result<http::Response> job_records(const Context& context, const http::Request& request);

// Every word that a report may file something under, explained in each language of the interface.
Result<http::Response> causes(const Context& context, const http::Request& request);
// What the site was used for, hour by hour, between two days (UTC).
Result<http::Response> stats(const Context& context, const http::Request& request);
Result<http::Response> stats_csv(const Context& context, const http::Request& request);
// A key's own figures; whether its holder is named beside them; and those who are. 401 without a key.
Result<http::Response> own_stats(const Context& context, const http::Request& request);
Result<http::Response> be_named(const Context& context, const http::Request& request);
Result<http::Response> be_unnamed(const Context& context, const http::Request& request);
Result<http::Response> named_clients(const Context& context, const http::Request& request);

Result<http::Response> health(const Context& context, const http::Request& request);
Result<http::Response> readiness(const Context& context, const http::Request& request);
Result<http::Response> metrics(const Context& context, const http::Request& request);

}  // namespace moisson::api
