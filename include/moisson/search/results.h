// search::Results: one answer for every renderer (JSON, page, CSV, Atom, CKAN, RDF). Rendered from the index alone. Value.
#pragma once

#include <moisson/core/lang_string.h>
#include <moisson/core/time.h>
#include <moisson/dcat/record.h>
#include <moisson/search/field.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::search {

// A piece of text that may have matched; a run of pieces makes a highlighted text without markup.
struct Span {
  std::string text;
  bool match = false;
  bool operator==(const Span&) const = default;
};

// A value with the words for it.
struct Labelled {
  std::string value;
  std::string label;
  bool operator==(const Labelled&) const = default;
};

// Another record of a hit's family.
struct Copy {
  std::string id;
  Labelled source;
  bool operator==(const Copy&) const = default;
};

struct Hit {
  std::uint64_t row = 0;  // the store's row id, the index's document id
  std::string id;
  dcat::ResourceType type = dcat::ResourceType::dataset;
  LangString title;
  LangString description;             // plain text, at most 300 characters
  std::vector<Span> title_spans;      // the title with its matches
  std::vector<Span> snippet;          // the best passage of the description, with its matches
  std::vector<std::string> found_in;  // title, description, keyword, publisher …: why it matched
  std::vector<Labelled> publisher;
  Labelled source;  // id and title of the portal
  std::string remote_id;
  std::vector<Copy> also_in;  // one a portal that has the same thing, its leader's first; at most 20
  std::optional<Moment> modified, issued;
  Instant last_changed{};  // here, by content
  std::vector<std::string> formats;
  std::optional<Labelled> licence;
  std::string open;  // yes, no, unknown
  std::vector<Labelled> themes;
  std::vector<std::string> keywords;
  std::string language;
  std::string landing_page;
  std::optional<std::uint64_t> popularity;
  double score = 0;
  std::string explanation;  // JSON, if asked
};

struct FacetValue {
  std::string value;
  std::string label;
  std::uint64_t count = 0;
  bool selected = false;
};

struct Facet {
  Field field;
  std::vector<FacetValue> values;  // most frequent first, then by value; selected ones always present
  std::uint64_t distinct = 0;      // how many values there are in all
};

// How many of a question's words its results have: all of them if any record has, else all but one, else any.
enum class WordsMatched : std::uint8_t { all, most, any };

struct Results {
  std::uint64_t total = 0;  // exact; a family counts once, here and in facets, unless every copy was asked for
  std::vector<Hit> hits;
  std::vector<Facet> facets;                 // in the order asked
  std::optional<std::uint64_t> next_cursor;  // row id to go on after; none at the end
  std::string did_you_mean;                  // empty: no better spelling
  bool corrected = false;                    // these are the results of did_you_mean: a word typed is in no record
  WordsMatched words_matched = WordsMatched::all;
  std::vector<std::string> also_searched;  // other words for some of those typed (config/vocab/synonyms.tsv)
  std::string epoch;
  std::uint64_t seq = 0;  // of the snapshot that answered
};

// "all", "most", "any".
constexpr std::string_view to_string(WordsMatched matched) {
  constexpr std::string_view words[] = {"all", "most", "any"};
  return words[static_cast<std::size_t>(matched)];
}

}  // namespace moisson::search
