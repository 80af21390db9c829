#include "index/searcher.h"

#include "index/correction.h"
#include "index/facet_count.h"
#include "index/hit.h"
#include "index/schema.h"
#include "index/scorer.h"
#include "index/selection.h"

#include <algorithm>
#include <span>

namespace moisson::index {
namespace {

struct Scored {
  Row row = 0;
  float text = 0;   // BM25
  float score = 0;  // with the prior
};

// The first `end` of `rows` by text and prior together; equals by row.
std::vector<Scored> ranked(const State& state, Handle& handle, const Plan& plan, std::span<const Row> rows,
                           std::size_t end) {
  const auto texts = text_scores(state, handle, plan, rows);
  const auto& prior = *state.prior;
  const auto before = [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.row < b.row;
  };
  // A heap whose top is the last of the best so far: what does not come before it costs a comparison.
  std::vector<Scored> best;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Scored each{rows[i], texts[i], prior(rows[i], texts[i])};
    if (best.size() == end) {
      if (!before(each, best.front())) continue;
      std::pop_heap(best.begin(), best.end(), before);
      best.back() = each;
    } else {
      best.push_back(each);
    }
    std::push_heap(best.begin(), best.end(), before);
  }
  std::sort_heap(best.begin(), best.end(), before);
  return best;
}

std::vector<Row> rows_after(const State& state, const Selection& selection, std::uint64_t cursor, std::size_t count) {
  std::vector<Row> rows;
  if (const auto* matches = selection.matches()) {
    auto at = matches->begin();
    if (cursor >= UINT32_MAX) return rows;
    at.equalorlarger(static_cast<Row>(cursor + 1));
    for (; at != matches->end() && rows.size() < count; ++at) rows.push_back(*at);
    return rows;
  }
  for (auto row = cursor + 1; row < state.column->rows_end() && rows.size() < count; ++row)
    if (state.column->has(static_cast<Row>(row))) rows.push_back(static_cast<Row>(row));
  return rows;
}

// The results that stand `first` to `first + count` by `sort`, which is not relevance.
std::vector<Row> rows_at(const State& state, Handle& handle, const Selection& selection, search::Sort sort,
                         std::size_t first, std::size_t count) {
  if (sort != search::Sort::row) {
    const auto& ranking = state.ranking(sort);
    return selection.matches() ? ranking.page(*selection.matches(), first, count) : ranking.page(first, count);
  }
  std::shared_ptr<const Rows> everything;
  if (!selection.matches()) everything = state.postings->of(handle.database, std::string{});
  const auto& matches = everything ? *everything : *selection.matches();
  std::vector<Row> rows;
  Row begin = 0;
  if (first > UINT32_MAX || !matches.select(static_cast<std::uint32_t>(first), &begin)) return rows;
  auto at = matches.begin();
  for (at.equalorlarger(begin); at != matches.end() && rows.size() < count; ++at) rows.push_back(*at);
  return rows;
}

std::vector<Row> rows_at(const State& state, Handle& handle, const Selection& selection, const search::Query& query,
                         std::size_t first, std::size_t count) {
  const auto total = static_cast<std::size_t>(selection.total());
  if (first >= total) return {};
  count = std::min(count, total - first);
  if (!query.reverse) return rows_at(state, handle, selection, query.sort, first, count);
  auto rows = rows_at(state, handle, selection, query.sort, total - first - count, count);
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::vector<Row> listed(const Rows& rows) {
  std::vector<Row> list(rows.cardinality());
  rows.toUint32Array(list.data());
  return list;
}

// The rows to count over, or to leave out of the counts kept ready where these are fewer.
struct Counting {
  std::vector<Row> rows;
  bool left_out = true;
};

Counting counting(const State& state, Handle& handle, const Rows* rows) {
  if (!rows) return {};
  if (rows->cardinality() <= state.column->documents() / 2) return {listed(*rows), false};
  return {listed(*state.postings->of(handle.database, std::string{}) - *rows), true};
}

// Cutting the set of a value with that of the matches costs about as much as visiting so many rows.
constexpr std::size_t rows_of_a_cut = 64;

// Whether the field's terms find what its values count, and are few enough for `matches` to be cut with each.
bool worth_cutting(const State& state, search::Field field, const Rows* matches) {
  // A publisher's term is also found by the other names of its body.
  if (field == search::Field::publisher || !matches) return false;
  return state.column->by_count(field).size() * rows_of_a_cut < matches->cardinality();
}

search::Facet count_by_cutting(const State& state, Handle& handle, const FacetWish& wish, const Rows& matches) {
  return count_facet_by_value(*state.column, wish, [&](const std::string& value) {
    return static_cast<std::uint32_t>(
        matches.and_cardinality(*state.postings->of(handle.database, term(row(wish.field).prefix, value))));
  });
}

std::vector<search::Facet> facets(const State& state, Handle& handle, const Selection& selection,
                                  const search::Query& query) {
  std::vector<search::Facet> out;
  // Facets that are not filtered are counted over the same rows.
  std::optional<Counting> shared;
  for (const auto field : query.facets) {
    FacetWish wish{field, std::min<std::uint32_t>(query.facet_size, 100'000), {}, query.language};
    const auto filter =
        std::find_if(query.filters.begin(), query.filters.end(), [&](const auto& each) { return each.field == field; });
    const bool own = filter != query.filters.end();
    if (own) wish.selected = filter->values;
    std::optional<Rows> without_own;
    if (own) without_own = selection.for_facet(field);
    const Rows* matches = own ? (without_own ? &*without_own : nullptr) : selection.matches();
    if (worth_cutting(state, field, matches)) {
      out.push_back(count_by_cutting(state, handle, wish, *matches));
      continue;
    }
    std::optional<Counting> alone;
    if (own)
      alone = counting(state, handle, matches);
    else if (!shared)
      shared = counting(state, handle, matches);
    const auto& over = own ? *alone : *shared;
    out.push_back(over.left_out ? count_facet_without(*state.column, wish, over.rows)
                                : count_facet(*state.column, wish, over.rows));
  }
  return out;
}

Result<search::Results> answer(const State& state, Handle& handle, const search::Query& query) {
  const auto size = std::min<std::size_t>(query.page_size, query.keys_only ? 1'000 : 100);
  const auto first = query.offset ? *query.offset : (std::max<std::uint64_t>(query.page, 1) - 1) * size;
  const auto text = parse_query_text(query.text);
  const auto what = plan(text, state.languages, handle.stemmer, state.weights);
  const bool by_relevance = query.sort == search::Sort::relevance && what.must && !query.cursor;
  if (by_relevance && size > 0 && (first > search::max_relevance_depth || first + size > search::max_relevance_depth))
    return Error{ErrorCode::invalid_input, "by relevance, only the first 10000 results can be reached", "page",
                 "use a cursor, or sort by modified, created, title or popularity"};

  const Selection selection(state, handle, query, what);
  search::Results results;
  results.epoch = state.identity.epoch;
  results.seq = state.identity.seq;
  results.total = selection.total();
  results.words_matched = selection.words_matched();
  for (const auto* term : what.also) results.also_searched.emplace_back(term->spelled);
  results.facets = facets(state, handle, selection, query);
  if (size == 0 || results.total == 0) return results;

  std::vector<Scored> page;
  if (query.cursor) {
    auto rows = rows_after(state, selection, *query.cursor, size + 1);
    if (rows.size() > size) {
      rows.pop_back();
      results.next_cursor = rows.back();
    }
    for (const auto row : rows) page.push_back({row});
  } else if (by_relevance) {
    if (first < results.total) {
      page = ranked(state, handle, what, listed(*selection.matches()), first + size);
      page.erase(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(first, page.size())));
      page.resize(std::min(page.size(), size));
    }
  } else {
    for (const auto row : rows_at(state, handle, selection, query, first, size)) page.push_back({row});
  }

  HitMaker hits(state, handle, query, text, what);
  for (const auto& each : page) {
    if (query.keys_only) {
      if (auto id = id_of(state.column->facts(each.row).id)) {
        results.hits.emplace_back();
        results.hits.back().row = each.row;
        results.hits.back().id = std::move(*id);
        results.hits.back().score = each.score;
        continue;
      }
    }
    auto hit = hits.make(each.row, {each.text, each.score});
    if (!hit) return hit.error();
    results.hits.push_back(std::move(*hit));
  }
  return results;
}

}  // namespace

Result<search::Results> search(const State& state, Handle& handle, const search::Query& query) {
  if (query.text.empty() || query.cursor || query.keys_only) return answer(state, handle, query);
  const auto meant = corrected(state, handle, query.text, parse_query_text(query.text));
  if (meant.needed) {
    search::Query better = query;
    better.text = meant.text;
    auto results = answer(state, handle, better);
    if (!results) return results;
    if (results->total > 0) {
      results->did_you_mean = meant.text;
      results->corrected = true;
      return results;
    }
  }
  auto results = answer(state, handle, query);
  if (results && !meant.needed) results->did_you_mean = meant.text;
  return results;
}

}  // namespace moisson::index
