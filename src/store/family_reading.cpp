#include "store/family_reading.h"

#include "store/identity_rows.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace moisson::store {
namespace {

struct Copy {
  std::uint64_t row = 0;
  FamilyCopy told;
  std::vector<dcat::IdentityKey> keys;
};

std::vector<Copy> copies_of(sqlite::Database& database, const std::string& family_id) {
  std::vector<Copy> copies;
  auto query = database.query(
      "SELECT r.row, r.id, o.id, o.title, r.remote_url, r.id = r.family_id FROM record r JOIN source o ON o.key = "
      "r.source "
      "WHERE r.row IN (SELECT row FROM record WHERE id = ?1 UNION SELECT row FROM record WHERE family_id = ?1 AND "
      "family_id <> id) "
      "AND r.removed_at IS NULL ORDER BY r.id = r.family_id DESC, r.row",
      family_id);
  while (query.next()) {
    FamilyCopy told{
        query.string(1), query.string(2), query.string(3), query.string(4), query.integer(5) != 0, true, {}};
    copies.push_back({query.number(0), std::move(told), {}});
  }
  return copies;
}

}  // namespace

std::optional<std::vector<FamilyCopy>> read_family(sqlite::Database& database, std::string_view id) {
  std::string family_id;
  {
    auto query = database.query("SELECT family_id FROM record WHERE id = ? AND removed_at IS NULL", id);
    if (!query.next()) return std::nullopt;
    family_id = query.string(0);
  }
  auto copies = copies_of(database, family_id);
  std::vector<FamilyCopy> out;
  if (copies.size() < 2) return out;
  for (auto& copy : copies) copy.keys = linking_keys(database, copy.row);
  const auto me = std::find_if(copies.begin(), copies.end(), [&](const Copy& copy) { return copy.told.id == id; });
  for (auto& copy : copies) {
    if (&copy == &*me) continue;
    copy.told.why = dcat::shared_keys(me->keys, copy.keys);
    copy.told.direct = !copy.told.why.empty();
    for (auto other = copies.begin(); other != copies.end() && copy.told.why.empty(); ++other)
      if (&*other != &copy) copy.told.why = dcat::shared_keys(other->keys, copy.keys);
    out.push_back(std::move(copy.told));
  }
  return out;
}

}  // namespace moisson::store
