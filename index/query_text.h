// QueryText: what somebody typed, understood. No Xapian. Pure; thread-safe; never fails: what is malformed is plain words.
//   eau potable          any of these words; records with more and rarer ones come first
//   "eau potable"        must have both words side by side in one of its texts, in this order; "de la" between them does not part them
//   -tabac  -"a b"       must not
//   hydro*               a word that begins so, of at least three letters
//   format:csv  title:eau  publisher:"ville de paris"      must have this value (names of search::fields, and title; their French
//                        names, too: thème, producteur, titre …)
//   modified:2020..2023  period:..1999-06                  modified (modifié) or covering (période) within these dates
//   csv OR json          either; with a phrase or a value among them, one of them is a must
#pragma once

#include <moisson/search/condition.h>
#include <moisson/search/field.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index {

inline constexpr std::size_t most_query_characters = 1'000;
inline constexpr std::size_t most_query_terms = 64;

struct Atom {
  enum class Kind : std::uint8_t { word, beginning, phrase, title, value };
  Kind kind = Kind::word;
  std::vector<std::string> words;      // folded; exactly one for a word and a beginning
  std::optional<search::Field> field;  // of a value
  std::string value;                   // as stored: folded, slug or code
  bool operator==(const Atom&) const = default;
};

// Atoms joined by OR.
struct Clause {
  std::vector<Atom> alternatives;
  bool operator==(const Clause&) const = default;
};

// A date that must lie within: of the modification, or of what the record covers.
struct DateClause {
  bool covers = false;
  search::DateRange range;
  bool operator==(const DateClause&) const = default;
};

struct QueryText {
  std::vector<Clause> wanted;    // single words: any of them
  std::vector<Clause> required;  // each
  std::vector<Clause> excluded;
  std::vector<DateClause> dates;  // each
  bool empty() const { return wanted.empty() && required.empty() && excluded.empty() && dates.empty(); }
  bool operator==(const QueryText&) const = default;
};

// Reads at most the first 1,000 characters and 64 words.
QueryText parse_query_text(std::string_view typed);

// "eau potable +\"qualite eau\" -tabac +(format=csv | format=json)": for tests and explanations.
std::string to_string(const QueryText& text);

}  // namespace moisson::index
