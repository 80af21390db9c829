#include "index/postings.h"

namespace moisson::index {

Postings::Kept Postings::find(const std::string& term) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(term);
  return found == kept_.end() ? Kept{} : found->second;
}

void Postings::keep(const std::string& term, Kept found, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  if (bytes_ + bytes > most_bytes) {
    kept_.clear();
    bytes_ = 0;
  }
  auto& kept = kept_[term];
  if (found.rows && !kept.rows) kept.rows = std::move(found.rows);
  if (found.scored && !kept.scored) kept.scored = std::move(found.scored);
  bytes_ += bytes;
}

std::shared_ptr<const Rows> Postings::of(const Xapian::Database& database, const std::string& term) {
  if (auto kept = find(term); kept.rows) return kept.rows;
  std::vector<std::uint32_t> ids;
  const auto end = database.postlist_end(term);
  for (auto at = database.postlist_begin(term); at != end; ++at) ids.push_back(*at);
  auto rows = std::make_shared<const Rows>(ids.size(), ids.data());
  if (ids.size() >= worth_keeping) keep(term, {rows, nullptr}, rows->getSizeInBytes() + term.size());
  return rows;
}

std::shared_ptr<const ScoredRows> Postings::scored(const Xapian::Database& database, const std::string& term) {
  if (auto kept = find(term); kept.scored) return kept.scored;
  auto list = std::make_shared<ScoredRows>();
  const auto end = database.postlist_end(term);
  for (auto at = database.postlist_begin(term); at != end; ++at) {
    const auto count = static_cast<float>(at.get_wdf());
    list->rows.push_back(*at);
    list->shares.push_back(count / (count + norms_[*at]));
  }
  if (list->rows.size() >= worth_keeping) keep(term, {nullptr, list}, list->rows.size() * 8 + term.size());
  return list;
}

Rows Postings::of(const Xapian::Database& database, const Node& node) {
  if (node.kind == Node::Kind::term) return *of(database, node.term);
  Rows rows;
  bool first = true;
  for (const auto& child : node.children) {
    const auto add = [&](const Rows& found) {
      if (first)
        rows = found;
      else if (node.kind == Node::Kind::all)
        rows &= found;
      else
        rows |= found;
    };
    if (child.kind == Node::Kind::term)
      add(*of(database, child.term));
    else
      add(of(database, child));
    first = false;
  }
  return rows;
}

}  // namespace moisson::index
