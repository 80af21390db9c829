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

// What is to be listed: some documents, or every one but those that repeat another.
struct Listing {
  std::optional<Rows> rows;
  const Rows* left_out = nullptr;  // where `rows` is nothing; nullptr: none
  std::uint64_t total = 0;
};

Listing listing_of(const State& state, const Selection& selection, bool every_copy) {
  if (const auto* matches = selection.matches()) {
    Listing made{*matches, nullptr, 0};
    if (!every_copy)
      for (const auto& repeat : state.families->repeats(*matches)) made.rows->remove(repeat.row);
    made.total = made.rows->cardinality();
    return made;
  }
  const auto& repeated = state.families->repeated();
  if (every_copy || repeated.isEmpty()) return {std::nullopt, nullptr, selection.total()};
  return {std::nullopt, &repeated, selection.total() - repeated.cardinality()};
}

std::vector<Row> rows_after(const State& state, const Listing& listing, std::uint64_t cursor, std::size_t count) {
  std::vector<Row> rows;
  if (listing.rows) {
    auto at = listing.rows->begin();
    if (cursor >= UINT32_MAX) return rows;
    at.equalorlarger(static_cast<Row>(cursor + 1));
    for (; at != listing.rows->end() && rows.size() < count; ++at) rows.push_back(*at);
    return rows;
  }
  for (auto row = cursor + 1; row < state.column->rows_end() && rows.size() < count; ++row) {
    const auto each = static_cast<Row>(row);
    if (state.column->has(each) && !(listing.left_out && listing.left_out->contains(each))) rows.push_back(each);
  }
  return rows;
}

// The results that stand `first` to `first + count` by `sort`, which is not relevance.
std::vector<Row> rows_at(const State& state, Handle& handle, const Listing& listing, search::Sort sort,
                         std::size_t first, std::size_t count) {
  if (sort != search::Sort::row) {
    const auto& ranking = state.ranking(sort);
    if (listing.rows) return ranking.page(*listing.rows, first, count);
    return listing.left_out ? ranking.page_without(*listing.left_out, first, count) : ranking.page(first, count);
  }
  std::optional<Rows> everything;
  if (!listing.rows) everything = *state.postings->of(handle.database, std::string{});
  if (listing.left_out) *everything -= *listing.left_out;
  const auto& matches = everything ? *everything : *listing.rows;
  std::vector<Row> rows;
  Row begin = 0;
  if (first > UINT32_MAX || !matches.select(static_cast<std::uint32_t>(first), &begin)) return rows;
  auto at = matches.begin();
  for (at.equalorlarger(begin); at != matches.end() && rows.size() < count; ++at) rows.push_back(*at);
  return rows;
}

std::vector<Row> rows_at(const State& state, Handle& handle, const Listing& listing, const search::Query& query,
                         std::size_t first, std::size_t count) {
  const auto total = static_cast<std::size_t>(listing.total);
  if (first >= total) return {};
  count = std::min(count, total - first);
  if (!query.reverse) return rows_at(state, handle, listing, query.sort, first, count);
  auto rows = rows_at(state, handle, listing, query.sort, total - first - count, count);
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::vector<Row> listed(const Rows& rows) {
  std::vector<Row> list(rows.cardinality());
  rows.toUint32Array(list.data());
  return list;
}

// One set of documents to count over, counted for one field after the other. `rows`: nullptr: every document.
class Counter {
 public:
  Counter(const State& state, Handle& handle, const Rows* rows, bool every_copy)
      : state_(state), handle_(handle), matches_(rows), every_copy_(every_copy) {
    if (rows && !every_copy) repeats_ = state.families->repeats(*rows);
  }

  search::Facet facet(const FacetWish& wish) {
    std::vector<ValueCount> own;
    std::span<const ValueCount> again;
    if (!matches_ && !every_copy_) again = state_.families->said_again(wish.field);
    if (!repeats_.empty()) again = own = state_.families->said_again(wish.field, repeats_);
    list();
    return left_out_ ? count_facet_without(*state_.column, wish, {*rows_, again})
                     : count_facet(*state_.column, wish, {*rows_, again});
  }

 private:
  // The rows to count over, or to leave out of the counts kept ready where these are fewer.
  void list() {
    if (rows_) return;
    if (!matches_) {
      rows_.emplace();
      return;
    }
    left_out_ = matches_->cardinality() > state_.column->documents() / 2;
    rows_ = left_out_ ? listed(*state_.postings->of(handle_.database, std::string{}) - *matches_) : listed(*matches_);
  }

  const State& state_;
  Handle& handle_;
  const Rows* const matches_;
  const bool every_copy_;
  std::vector<Repeat> repeats_;
  std::optional<std::vector<Row>> rows_;  // made when first needed
  bool left_out_ = true;
};

std::vector<search::Facet> facets(const State& state, Handle& handle, const Selection& selection,
                                  const search::Query& query) {
  std::vector<search::Facet> out;
  // Facets that are not filtered are counted over the same rows.
  std::optional<Counter> shared;
  for (const auto field : query.facets) {
    FacetWish wish{field, std::min<std::uint32_t>(query.facet_size, 100'000), {}, query.language};
    const auto filter =
        std::find_if(query.filters.begin(), query.filters.end(), [&](const auto& each) { return each.field == field; });
    if (filter != query.filters.end()) {
      wish.selected = filter->values;
      const auto over = selection.for_facet(field);
      out.push_back(Counter(state, handle, over ? &*over : nullptr, query.every_copy).facet(wish));
      continue;
    }
    if (!shared) shared.emplace(state, handle, selection.matches(), query.every_copy);
    out.push_back(shared->facet(wish));
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
  const Listing shown = listing_of(state, selection, query.every_copy);
  results.total = shown.total;
  results.words_matched = selection.words_matched();
  for (const auto* term : what.also) results.also_searched.emplace_back(term->spelled);
  results.facets = facets(state, handle, selection, query);
  if (size == 0 || results.total == 0) return results;

  std::vector<Scored> page;
  if (query.cursor) {
    auto rows = rows_after(state, shown, *query.cursor, size + 1);
    if (rows.size() > size) {
      rows.pop_back();
      results.next_cursor = rows.back();
    }
    for (const auto row : rows) page.push_back({row});
  } else if (by_relevance) {
    if (first < results.total) {
      page = ranked(state, handle, what, listed(*shown.rows), first + size);
      page.erase(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(first, page.size())));
      page.resize(std::min(page.size(), size));
    }
  } else {
    for (const auto row : rows_at(state, handle, shown, query, first, size)) page.push_back({row});
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
