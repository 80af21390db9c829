#include "store/identity_rows.h"

#include <utility>

namespace moisson::store {

std::vector<StoredKey> keys_of(sqlite::Database& database, std::uint64_t row) {
  auto query = database.query("SELECT hash, title, signal, value FROM identity WHERE row = ? ORDER BY hash", row);
  std::vector<StoredKey> keys;
  while (query.next())
    if (const auto signal = dcat::signal(query.text(2)))
      keys.push_back({query.number(0), query.number(1), {*signal, query.string(3)}});
  return keys;
}

std::optional<std::vector<Bearer>> bearers(sqlite::Database& database, std::uint64_t hash) {
  auto query = database.query("SELECT row, source, title FROM identity WHERE hash = ? ORDER BY source, title", hash);
  std::vector<Bearer> found;
  std::size_t in_source = 0;
  while (query.next()) {
    const Bearer each{query.number(0), query.integer(1), query.number(2)};
    in_source = found.empty() || found.back().source != each.source ? 1 : in_source + 1;
    if (in_source > 1 && found.back().title != each.title) return std::nullopt;
    if (in_source > dcat::most_bearers_in_source || found.size() == dcat::most_of_one_family) return std::nullopt;
    found.push_back(each);
  }
  return found;
}

std::vector<dcat::IdentityKey> linking_keys(sqlite::Database& database, std::uint64_t row) {
  std::vector<dcat::IdentityKey> keys;
  for (auto& stored : keys_of(database, row))
    if (const auto others = bearers(database, stored.hash); others && others->size() > 1)
      keys.push_back(std::move(stored.key));
  return keys;
}

}  // namespace moisson::store
