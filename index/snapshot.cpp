#include "index/snapshot.h"

#include "index/searcher.h"
#include "index/state.h"
#include "index/suggest.h"

#include <algorithm>

namespace moisson::index {
namespace {

class IndexSnapshot final : public Snapshot {
 public:
  explicit IndexSnapshot(State state) : state_(std::move(state)) {}

  const std::string& epoch() const override { return state_.identity.epoch; }
  std::uint64_t seq() const override { return state_.identity.seq; }
  std::uint64_t document_count() const override { return state_.column->documents(); }

  Result<search::Results> search(const search::Query& query) const override {
    if (auto known = state_.answers->find(query)) return std::move(*known);
    auto results = with_handle<search::Results>([&](Handle& handle) { return index::search(state_, handle, query); });
    if (results) state_.answers->keep(query, *results);
    return results;
  }

  Result<std::vector<Suggestion>> suggest(std::string_view text, std::string_view language,
                                          std::uint32_t limit) const override {
    return with_handle<std::vector<Suggestion>>(
        [&](Handle& handle) { return index::suggest(state_, handle, text, language, limit); });
  }

 private:
  template <class T, class Work>
  Result<T> with_handle(Work work) const {
    Result<T> answer = Error{ErrorCode::internal, "no answer", {}, {}};
    const auto done = state_.revision->run([&](Handle& handle) { answer = work(handle); });
    if (!done) return done.error();
    return answer;
  }

  State state_;
};

}  // namespace

const Ranking& State::ranking(search::Sort sort) const {
  const auto* found = std::find(sorted_by.begin(), sorted_by.end(), sort);
  return *rankings[found == sorted_by.end() ? 0 : static_cast<std::size_t>(found - sorted_by.begin())];
}

std::shared_ptr<const Snapshot> make_snapshot(State state) { return std::make_shared<IndexSnapshot>(std::move(state)); }

}  // namespace moisson::index
