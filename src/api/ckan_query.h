// The query language of CKAN's q and fq (Lucene's, as Solr reads it) → search::Condition. Pure; thread-safe.
//   expression  sequence of alternatives, side by side: all of them
//   alternatives  conjunction { (OR | ||) conjunction }      so "a OR b c" is "(a OR b) AND c": what its senders mean
//   conjunction  unary { (AND | &&) unary }
//   unary  { NOT | ! | - | + } primary
//   primary  '(' expression ')' | field ':' ( '(' expression ')' | term ) | term | *:*
//   term  word | "phrase" | [from TO to] | {from TO to}, each with ~2 or ^3 behind it, which are read and left aside
#pragma once

#include "api/ckan_error.h"

#include <moisson/core/time.h>
#include <moisson/search/condition.h>

#include <string>
#include <string_view>

namespace moisson::api::ckan {

inline constexpr std::size_t most_query_bytes = 16 * 1024;

struct Query {
  search::Condition condition;
  std::string words;  // that it asks for in any field, apart from what it excludes: to rank by
};

// An empty text is everything. Search Error: unbalanced, an operator without its sides, a field without its name or
// value, an unreadable date, local parameters ({!…}), or beyond the caps.
Outcome<Query> parse_query(std::string_view text, Instant now);

}  // namespace moisson::api::ckan
