#include "index/searcher.h"

#include "index/facet_count.h"
#include "index/hit.h"
#include "index/selection.h"
#include "index/weights.h"

#include <algorithm>
#include <cmath>

namespace moisson::index {
namespace {

constexpr double milliseconds_a_year = 365.25 * 24 * 3600 * 1000;

struct Scored {
  Row row = 0;
  double text = 0;   // BM25
  double score = 0;  // with the prior
};

// The matches as a filter beside the scoring query, so that Xapian skips what they leave out.
class Allowed final : public Xapian::PostingSource {
 public:
  explicit Allowed(const Rows& rows) : rows_(rows) {}

  void init(const Xapian::Database&) override { started_ = false; }
  Xapian::doccount get_termfreq_min() const override { return get_termfreq_est(); }
  Xapian::doccount get_termfreq_est() const override { return static_cast<Xapian::doccount>(rows_.cardinality()); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_est(); }
  Xapian::docid get_docid() const override { return *at_; }
  bool at_end() const override { return started_ && at_ == rows_.end(); }
  void next(double) override {
    if (started_)
      ++at_;
    else
      start();
  }
  void skip_to(Xapian::docid row, double) override {
    if (!started_) start();
    if (at_ != rows_.end() && *at_ < row) at_.equalorlarger(row);
  }

 private:
  void start() {
    at_ = rows_.begin();
    started_ = true;
  }
  const Rows& rows_;
  Rows::const_iterator at_ = rows_.begin();
  bool started_ = false;
};

// Between 0 and 1: how near `then` is to `now`, over `years`.
double nearness(std::int64_t now, std::int64_t then, double years) {
  if (then == INT64_MIN) return 0;
  return std::clamp(1 - (static_cast<double>(now) - static_cast<double>(then)) / (years * milliseconds_a_year), 0.0, 1.0);
}

class Prior {
 public:
  // "Now" is the thousandth part's newest modification: the snapshot's own time, so that an answer does not change with
  // the clock, and dates in the future do not count.
  explicit Prior(const State& state) : column_(*state.column) {
    const auto order = state.ranking(search::Sort::modified).order();
    if (!order.empty()) now_ = column_.facts(order[order.size() / 1000]).modified;
  }

  double operator()(Row row, double text) const {
    const auto& facts = column_.facts(row);
    const double merit = weights::quality * facts.quality / 4 + weights::freshness * nearness(now_, facts.modified, 3) +
                         weights::age * (facts.created == INT64_MIN ? 0 : 1 - nearness(now_, facts.created, 8));
    return text * (1 + merit) + weights::fame * std::min(std::log10(1 + static_cast<double>(facts.popularity)), weights::fame_limit);
  }

 private:
  const FacetColumn& column_;
  std::int64_t now_ = 0;
};

// The first `end` of the ranked order, of which the first weights::reranked are ordered by text and prior together.
std::vector<Scored> ranked(const State& state, Handle& handle, const Plan& plan, const Selection& selection, std::size_t end) {
  auto query = ranked_query(plan);
  Xapian::Enquire enquire(handle.database);
  std::optional<Allowed> allowed;
  if (selection.filtered()) {
    allowed.emplace(*selection.matches());
    query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(&*allowed));
  }
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BM25Weight(weights::k1, 0, 1, weights::b, 0.5));
  const auto found = enquire.get_mset(0, static_cast<Xapian::doccount>(std::max<std::size_t>(end, weights::reranked)));
  const Prior prior(state);
  std::vector<Scored> scored;
  for (auto at = found.begin(); at != found.end(); ++at) {
    const bool reranked = scored.size() < weights::reranked;
    scored.push_back({*at, at.get_weight(), reranked ? prior(*at, at.get_weight()) : at.get_weight()});
  }
  const auto top = static_cast<std::ptrdiff_t>(std::min<std::size_t>(scored.size(), weights::reranked));
  std::sort(scored.begin(), scored.begin() + top,
            [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.row < b.row; });
  return scored;
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
std::vector<Row> rows_at(const State& state, Handle& handle, const Selection& selection, search::Sort sort, std::size_t first,
                         std::size_t count) {
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

std::vector<search::Facet> facets(const State& state, Handle& handle, const Selection& selection, const search::Query& query) {
  std::vector<search::Facet> out;
  // Facets that are not filtered are counted over the same rows.
  std::optional<Counting> shared;
  for (const auto field : query.facets) {
    FacetWish wish{field, std::min<std::uint32_t>(query.facet_size, 100'000), {}, query.language};
    const auto filter = std::find_if(query.filters.begin(), query.filters.end(), [&](const auto& each) { return each.field == field; });
    const bool own = filter != query.filters.end();
    if (own) wish.selected = filter->values;
    std::optional<Counting> alone;
    if (own) {
      const auto over = selection.for_facet(field);
      alone = counting(state, handle, over ? &*over : nullptr);
    } else if (!shared) {
      shared = counting(state, handle, selection.matches());
    }
    const auto& over = own ? *alone : *shared;
    out.push_back(over.left_out ? count_facet_without(*state.column, wish, over.rows) : count_facet(*state.column, wish, over.rows));
  }
  return out;
}

}  // namespace

Result<search::Results> search(const State& state, Handle& handle, const search::Query& query) {
  const auto size = std::min<std::size_t>(query.page_size, query.keys_only ? 1'000 : 100);
  const auto first = query.offset ? *query.offset : (std::max<std::uint64_t>(query.page, 1) - 1) * size;
  const auto text = parse_query_text(query.text);
  const auto what = plan(text, state.languages, handle.stemmer);
  const bool by_relevance = query.sort == search::Sort::relevance && what.must && !query.cursor;
  if (by_relevance && size > 0 && (first > search::max_relevance_depth || first + size > search::max_relevance_depth))
    return Error{ErrorCode::invalid_input, "by relevance, only the first 10000 results can be reached", "page",
                 "use a cursor, or sort by modified, created, title or popularity"};

  const Selection selection(state, handle, query, what);
  search::Results results;
  results.epoch = state.identity.epoch;
  results.seq = state.identity.seq;
  results.total = selection.total();
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
      page = ranked(state, handle, what, selection, first + size);
      page.erase(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(first, page.size())));
      page.resize(std::min(page.size(), size));
    }
  } else {
    for (const auto row : rows_at(state, handle, selection, query, first, size)) page.push_back({row});
  }

  HitMaker hits(state, handle, query, text);
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

}  // namespace moisson::index
