// Families: which documents of one facet column are one thing, and a set of documents with each thing in it once. Of
// one column; immutable, thread-safe.
#pragma once

#include "index/facet_column.h"
#include "index/postings.h"

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace moisson::index {

// A document beside the one that stands for its family in a set.
struct Repeat {
  Row stands = 0;
  Row row = 0;
  auto operator<=>(const Repeat&) const = default;
};

struct ValueCount {
  Ordinal value = 0;
  std::uint32_t count = 0;
};

class Families {
 public:
  explicit Families(std::shared_ptr<const FacetColumn> column);

  // The documents of the family of `row`, its leader first, then ascending; nothing if it stands alone.
  std::vector<Row> of(Row row) const;

  // The documents of `rows` that say again what another of them says: of each family all but the leader, or where it is
  // not among them all but the first. In order.
  std::vector<Repeat> repeats(const Rows& rows) const;

  // The same of every document; and as a set.
  const std::vector<Repeat>& all_repeats() const { return all_repeats_; }
  const Rows& repeated() const { return repeated_; }

  // How often a repeat has a value of `field` that its family has already without it; by value. And of all repeats,
  // made when first asked for.
  std::vector<ValueCount> said_again(search::Field field, std::span<const Repeat> repeats) const;
  const std::vector<ValueCount>& said_again(search::Field field) const;

 private:
  struct Member {
    Row leader = 0;
    Row row = 0;
    auto operator<=>(const Member&) const = default;
  };
  Row leader_of(Row row) const;

  const std::shared_ptr<const FacetColumn> column_;
  std::vector<Member> members_;  // of families of two at least
  Rows rows_;                    // of them
  std::vector<Repeat> all_repeats_;
  Rows repeated_;
  struct SaidAgain {
    std::once_flag once;
    std::vector<ValueCount> values;
  };
  mutable std::array<SaidAgain, search::fields.size()> said_again_;
};

}  // namespace moisson::index
