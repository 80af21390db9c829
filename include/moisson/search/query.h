// search::Query: what somebody asks, free of HTTP and of Xapian. Made by src/links from a request, by the query parser
// from text, by the command line; read by the index. Value; equal queries give equal answers on one snapshot.
#pragma once

#include <moisson/core/time.h>
#include <moisson/dcat/record.h>
#include <moisson/search/condition.h>
#include <moisson/search/field.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moisson::search {

// The first five are everybody's. `changed` (here, by content, newest first), `id` and `row` (order of arrival) are for
// those who read everything: equal keys follow by row, so every order is total.
enum class Sort : std::uint8_t { relevance, modified, created, title, popularity, changed, id, row };

// How a record's territory has to lie to a chosen one: inside it or equal; with any part in common (inside, equal, or around it);
// equal.
enum class TerritoryMatch : std::uint8_t { within, any, exact };

// Values of one field are alternatives (OR); different fields restrict together (AND).
struct Filter {
  Field field;
  std::vector<std::string> values;  // sorted, distinct, at most 50, each at most 200 bytes
  bool operator==(const Filter&) const = default;
};

struct Query {
  std::string text;                                         // as typed, at most 1,000 characters; empty: everything
  std::vector<Filter> filters;                              // at most one a field, in field order
  TerritoryMatch territory_match = TerritoryMatch::within;  // of the territory filter
  DateRange modified;
  DateRange temporal;  // coverage overlaps
  std::optional<dcat::BoundingBox> bbox;
  std::optional<Condition> condition;
  Sort sort = Sort::relevance;          // relevance of an empty text is `modified`, newest first
  bool reverse = false;                 // the opposite of `sort`; not of relevance
  std::uint32_t page = 1;               // from 1
  std::optional<std::uint64_t> offset;  // results to pass over; excludes page
  std::uint32_t page_size = 20;         // 0 to 100 (0: total and facets only)
  std::optional<std::uint64_t> cursor;  // everything after this row id, in row order; excludes page and sort
  std::vector<Field> facets;            // to count; each without its own filter
  std::uint32_t facet_size = 10;        // values a facet, at most 100,000
  bool every_copy = false;              // each record of a family is a result, instead of one for all: exports
  bool keys_only = false;               // hits have row, id and score alone; page_size to 1,000
  std::string language = "fr";          // of the reader: labels, best literal
  bool explain = false;

  bool operator==(const Query&) const = default;
};

// Relevance order is offered down to this many results; deeper: use a cursor, or another order.
inline constexpr std::uint32_t max_relevance_depth = 10'000;

}  // namespace moisson::search
