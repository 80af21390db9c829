#include "index/scorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace moisson::index {
namespace {

// Where so many times fewer documents are asked for than a term has, they are looked up in its list instead.
constexpr std::size_t worth_looking_up = 16;

class Accumulator {
 public:
  Accumulator(const State& state, Handle& handle, std::span<const Row> rows)
      : state_(state),
        handle_(handle),
        rows_(rows),
        scores_(tables().scores),
        best_(tables().best),
        documents_(static_cast<double>(state.column->documents())) {
    if (scores_.size() < state.column->rows_end()) scores_.resize(state.column->rows_end());
    if (best_.size() < scores_.size()) best_.resize(scores_.size());
  }

  // Leaves the tables zero, as it was found.
  ~Accumulator() {
    for (const auto& list : used_)
      for (const auto row : list->rows) scores_[row] = 0;
    for (const auto row : rows_) scores_[row] = 0;
  }
  Accumulator(const Accumulator&) = delete;
  Accumulator& operator=(const Accumulator&) = delete;

  // `alternative`: a row may have been found without it.
  void add(const Node& node, bool alternative = false) {
    if (node.kind == Node::Kind::best) {
      add_best(node);
    } else if (node.kind == Node::Kind::term) {
      if (node.weight > 0) add_term(node);
    } else if (node.kind == Node::Kind::beginning || node.kind == Node::Kind::pair) {
      return;
    } else if (node.kind == Node::Kind::all && alternative) {
      add_together(node);
    } else {
      for (const auto& child : node.children) add(child, node.kind == Node::Kind::any);
    }
  }

  std::vector<float> scores() const {
    std::vector<float> found(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) found[i] = scores_[rows_[i]];
    return found;
  }

 private:
  // By row; zero everywhere between questions. The thread's own, so a question pays for the documents that it meets.
  struct Tables {
    std::vector<float> scores;
    std::vector<float> best;  // of add_best(); zero outside it
  };
  static Tables& tables() {
    static thread_local Tables made;
    return made;
  }

  // The Robertson/Sparck Jones weight without feedback, held above zero for terms of most documents.
  float weight_of(const Node& node, const ScoredRows& list) const {
    const double found = static_cast<double>(list.rows.size());
    double odds = (documents_ - found + 0.5) / (found + 0.5);
    if (odds < 2) odds = odds / 2 + 1;
    return static_cast<float>(node.weight * (state_.weights.k1 + 1) * std::log(odds));
  }

  std::shared_ptr<const ScoredRows> list_of(const Node& node) {
    return state_.postings->scored(handle_.database, node.term);
  }

  void add_term(const Node& node) {
    auto list = list_of(node);
    const float weight = weight_of(node, *list);
    if (rows_.size() < list->rows.size() / worth_looking_up) {
      auto at = list->rows.begin();
      for (const auto row : rows_) {
        at = std::lower_bound(at, list->rows.end(), row);
        if (at == list->rows.end()) return;
        if (*at == row) scores_[row] += weight * list->shares[static_cast<std::size_t>(at - list->rows.begin())];
      }
      return;
    }
    float* const scores = scores_.data();
    for (std::size_t i = 0; i < list->rows.size(); ++i) scores[list->rows[i]] += weight * list->shares[i];
    used_.push_back(std::move(list));
  }

  // Stems of one word in different languages: rarely more than one is a word of the index.
  void add_best(const Node& node) {
    std::vector<std::pair<std::shared_ptr<const ScoredRows>, float>> lists;
    const Node* only = nullptr;
    for (const auto& child : node.children) {
      auto list = list_of(child);
      if (list->rows.empty()) continue;
      const float weight = weight_of(child, *list);
      lists.emplace_back(std::move(list), weight);
      only = &child;
    }
    if (lists.empty()) return;
    if (lists.size() == 1) return add_term(*only);
    for (const auto& [list, weight] : lists)
      for (std::size_t i = 0; i < list->rows.size(); ++i) {
        auto& best = best_[list->rows[i]];
        best = std::max(best, weight * list->shares[i]);
      }
    for (auto& [list, weight] : lists) {
      for (const auto row : list->rows) scores_[row] += std::exchange(best_[row], 0.0F);
      used_.push_back(std::move(list));
    }
  }

  // The children of `node` for the rows that have all of them.
  void add_together(const Node& node) {
    const auto together = state_.postings->of(handle_.database, node);
    if (together.isEmpty()) return;
    std::vector<Row> rows(together.cardinality());
    together.toUint32Array(rows.data());
    for (const auto& child : node.children) {
      if (child.kind == Node::Kind::term)
        add_within(child, rows);
      else
        for (const auto& form : child.children) add_within(form, rows);
    }
    auto met = std::make_shared<ScoredRows>();
    met->rows = std::move(rows);
    used_.push_back(std::move(met));
  }

  void add_within(const Node& node, const std::vector<Row>& rows) {
    const auto list = list_of(node);
    const float weight = weight_of(node, *list);
    auto at = list->rows.begin();
    for (const auto row : rows) {
      at = std::lower_bound(at, list->rows.end(), row);
      if (at == list->rows.end()) return;
      if (*at == row) scores_[row] += weight * list->shares[static_cast<std::size_t>(at - list->rows.begin())];
    }
  }

  const State& state_;
  Handle& handle_;
  std::span<const Row> rows_;
  std::vector<float>& scores_;
  std::vector<float>& best_;
  double documents_;
  std::vector<std::shared_ptr<const ScoredRows>> used_;
};

}  // namespace

std::vector<float> text_scores(const State& state, Handle& handle, const Plan& plan, std::span<const Row> rows) {
  Accumulator accumulator(state, handle, rows);
  if (plan.must) accumulator.add(*plan.must);
  for (const auto& node : plan.bonus) accumulator.add(node);
  return accumulator.scores();
}

}  // namespace moisson::index
