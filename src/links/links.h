// Links: every parameter in (request → search::Query), every URL out. Nobody else reads a query parameter of a search
// or writes an address of ours. Every absolute URL starts with the configured base_url, never with the Host header.
// Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/http/message.h>
#include <moisson/search/query.h>

#include <string>
#include <string_view>

namespace moisson::links {

// Reads the search parameters of CONTRACT's /api/v1/datasets. Unknown parameters are ignored (trackers, cache-busters).
// invalid_input with the parameter's name in `where`: a bad number, date, sort, facet, or a value beyond its cap;
// Empty values are none; a cursor (the decimal row id, opaque to clients; 0 begins) puts page and sort aside; the end of a
// date range is the last instant of the period named; a form may send bbox_west, bbox_south, bbox_east and bbox_north for
// bbox, those left empty being the world's edge.
Result<search::Query> parse_query(const http::Parameters& parameters, std::string_view language);

// The query's parameters in canonical order, without '?'; defaults left out. What parse_query gave it reads back equal
// (but for language).
std::string query_string(const search::Query& query);

// Every result is an absolute URL.
class Links {
 public:
  explicit Links(std::string base_url);  // without trailing '/'

  const std::string& base() const { return base_; }
  std::string home() const;
  std::string search(const search::Query& query) const;                              // /datasets?…
  std::string search_as(const search::Query& query, std::string_view format) const;  // json, csv, atom, ttl
  // For programs to fill in (OpenSearch 1.1 §4.5): html, atom, json, suggestions.
  std::string search_template(std::string_view format) const;
  std::string dataset(std::string_view id) const;                              // /datasets/{id}
  std::string dataset_as(std::string_view id, std::string_view format) const;  // json, ttl, rdf, jsonld, nt
  std::string dataset_raw(std::string_view id) const;
  // Leads on to the file: /datasets/{id}/files/{key}.
  std::string file(std::string_view id, std::string_view key) const;
  std::string publisher(std::string_view key) const;  // /publishers/{key}
  std::string theme(std::string_view key) const;      // /themes/{key}
  std::string sources() const;
  std::string source(std::string_view id) const;
  std::string job(std::int64_t id) const;
  std::string asset(std::string_view name) const;                                             // /assets/{name}
  std::string page(std::string_view path) const;                                              // "/help"
  std::string in_language(std::string_view path_and_query, std::string_view language) const;  // adds or replaces lang=

 private:
  std::string base_;
};

// The same search with one thing changed: what chips, facets and pagers link to. All go back to page 1, but `at_page`.
search::Query with_value(search::Query query, search::Field field, std::string_view value);
search::Query without_value(search::Query query, search::Field field, std::string_view value);
search::Query at_page(search::Query query, std::uint32_t page);
search::Query without_filters(search::Query query);

}  // namespace moisson::links
