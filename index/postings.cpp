#include "index/postings.h"

#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

// Equal for nodes that find the same; no term begins with a control character.
std::string signature(const Node& node) {
  std::string out(1, static_cast<char>(1 + static_cast<int>(node.kind)));
  out += node.kind == Node::Kind::pair ? std::to_string(node.pair) : node.term;
  for (const auto& child : node.children) out += signature(child);
  return out += '\x1f';
}

Rows with_pairs(const Xapian::Database& database, const Rows& rows, const std::vector<PairNumber>& pairs) {
  Rows found;
  auto value = database.valuestream_begin(pairs_slot);
  const auto end = database.valuestream_end(pairs_slot);
  for (const auto row : rows) {
    if (value == end) break;
    value.skip_to(row);
    if (value == end) break;
    if (value.get_docid() != row) continue;
    const auto bytes = *value;
    if (std::all_of(pairs.begin(), pairs.end(), [&](PairNumber pair) { return has_pair(bytes, pair); })) found.add(row);
  }
  return found;
}

}  // namespace

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
  keep(term, {rows, nullptr}, rows->getSizeInBytes() + term.size() + bytes_of_one);
  return rows;
}

std::shared_ptr<const ScoredRows> Postings::scored(const Xapian::Database& database, const std::string& term) {
  if (auto kept = find(term); kept.scored) return kept.scored;
  auto list = std::make_shared<ScoredRows>();
  const bool of_title = is_title_term(term);
  const auto& norms = of_title ? norms_.title : norms_.text;
  const auto end = database.postlist_end(term);
  for (auto at = database.postlist_begin(term); at != end; ++at) {
    const float count = of_title ? 1 : static_cast<float>(at.get_wdf());
    list->rows.push_back(*at);
    list->shares.push_back(count / (count + norms[*at]));
  }
  keep(term, {nullptr, list}, list->rows.size() * 8 + term.size() + bytes_of_one);
  return list;
}

Rows Postings::beginning(const Xapian::Database& database, const std::string& text) {
  Rows rows;
  // Words are terms without a prefix, and start with no capital.
  if (text.empty() || (text.front() >= 'A' && text.front() <= 'Z')) return rows;
  std::size_t met = 0;
  const auto end = database.allterms_end(text);
  for (auto at = database.allterms_begin(text); at != end && met < most_beginnings; ++at, ++met)
    rows |= *of(database, *at);
  return rows;
}

Rows Postings::of(const Xapian::Database& database, const Node& node) {
  if (node.kind == Node::Kind::term) return *of(database, node.term);
  if (node.kind == Node::Kind::beginning) return beginning(database, node.term);
  Rows rows;
  bool first = true;
  std::vector<PairNumber> pairs;
  for (const auto& child : node.children) {
    if (child.kind == Node::Kind::pair) {
      pairs.push_back(child.pair);
      continue;
    }
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
  return pairs.empty() ? rows : with_pairs(database, rows, pairs);
}

std::shared_ptr<const Rows> Postings::of_word(const Xapian::Database& database, const Node& node) {
  if (node.kind == Node::Kind::term) return of(database, node.term);
  const auto key = signature(node);
  if (auto kept = find(key); kept.rows) return kept.rows;
  auto rows = std::make_shared<const Rows>(of(database, node));
  keep(key, {rows, nullptr}, rows->getSizeInBytes() + key.size() + bytes_of_one);
  return rows;
}

}  // namespace moisson::index
