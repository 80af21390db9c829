// Every number that ranking turns on, in one table, so that a measurement of relevance changes one file.
// Text: BM25 over exact words and stems together. Prior: what is known of a record apart from the question; bounded, so
// that a famous record never hides a clearly better match. A snapshot ranks by one table. Value.
#pragma once

namespace moisson::index {

struct Weights {
  // BM25. b is a compromise: known-item queries like 0, broad questions 0.5.
  double k1 = 1.0;
  double b = 0.45;
  double least_length = 0.5;  // of the average: a shorter text counts as so long

  // Query terms, relative to a word of the question in its exact form.
  double exact = 1.0;
  double stem = 1.0;
  double title = 0.25;       // a word of the question in the title, beside what it earns as a word of the texts
  double title_stem = 0.25;  // its stem there
  double title_b = 0.75;     // what a title's length takes from what its words earn
  double name = 0.4;         // the whole question is a name of the record
  double synonym = 0.3;      // other words for the question's, by config/vocab/synonyms.tsv
  double title_bigram = 0.75;
  double title_initials = 0.5;
  double acronym = 0.6;       // the initials of the question's own words, as a word
  double joined = 0.5;        // words of a title written as one, and the other way round
  double title_phrase = 1.0;  // for each pair of words of a phrase that stand side by side in a title
  double stop_word = 0.25;

  // Records that have all words of the question: if fewer, those that lack one are results, too, and if these are fewer, all.
  double enough = 100;

  // score · (1 + merit) + fame; all but views are between 0 and 1.
  double quality = 0.06;
  double freshness = 0.2;
  double age = 0.1;
  double first_hand = 0.1;  // it was not taken from another portal
  double official = 0.1;    // a public body that the vocabularies know
  double wide = 0.15;       // about a whole country: meant by whoever names no place
  double fame = 10.0;       // × log10(1 + views)
  double unknown_fame = 1;  // views of a record whose source publishes none, × the mean of the others
  double fame_limit = 7.0;  // log10 of the views that count
};

// An all-capitals word of a title ("RNE") counts as so many more occurrences. What schema.h's boosts are, this is too:
// of the index, not of a question.
inline constexpr unsigned acronym_boost = 3;

}  // namespace moisson::index
