#include "index/condition.h"

#include "core/text.h"
#include "index/query_builder.h"
#include "index/record_key.h"
#include "index/scan.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

using search::Condition;

Rows within(const FacetColumn& column, std::int64_t Facts::*fact, const search::DateRange& range) {
  const auto ms = [](Instant instant) { return instant.time_since_epoch().count(); };
  // The least number stands for a date that is not known.
  const auto from = range.from ? ms(*range.from) : INT64_MIN + 1, to = range.to ? ms(*range.to) : INT64_MAX;
  return scan(column, [&](const Chunk& chunk, std::size_t slot) {
    return chunk.facts[slot].*fact >= from && chunk.facts[slot].*fact <= to;
  });
}

Rows with_words(const State& state, Handle& handle, Atom::Kind kind, std::string_view text) {
  std::vector<std::string> content, stop_words;
  for (auto& word : words(text, most_query_terms))
    (is_stop_word(word.folded) ? stop_words : content).push_back(std::move(word.folded));
  if (content.empty()) content = std::move(stop_words);
  if (content.empty()) return {};
  QueryText asked;
  for (auto& word : content) asked.required.push_back({{{kind, {std::move(word)}, std::nullopt, {}}}});
  return state.postings->of(handle.database, *plan(asked, state.languages, handle.stemmer).must);
}

Rows with_value_like(const FacetColumn& column, search::Field field, std::string_view pattern) {
  const auto& vocabulary = column.vocabulary(field);
  const auto folded = fold(pattern);
  std::vector<bool> fitting(vocabulary.size());
  for (Ordinal value = 0; value < vocabulary.size(); ++value) {
    const auto& entry = vocabulary.entries[value];
    if (vocabulary.counts[value] > 0)
      fitting[value] = fits(folded, fold(entry.value)) || fits(folded, fold(entry.label));
  }
  return scan(column, [&](const Chunk& chunk, std::size_t slot) {
    const auto values = column.sets(field).of(chunk.values[static_cast<std::size_t>(field)][slot]);
    return std::any_of(values.begin(), values.end(), [&](Ordinal value) { return fitting[value]; });
  });
}

Rows with_any_value(const FacetColumn& column, search::Field field) {
  return scan(column, [&](const Chunk& chunk, std::size_t slot) {
    return chunk.values[static_cast<std::size_t>(field)][slot] != ValueSets::empty;
  });
}

Rows with_id(const State& state, std::string_view id) {
  auto keys = std::optional(std::pair{key_of(id), key_of(id)});
  if (id.ends_with('*')) keys = keys_beginning(id.substr(0, id.size() - 1));
  if (!keys) return {};
  const auto& column = *state.column;
  const auto order = state.ranking(search::Sort::id).order();
  const auto begin =
      std::partition_point(order.begin(), order.end(), [&](Row row) { return column.facts(row).id < keys->first; });
  const auto end =
      std::partition_point(begin, order.end(), [&](Row row) { return column.facts(row).id <= keys->second; });
  return {static_cast<std::size_t>(end - begin), order.data() + (begin - order.begin())};
}

}  // namespace

bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resumed = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resumed = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resumed;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

Rows rows_of(const State& state, Handle& handle, const Condition& condition) {
  const auto& column = *state.column;
  const auto everything = [&] { return *state.postings->of(handle.database, std::string{}); };
  switch (condition.kind) {
    case Condition::Kind::all: {
      std::optional<Rows> rows;
      for (const auto& part : condition.parts) {
        auto found = rows_of(state, handle, part);
        rows = rows ? *rows & found : std::move(found);
      }
      return rows ? std::move(*rows) : everything();
    }
    case Condition::Kind::any:
    case Condition::Kind::none: {
      Rows rows;
      for (const auto& part : condition.parts) rows |= rows_of(state, handle, part);
      return condition.kind == Condition::Kind::any ? rows : everything() - rows;
    }
    case Condition::Kind::words:
      return with_words(state, handle, Atom::Kind::word, condition.text);
    case Condition::Kind::beginning:
      return state.postings->beginning(handle.database, fold(trim(condition.text)));
    case Condition::Kind::title:
      return with_words(state, handle, Atom::Kind::title, condition.text);
    case Condition::Kind::value:
      return *state.postings->of(handle.database, term(row(condition.field).prefix, condition.text));
    case Condition::Kind::pattern:
      return with_value_like(column, condition.field, condition.text);
    case Condition::Kind::present:
      return with_any_value(column, condition.field);
    case Condition::Kind::id:
      return with_id(state, condition.text);
    case Condition::Kind::identifier:
      return *state.postings->of(handle.database, term(prefix::identifier, condition.text));
    case Condition::Kind::changed:
      return within(column, &Facts::changed, condition.range);
    case Condition::Kind::first_seen:
      return within(column, &Facts::first_seen, condition.range);
    case Condition::Kind::modified:
      return within(column, &Facts::modified, condition.range);
  }
  return {};
}

}  // namespace moisson::index
