// Synonyms: other words for what somebody typed: acronym ↔ name, administrative ↔ everyday word, English ↔ French. Read from
// config/vocab/synonyms.tsv, which people edit, and from what the vocabularies know of public bodies' names. They add to a
// question with a bounded weight (weights.h) and take nothing from it. Immutable; thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moisson::index {

class Synonyms {
 public:
  // A way to say it.
  struct Term {
    std::string_view spelled;
    std::vector<std::string> words;  // folded content words
  };
  // Terms that mean the same.
  using Group = std::vector<Term>;

  // Words `begin` to `end` of a question are the group's term number `said`.
  struct Match {
    std::size_t begin = 0, end = 0;
    const Group* group = nullptr;
    std::size_t said = 0;
  };

  // The shipped tables; read at the first call of the process.
  static const Synonyms& shipped();

  // `table`: the file's text (its format stands in its head), which outlives this.
  explicit Synonyms(std::string_view table);

  // Where a question's content words, in their order, have other words. Plurals do not matter. A match inside a longer one
  // of another group stands too. At most 16.
  std::vector<Match> find(std::span<const std::string> content) const;

  const std::vector<Group>& groups() const { return groups_; }

 private:
  struct Said {
    std::size_t group = 0, term = 0;
  };
  void add(Group group);

  std::vector<Group> groups_;
  std::unordered_multimap<std::string, Said> by_name_;  // by name_key
  std::size_t longest_ = 0;                             // words
};

}  // namespace moisson::index
