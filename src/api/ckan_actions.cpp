#include "api/ckan_actions.h"

#include <algorithm>

namespace moisson::api::ckan {
namespace {

constexpr http::RouteParameter id{"id", "query", "its id or its name"};
constexpr http::RouteParameter q{"q", "query", "words, or Lucene's syntax where there is a colon"};
constexpr http::RouteParameter beginning{"q", "query", "part of the name or title"};
constexpr http::RouteParameter limit{"limit", "query", "at most so many", "integer"};
constexpr http::RouteParameter offset{"offset", "query", "passes over so many", "integer"};
constexpr http::RouteParameter all_fields{"all_fields", "query", "whole dictionaries, 25 at most, rather than names",
                                          "boolean"};
constexpr http::RouteParameter sort{"sort", "query", "name, title or package_count, then asc or desc"};
constexpr http::RouteParameter include_datasets{"include_datasets", "query", "adds its data sets, 1,000 at most",
                                                "boolean"};

}  // namespace

std::vector<Action> all_actions() {
  const std::vector<http::RouteParameter> groups{all_fields, sort, limit, offset, beginning};
  const std::vector<http::RouteParameter> completion{beginning, limit};
  std::vector<Action> table{
      {"package_search",
       package_search,
       "Search data sets; each portal's copy of one is a package of its own\n\nq: words, or Lucene's syntax where "
       "there is a colon. fq, fq_list: filters in that syntax, "
       "all of "
       "which hold; \"a OR b c\" is \"(a OR b) AND c\". sort: score, id, name, title_string, metadata_created, "
       "metadata_modified or views_recent, asc or desc; order by id is total and stable. rows: 1,000 at most; start: "
       "any, "
       "by relevance down to the 10,000th result. facet.field, facet.limit, facet.mincount; fl: flat documents of "
       "these "
       "fields.",
       {q,
        {"fq", "query", "filters in Lucene's syntax: field:value, \"phrase\", -, AND, OR, NOT, ranges, date math"},
        {"fq_list", "query", "more of them, all of which hold", "string", true},
        {"sort", "query", "field asc or desc; score desc, metadata_modified desc if left out"},
        {"rows", "query", "0 to 1,000, 10 if left out", "integer"},
        {"start", "query", "passes over so many results", "integer"},
        {"facet.field", "query", "JSON list of fields to count"},
        {"facet.limit", "query", "values a facet, 50 if left out; negative: all", "integer"},
        {"facet.mincount", "query", "least count of a value, 1 if left out", "integer"},
        {"fl", "query", "fields of flat documents, instead of whole packages"}}},
      {"package_show", package_show, "A data set\n\nid (or name_or_id): its id, which is its name.", {id}},
      {"package_list",
       package_list,
       "The names of all data sets, sorted\n\nlimit, offset. Without a limit the whole list is streamed.",
       {limit, offset}},
      {"current_package_list_with_resources",
       current_package_list_with_resources,
       "Data sets, the latest changed first\n\nlimit (10 if left out, 1,000 at most), offset or page.",
       {limit, offset, {"page", "query", "from 1, instead of offset", "integer"}}},
      {"package_autocomplete", package_autocomplete,
       "Data sets whose title begins like q\n\nq, limit (10 if left out).", completion},
      {"organization_list", organization_list,
       "Publishers\n\nall_fields, sort, limit, offset, q, organizations (names to keep), include_dataset_count.",
       groups},
      {"organization_show",
       organization_show,
       "A publisher\n\nid, include_datasets, include_dataset_count.",
       {id, include_datasets}},
      {"organization_autocomplete", organization_autocomplete,
       "Publishers whose name holds q\n\nq, limit (20 if left out).", completion},
      {"group_list", group_list,
       "Themes\n\nall_fields, sort, limit, offset, q, groups (names to keep), include_dataset_count.", groups},
      {"group_show", group_show, "A theme\n\nid, include_datasets, include_dataset_count.", {id, include_datasets}},
      {"group_autocomplete", group_autocomplete, "Themes whose name holds q\n\nq, limit (20 if left out).", completion},
      {"tag_list",
       tag_list,
       "Keywords\n\nquery, all_fields; there are no vocabularies.",
       {{"query", "query", "part of the keyword"}, all_fields}},
      {"tag_show", tag_show, "A keyword\n\nid, include_datasets.", {id, include_datasets}},
      {"tag_search",
       tag_search,
       "Keywords that hold query\n\nquery, limit, offset.",
       {{"query", "query", "part of the keyword"}, limit, offset}},
      {"tag_autocomplete", tag_autocomplete, "Keywords that hold q\n\nq or query, limit (10 if left out).", completion},
      {"resource_show", resource_show, "A file of a data set\n\nid.", {id}},
      {"resource_search",
       resource_search,
       "Files by their fields\n\nquery: field:term, which may repeat; fields: name, description, url, format, hash; "
       "the term "
       "is part of the field, in any case. offset, limit. format is looked up in the whole catalog; of the data sets "
       "that "
       "are left, the first 5,000 by id are read.",
       {{"query", "query", "field:term", "string", true}, limit, offset}},
      {"format_autocomplete", format_autocomplete, "File formats that hold q\n\nq, limit (5 if left out).", completion},
      {"license_list", license_list, "The licences that are recognised", {}},
      {"vocabulary_list", vocabulary_list, "Tag vocabularies: there are none", {}},
      {"status_show", status_show, "What this site is", {}},
      {"site_read", site_read, "true", {}},
      {"help_show", help_show, "What an action does\n\nname.", {{"name", "query", "the action"}}},
  };
  std::sort(table.begin(), table.end(), [](const Action& a, const Action& b) { return a.name < b.name; });
  return table;
}

}  // namespace moisson::api::ckan
