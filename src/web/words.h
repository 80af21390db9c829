// Words: the interface's strings in one language, from one table (strings.tsv: a row a string, a column a language; a
// further language is a further column). Strings are typeset for their language when the table is read: see
// typography.h. Strings used in templates may hold markup and template variables; strings used from code are plain text
// with {names}. Immutable after reading; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace moisson::web {

// How a language chooses between one and many.
enum class PluralRule : std::uint8_t {
  one_is_one,        // 1 day, 0 days
  one_is_up_to_one,  // 0 jour, 1 jour, 2 jours
};

class Words {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  std::string_view language() const { return (*this)("meta.code"); }

  // The string of `key`; the key itself if there is none, so that a page never fails for a missing word.
  std::string_view operator()(std::string_view key) const;
  bool has(std::string_view key) const;

  // A text of another table of this language, typeset as the strings of this one are.
  std::string typeset(std::string_view text) const;

  // `key`'s string, or `otherwise` if there is none.
  std::string_view or_else(std::string_view key, std::string_view otherwise) const;

  // The string with each {name} replaced by its value.
  std::string fill(std::string_view key, Values values) const;

  // The form of `key` ("key.one" or "key.other") for `n`, with {n} and `values` filled in.
  std::string plural(std::string_view key, std::uint64_t n, Values values = {}) const;

 private:
  friend class WordTable;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> strings_;
  PluralRule rule_ = PluralRule::one_is_one;
};

// Every language of the table. Immutable; thread-safe.
class WordTable {
 public:
  // invalid_input with the line in `where`: a missing cell, a key twice, a language without meta rows.
  static Result<WordTable> read(std::string_view tsv);

  const std::vector<Words>& languages() const { return languages_; }  // in column order
  const Words& in(std::string_view language) const;                   // the first one if it is not there

 private:
  std::vector<Words> languages_;
};

}  // namespace moisson::web
