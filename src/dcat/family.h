// Families: records that are the same thing by their identity keys (identity.h), and which of them leads. Pure.
//
// Two records are linked where they bear one key and no person said that they are two. A family is what links hold
// together, if it spans two sources at least: two records of one portal are that portal's own matter.
#pragma once

#include "dcat/identity.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace moisson::dcat {

// A key that a portal gives to records with different titles, or to more than this many, tells none of them: it links
// nothing.
inline constexpr std::size_t most_bearers_in_source = 128;
// Neither does one that more records than this bear in all; and what more than this many hold together is no family.
inline constexpr std::size_t most_of_one_family = 512;

struct FamilyMember {
  std::uint64_t row = 0;  // of the store: the order of arrival
  std::int64_t source = 0;
  std::string portal;             // the source's, as portal_of()
  bool harvested = false;         // it says that it was taken from another portal
  std::vector<IdentityKey> keys;  // those that link
};

// Two rows that a person separated.
using Separation = std::pair<std::uint64_t, std::uint64_t>;

// Positions in a list of members; the first leads, the others follow by row.
using Family = std::vector<std::size_t>;

// Every member stands in exactly one family, most of them alone. Separated ones never stand together: each family grows
// from its leader, along links, by whatever does not have to stay apart from what it holds already.
//
// It leads whom another names as its origin, before who was taken from elsewhere, before whose IRI is not at its own
// portal, before who came later.
std::vector<Family> families(std::span<const FamilyMember> members, std::span<const Separation> separations);

// One key that two records share, and where each bears it.
struct SharedKey {
  Signal mine = Signal::iri;
  Signal its = Signal::iri;
  std::string value;
};
std::vector<SharedKey> shared_keys(const std::vector<IdentityKey>& mine, const std::vector<IdentityKey>& its);

}  // namespace moisson::dcat
