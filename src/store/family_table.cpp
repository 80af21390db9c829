#include "store/family_table.h"

#include "core/hash.h"
#include "store/identity_rows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace moisson::store {
namespace {

bool contains(const std::vector<StoredKey>& keys, const StoredKey& wanted) {
  return std::any_of(keys.begin(), keys.end(), [&](const StoredKey& each) { return each.place() == wanted.place(); });
}

}  // namespace

// Adding a bearer never makes a key link that did not, and taking one away never stops one: where a key links nobody
// without the row that gets or loses it, the change concerns nobody.
void FamilyTable::put(std::uint64_t row, std::int64_t source, std::uint64_t title,
                      const std::vector<dcat::IdentityKey>& keys) {
  std::vector<StoredKey> now;
  for (const auto& key : keys) now.push_back({hash64(key.value), title, key});
  const auto before = keys_of(database_, row);
  for (const auto& old : before)
    if (!contains(now, old)) remove_key(row, old.hash);
  for (const auto& fresh : now) {
    if (contains(before, fresh)) continue;
    const auto others = bearers(database_, fresh.hash);
    if (others && !others->empty()) touch(row, *others);
    database_.run("INSERT OR REPLACE INTO identity (row, hash, source, title, signal, value) VALUES (?, ?, ?, ?, ?, ?)",
                  row, fresh.hash, source, title, to_string(fresh.key.signal), fresh.key.value);
  }
}

void FamilyTable::drop(std::uint64_t row) {
  for (const auto& old : keys_of(database_, row)) remove_key(row, old.hash);
}

void FamilyTable::remove_key(std::uint64_t row, std::uint64_t hash) {
  database_.run("DELETE FROM identity WHERE row = ? AND hash = ?", row, hash);
  const auto others = bearers(database_, hash);
  if (others && !others->empty()) touch(row, *others);
}

void FamilyTable::separate(std::uint64_t a, std::uint64_t b) {
  touch(a, {{b, 0, 0}});
  database_.run("INSERT OR IGNORE INTO separation (one, other, at) VALUES (?, ?, ?)", std::min(a, b), std::max(a, b),
                ledger_.now());
}

void FamilyTable::join(std::uint64_t a, std::uint64_t b) {
  touch(a, {{b, 0, 0}});
  database_.run("DELETE FROM separation WHERE one = ? AND other = ?", std::min(a, b), std::max(a, b));
}

void FamilyTable::touch(std::uint64_t row, const std::vector<Bearer>& others) {
  ledger_.concern(row);
  for (const auto& other : others) ledger_.concern(other.row);
}

// A member of the families that are decided together.
struct FamilyTable::Member {
  std::uint64_t seq = 0;
  std::string id;
  std::string family_id;
  dcat::FamilyMember known;
};

std::optional<FamilyTable::Member> FamilyTable::member(std::uint64_t row) {
  Member made;
  {
    auto query = database_.query(
        "SELECT r.seq, r.id, r.family_id, r.source, o.url FROM record r JOIN source o ON o.key = r.source "
        "WHERE r.row = ? AND r.removed_at IS NULL",
        row);
    if (!query.next()) return std::nullopt;
    made = {query.number(0),
            query.string(1),
            query.string(2),
            {row, query.integer(3), dcat::portal_of(query.text(4)), false, {}}};
  }
  return made;
}

