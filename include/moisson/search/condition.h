// search::Condition: what must be true of a record, as a tree of and, or and not. It narrows a Query beside its filters,
// and does not score; facets are counted with it. CKAN's query language becomes one. Value.
#pragma once

#include <moisson/core/time.h>
#include <moisson/search/field.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moisson::search {

struct DateRange {
  std::optional<Instant> from;  // included
  std::optional<Instant> to;    // included
  bool operator==(const DateRange&) const = default;
};

// Whoever makes a tree from somebody's text keeps to these; the index walks it by recursion.
inline constexpr std::size_t most_conditions = 512;
inline constexpr std::size_t deepest_condition = 32;

struct Condition {
  enum class Kind : std::uint8_t {
    all,        // of the parts; everything if there are none
    any,        // of the parts; nothing if there are none
    none,       // of the parts
    words,      // all words of `text`, in any searched text
    beginning,  // a word that begins like `text`, in any searched text; of the first 1,000 such words
    title,      // all words of `text` in the title
    value,      // `field` has the value `text`, spelled as facets give it
    // A value of `field`, or its label, fits `text`, where * is any run of characters and ? any one; folded.
    pattern,
    present,     // `field` has a value
    id,          // the record's id; it may end in * (all ids that begin so)
    identifier,  // the id at its source, or one that its publisher gave it, is exactly `text`
    changed,     // last changed here, by content, within `range`
    first_seen,  // first seen here within `range`
    modified,    // its publisher says that it was modified (else issued) within `range`
  };
  Kind kind = Kind::all;
  Field field = Field::theme;
  std::string text;  // at most 200 bytes
  DateRange range;
  std::vector<Condition> parts;
  bool operator==(const Condition&) const = default;
};

}  // namespace moisson::search
