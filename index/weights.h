// Every number that ranking turns on, in one table, so that a measurement of relevance changes one file.
// Text: BM25 over exact words and stems together. Prior: what is known of a record apart from the question; bounded, so
// that a famous record never hides a clearly better match. Constant data.
#pragma once

namespace moisson::index::weights {

// BM25. b is a compromise: known-item queries like 0, broad questions 0.5.
inline constexpr double k1 = 1.0;
inline constexpr double b = 0.35;

// Query terms, relative to a word of the question in its exact form.
inline constexpr double exact = 1.0;
inline constexpr double stem = 1.0;
inline constexpr double title_bigram = 0.25;
inline constexpr double title_initials = 0.5;
inline constexpr double title_phrase = 1.0;
inline constexpr double stop_word = 0.25;

// An all-capitals word of a title ("RNE") counts as so many more occurrences.
inline constexpr unsigned acronym_boost = 3;

// score · (1 + merit) + fame, for the best `reranked` by text; all but views are between 0 and 1.
inline constexpr unsigned reranked = 50;
inline constexpr double quality = 0.125;
inline constexpr double freshness = 0.075;
inline constexpr double age = 0.125;
inline constexpr double fame = 4.0;        // × log10(1 + views)
inline constexpr double fame_limit = 5.0;  // log10 of the views that count

}  // namespace moisson::index::weights
