// The index's own half of the field table (search::fields is the public half): how each searched text and each
// filtered value is stored. Writer, query builder and facets read it. Constant data.
// Prefixes follow Omega's conventions (xapian-omega docs/termprefixes.rst): one capital for common ones, X… with a colon
// for our own. Free text is folded, so no word can be taken for a prefix.
#pragma once

#include <moisson/search/field.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::index {

// Raised whenever analysis, this table, the card or the documents change: an older index is rebuilt.
inline constexpr int current_schema = 7;

namespace prefix {
inline constexpr std::string_view exact = "";         // each folded word of each text
inline constexpr std::string_view stem = "Z";         // its stem, all languages in one space
inline constexpr std::string_view title = "S";        // words of titles
inline constexpr std::string_view title_stem = "ZS";  // their stems
inline constexpr std::string_view bigram = "XB:";     // two content words that follow each other in a title
// Two or three content words of a title written as one ("openfoodfacts").
inline constexpr std::string_view joined = "XJ:";
inline constexpr std::string_view initials = "XI:";     // initials of a title's content words
inline constexpr std::string_view name = "XN:";         // what it is called as a whole: index/names.h
inline constexpr std::string_view identifier = "XID:";  // the id at its source, and those that its publisher gave it
// The territories that it names, without their containing ones.
inline constexpr std::string_view own_territory = "XTX:";
inline constexpr std::string_view stemmed = "XLN:";  // languages that the record's texts were stemmed in
}  // namespace prefix

// Values of a document, by slot.
// Which content words follow each other in any of its texts: index/word_pair.h.
inline constexpr std::uint32_t pairs_slot = 0;

// Terms that say what a record is called. A record has each once, so what it earns is told by its title's length, not by
// how often it occurs. No stem begins with a capital: texts are folded.
constexpr bool is_title_term(std::string_view term) {
  return term.starts_with(prefix::title) || term.starts_with(prefix::title_stem) || term.starts_with(prefix::bigram) ||
         term.starts_with(prefix::joined) || term.starts_with(prefix::initials) || term.starts_with(prefix::name);
}

// A searched text: its name in `found_in` and how often a word of it counts.
enum class TextField : std::uint8_t { title, alternative, keyword, publisher, description };

struct TextRow {
  TextField field;
  std::string_view name;
  unsigned boost;  // added to a term's within-document frequency for each occurrence
};

inline constexpr std::array<TextRow, 5> text_rows{{
    {TextField::title, "title", 3},
    {TextField::alternative, "alternative", 3},
    {TextField::keyword, "keyword", 2},
    {TextField::publisher, "publisher", 1},
    {TextField::description, "description", 1},
}};

constexpr const TextRow& row(TextField field) { return text_rows[static_cast<std::size_t>(field)]; }

// A filtered value: its prefix, and whether its label is a word of a vocabulary or the publishers' own spelling.
struct ValueRow {
  search::Field field;
  std::string_view prefix;
  bool free_label;
};

inline constexpr std::array<ValueRow, search::fields.size()> value_rows{{
    {search::Field::theme, "XTH:", false},
    {search::Field::publisher, "XPU:", true},
    {search::Field::format, "XFO:", true},
    {search::Field::format_family, "XFF:", false},
    {search::Field::licence, "XLI:", true},
    {search::Field::open, "XOP:", false},
    {search::Field::keyword, "K", true},
    {search::Field::source, "XSO:", true},
    {search::Field::language, "L", false},
    {search::Field::type, "XTY:", false},
    {search::Field::frequency, "XFR:", false},
    {search::Field::hvd, "XHV:", true},
    {search::Field::territory, "XTE:", false},
}};

constexpr const ValueRow& row(search::Field field) { return value_rows[static_cast<std::size_t>(field)]; }

constexpr bool rows_stand_in_field_order() {
  for (std::size_t i = 0; i < value_rows.size(); ++i)
    if (value_rows[i].field != static_cast<search::Field>(i)) return false;
  return true;
}
static_assert(rows_stand_in_field_order());

// prefix + value as a Xapian term: beyond Xapian's limit of 245 bytes the end is replaced by a hash of the whole.
std::string term(std::string_view prefix, std::string_view value);

}  // namespace moisson::index
