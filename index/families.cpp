#include "index/families.h"

#include <algorithm>
#include <iterator>

namespace moisson::index {

Families::Families(std::shared_ptr<const FacetColumn> shared) : column_(std::move(shared)) {
  const auto& column = *column_;
  if (column.followers() == 0) return;
  for (std::size_t number = 0; number < column.chunk_count(); ++number) {
    const auto* chunk = column.chunk(number);
    if (!chunk) continue;
    for (std::size_t slot = 0; slot < chunk_rows; ++slot) {
      const auto row = static_cast<Row>(number * chunk_rows + slot);
      if (chunk->present[slot] && chunk->facts[slot].family != row)
        members_.push_back({chunk->facts[slot].family, row});
    }
  }
  std::sort(members_.begin(), members_.end());
  std::vector<Member> leaders;
  for (auto at = members_.begin(); at != members_.end();) {
    const auto end = std::find_if(at, members_.end(), [&](const Member& each) { return each.leader != at->leader; });
    if (column.has(at->leader)) leaders.push_back({at->leader, at->leader});
    at = end;
  }
  members_.insert(members_.end(), leaders.begin(), leaders.end());
  std::sort(members_.begin(), members_.end());
  for (const auto& member : members_) rows_.add(member.row);
  all_repeats_ = repeats(rows_);
  for (const auto& repeat : all_repeats_) repeated_.add(repeat.row);
}

Row Families::leader_of(Row row) const { return column_->facts(row).family; }

std::vector<Row> Families::of(Row row) const {
  std::vector<Row> rows;
  if (!rows_.contains(row)) return rows;
  const auto leader = leader_of(row);
  if (column_->has(leader)) rows.push_back(leader);
  auto at = std::lower_bound(members_.begin(), members_.end(), Member{leader, 0});
  for (; at != members_.end() && at->leader == leader; ++at)
    if (at->row != leader) rows.push_back(at->row);
  return rows;
}

std::vector<Repeat> Families::repeats(const Rows& rows) const {
  std::vector<Repeat> found;
  if (members_.empty()) return found;
  std::vector<Member> among;
  for (const auto row : rows& rows_) among.push_back({leader_of(row), row});
  std::sort(among.begin(), among.end());
  for (auto at = among.begin(); at != among.end();) {
    const auto end = std::find_if(at, among.end(), [&](const Member& each) { return each.leader != at->leader; });
    const bool led = std::any_of(at, end, [](const Member& each) { return each.row == each.leader; });
    const Row stands = led ? at->leader : at->row;
    for (; at != end; ++at)
      if (at->row != stands) found.push_back({stands, at->row});
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<ValueCount> Families::said_again(search::Field field, std::span<const Repeat> repeats) const {
  std::vector<Ordinal> again, said;
  for (auto at = repeats.begin(); at != repeats.end(); ++at) {
    if (at == repeats.begin() || std::prev(at)->stands != at->stands) {
      const auto first = column_->values(field, at->stands);
      said.assign(first.begin(), first.end());
    }
    for (const auto value : column_->values(field, at->row)) {
      const bool known = std::find(said.begin(), said.end(), value) != said.end();
      (known ? again : said).push_back(value);
    }
  }
  std::sort(again.begin(), again.end());
  std::vector<ValueCount> counts;
  for (const auto value : again) {
    if (counts.empty() || counts.back().value != value) counts.push_back({value, 0});
    ++counts.back().count;
  }
  return counts;
}

const std::vector<ValueCount>& Families::said_again(search::Field field) const {
  auto& ready = said_again_[static_cast<std::size_t>(field)];
  std::call_once(ready.once, [&] { ready.values = said_again(field, all_repeats_); });
  return ready.values;
}

}  // namespace moisson::index