// What hangs together with `from`; nothing if it is too much for a family, or meets what was found to be so before.
std::optional<std::vector<FamilyTable::Member>> FamilyTable::gather(std::uint64_t from,
                                                                    std::set<std::uint64_t>& crowd) {
  std::vector<Member> members;
  std::vector<std::uint64_t> queue{from};
  std::set<std::uint64_t> met{from};
  std::set<std::uint64_t> followed;
  bool too_many = crowd.contains(from);
  for (std::size_t next = 0; next < queue.size() && !too_many; ++next) {
    auto made = member(queue[next]);
    if (!made) continue;
    for (auto& stored : keys_of(database_, queue[next])) {
      made->known.harvested = made->known.harvested || dcat::tells_origin(stored.key.signal);
      const auto others = bearers(database_, stored.hash);
      if (!others || others->size() < 2) continue;
      made->known.keys.push_back(std::move(stored.key));
      if (!followed.insert(stored.hash).second) continue;
      for (const auto& other : *others) {
        too_many = too_many || crowd.contains(other.row);
        if (met.insert(other.row).second) queue.push_back(other.row);
      }
    }
    members.push_back(std::move(*made));
    too_many = too_many || queue.size() > dcat::most_of_one_family;
  }
  if (!too_many) return members;
  crowd.merge(met);
  return std::nullopt;
}

// Who else was of the family of a row, which may be removed by now.
std::vector<std::uint64_t> FamilyTable::former_family(std::uint64_t row, std::set<std::string>& families) {
  std::string family;
  {
    auto query = database_.query("SELECT family_id FROM record WHERE row = ?", row);
    if (!query.next()) return {};
    family = query.string(0);
  }
  std::vector<std::uint64_t> rows;
  {
    auto query = database_.query("SELECT row FROM record WHERE family_id = ? AND family_id <> id", family);
    while (query.next()) rows.push_back(query.number(0));
  }
  if (rows.empty()) return {};
  families.insert(family);
  auto leader = database_.query("SELECT row FROM record WHERE id = ?", family);
  if (leader.next()) rows.push_back(leader.number(0));
  return rows;
}

std::vector<dcat::Separation> FamilyTable::separations(const std::vector<Member>& members) {
  std::vector<dcat::Separation> out;
  for (const auto& each : members) {
    auto query = database_.query("SELECT other FROM separation WHERE one = ?", each.known.row);
    while (query.next()) out.emplace_back(each.known.row, query.number(0));
  }
  return out;
}

void FamilyTable::write(const std::vector<Member>& members, const std::set<std::string>& former) {
  std::vector<dcat::FamilyMember> known;
  for (const auto& each : members) known.push_back(each.known);
  for (const auto& family : dcat::families(known, separations(members))) {
    const auto& leader = members[family.front()];
    for (const auto position : family) {
      const auto& each = members[position];
      if (family.size() == 1 && each.family_id == each.id && !former.contains(each.id)) continue;  // alone, as before
      const std::uint64_t seq = ledger_.next_seq();
      database_.run("UPDATE record SET family_id = ?, seq = ? WHERE row = ?", leader.id, seq, each.known.row);
      database_.run("DELETE FROM change_log WHERE seq = ?", each.seq);
      database_.run("INSERT INTO change_log (seq, row, removed, at) VALUES (?, ?, 0, ?)", seq, each.known.row,
                    ledger_.now());
    }
  }
}

void FamilyTable::settle(std::set<std::uint64_t>&& rows) {
  std::vector<std::uint64_t> concerned(rows.begin(), rows.end());
  std::set<std::uint64_t> met = std::move(rows);
  std::set<std::uint64_t> placed, crowd;
  std::set<std::string> former;  // families that there were
  std::vector<std::vector<Member>> together;
  for (std::size_t next = 0; next < concerned.size(); ++next) {
    const auto row = concerned[next];
    const auto concern = [&](std::uint64_t other) {
      if (met.insert(other).second) concerned.push_back(other);
    };
    for (const auto other : former_family(row, former)) concern(other);
    if (placed.contains(row)) continue;
    auto members = gather(row, crowd);
    if (!members) {
      members.emplace();
      if (auto one = member(row)) members->push_back(std::move(*one));
    }
    for (const auto& each : *members) {
      placed.insert(each.known.row);
      concern(each.known.row);
    }
    together.push_back(std::move(*members));
  }
  for (const auto& members : together) write(members, former);
  for (const auto row : concerned)
    database_.run("UPDATE record SET family_id = id WHERE row = ? AND removed_at IS NOT NULL AND family_id <> id", row);
}

}  // namespace moisson::store
