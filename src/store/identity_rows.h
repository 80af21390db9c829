// Identity keys as they stand in the store, and who bears one. Inside a transaction; throws Failure.
#pragma once

#include "dcat/family.h"
#include "store/sqlite.h"

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

namespace moisson::store {

struct StoredKey {
  std::uint64_t hash = 0;   // of the value
  std::uint64_t title = 0;  // hash of the record's title
  dcat::IdentityKey key;

  auto place() const { return std::tuple(hash, title, key.signal); }
};

// Of a live record, by hash; none of a removed one.
std::vector<StoredKey> keys_of(sqlite::Database& database, std::uint64_t row);

struct Bearer {
  std::uint64_t row = 0;
  std::int64_t source = 0;
  std::uint64_t title = 0;
};

// Who bears a key; nothing if it links nobody, by the limits of dcat/family.h. Reads no more than these need.
std::optional<std::vector<Bearer>> bearers(sqlite::Database& database, std::uint64_t hash);

// The keys of a record that it shares with others, and that link.
std::vector<dcat::IdentityKey> linking_keys(sqlite::Database& database, std::uint64_t row);

}  // namespace moisson::store
