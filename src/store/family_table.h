// The table of identity keys, and the families that they make of records. Whoever writes a record tells its keys; at
// the end of the transaction the ledger calls settle(), which finds what these changes did to families: each record
// concerned takes its leader's id as family_id and, since its page names the others, a new seq. Its content hash and
// last_changed stay. Inside a write transaction only; throws Failure.
//
// The families are a function of keys and separations alone, whatever the order in which these came. A change costs the
// families that it touches, at most dcat::most_of_one_family records each.
#pragma once

#include "dcat/family.h"
#include "store/identity_rows.h"
#include "store/ledger.h"
#include "store/sqlite.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace moisson::store {

class FamilyTable {
 public:
  FamilyTable(sqlite::Database& database, Ledger& ledger) : database_(database), ledger_(ledger) {}

  // The keys that a live record bears now, with the hash of its title.
  void put(std::uint64_t row, std::int64_t source, std::uint64_t title, const std::vector<dcat::IdentityKey>& keys);
  void drop(std::uint64_t row);  // the record is removed

  // Keeps two live records apart, or lets them come together again.
  void separate(std::uint64_t a, std::uint64_t b);
  void join(std::uint64_t a, std::uint64_t b);

  void settle(std::set<std::uint64_t>&& rows);  // whose family may have changed

 private:
  struct Member;

  void remove_key(std::uint64_t row, std::uint64_t hash);
  void touch(std::uint64_t row, const std::vector<Bearer>& others);
  std::optional<Member> member(std::uint64_t row);  // nothing: the record is removed
  std::optional<std::vector<Member>> gather(std::uint64_t from, std::set<std::uint64_t>& crowd);
  std::vector<std::uint64_t> former_family(std::uint64_t row, std::set<std::string>& families);
  std::vector<dcat::Separation> separations(const std::vector<Member>& members);
  void write(const std::vector<Member>& members, const std::set<std::string>& former);

  sqlite::Database& database_;
  Ledger& ledger_;
};

}  // namespace moisson::store
