#include "index/postings.h"

#include <vector>

namespace moisson::index {
namespace {

std::shared_ptr<const Rows> read(const Xapian::Database& database, const std::string& term, std::size_t& documents) {
  std::vector<std::uint32_t> ids;
  const auto end = database.postlist_end(term);
  for (auto at = database.postlist_begin(term); at != end; ++at) ids.push_back(*at);
  documents = ids.size();
  return std::make_shared<const Rows>(ids.size(), ids.data());
}

}  // namespace

std::shared_ptr<const Rows> Postings::of(const Xapian::Database& database, const std::string& term) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = kept_.find(term); found != kept_.end()) return found->second;
  }
  std::size_t documents = 0;
  auto rows = read(database, term, documents);
  if (documents < worth_keeping) return rows;
  const auto size = rows->getSizeInBytes() + term.size();
  const std::lock_guard lock(mutex_);
  if (bytes_ + size > most_bytes) {
    kept_.clear();
    bytes_ = 0;
  }
  if (kept_.emplace(term, rows).second) bytes_ += size;
  return rows;
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
