#include "dcat/family.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace moisson::dcat {
namespace {

using Rows = std::vector<std::vector<std::uint64_t>>;

FamilyMember member(std::uint64_t row, std::int64_t source, std::vector<IdentityKey> keys) {
  FamilyMember made{row, source, "portal" + std::to_string(source), false, std::move(keys)};
  for (const auto& key : made.keys) made.harvested = made.harvested || tells_origin(key.signal);
  return made;
}

// As rows, leader first; families by their leader.
Rows families_of(const std::vector<FamilyMember>& members, const std::vector<Separation>& apart = {}) {
  Rows out;
  for (const auto& family : families(members, apart)) {
    out.emplace_back();
    for (const auto position : family) out.back().push_back(members[position].row);
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Family, RecordsThatShareAKeyAreOneAndTheOriginLeads) {
  // The aggregator came first.
  const std::vector<FamilyMember> members{member(1, 1, {{Signal::origin_url, "//portal2/d/eau"}}),
                                          member(2, 2, {{Signal::page, "//portal2/d/eau"}}),
                                          member(3, 3, {{Signal::iri, "//portal3/d/bruit"}})};
  EXPECT_EQ(families_of(members), (Rows{{2, 1}, {3}}));
}

TEST(Family, TheLeaderIsChosenByRule) {
  struct Row {
    const char* what;
    std::vector<FamilyMember> members;
    std::uint64_t leader;
  };
  const std::vector<Row> rows{
      {"of a chain of aggregators, the one that all come from",
       {member(1, 1, {{Signal::origin_url, "//portal2/d"}, {Signal::iri, "urn:x"}}),
        member(2, 2, {{Signal::page, "//portal2/d"}, {Signal::origin_url, "//portal3/d"}, {Signal::iri, "urn:x"}}),
        member(3, 3, {{Signal::page, "//portal3/d"}})},
       3},
      {"where the origin is not harvested, the aggregator that another names",
       {member(1, 1, {{Signal::origin_url, "//portal2/d"}}),
        member(2, 2, {{Signal::page, "//portal2/d"}, {Signal::origin_id, "portal9 d"}})},
       2},
      {"not taken from elsewhere before taken from elsewhere",
       {member(1, 1, {{Signal::origin_id, "uuid:1"}, {Signal::iri, "urn:x"}}), member(2, 2, {{Signal::iri, "urn:x"}})},
       2},
      {"whose IRI is at its own portal before who repeats it",
       {member(1, 1, {{Signal::iri, "//portal2/d"}}), member(2, 2, {{Signal::iri, "//portal2/d"}})},
       2},
      {"else who came first",
       {member(7, 1, {{Signal::identifier, "doi:10.1/a"}}), member(3, 2, {{Signal::identifier, "doi:10.1/a"}})},
       3},
      {"of two that name each other, who came first",
       {member(5, 1, {{Signal::page, "//portal1/d"}, {Signal::origin_url, "//portal2/d"}}),
        member(4, 2, {{Signal::page, "//portal2/d"}, {Signal::origin_url, "//portal1/d"}})},
       4},
  };
  for (const auto& row : rows) {
    const auto found = families_of(row.members);
    ASSERT_EQ(found.size(), 1U) << row.what;
    EXPECT_EQ(found.front().front(), row.leader) << row.what;
  }
}

TEST(Family, RecordsOfOnePortalAloneAreNoFamily) {
  EXPECT_EQ(families_of({member(1, 1, {{Signal::iri, "urn:x"}}), member(2, 1, {{Signal::iri, "urn:x"}})}),
            (Rows{{1}, {2}}));
  EXPECT_EQ(families_of({member(1, 1, {{Signal::iri, "urn:x"}}), member(2, 1, {{Signal::iri, "urn:x"}}),
                         member(3, 2, {{Signal::iri, "urn:x"}})}),
            (Rows{{1, 2, 3}}));
}

TEST(Family, WhatAPersonSeparatedStandsApartEvenWhereAThirdLinksBoth) {
  const std::vector<FamilyMember> members{
      member(1, 1, {{Signal::iri, "urn:x"}}), member(2, 2, {{Signal::iri, "urn:x"}}),
      member(3, 3, {{Signal::iri, "urn:x"}}), member(4, 4, {{Signal::iri, "urn:x"}})};
  EXPECT_EQ(families_of(members, {{1, 3}}), (Rows{{1, 2, 4}, {3}}));
  EXPECT_EQ(families_of(members, {{1, 3}, {1, 4}}), (Rows{{1, 2}, {3, 4}}));
}

TEST(Family, TheOrderInWhichMembersAreGivenDoesNotMatter) {
  std::mt19937 random(7);
  const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
  for (int round = 0; round < 200; ++round) {
    std::vector<FamilyMember> members;
    for (std::uint64_t row = 1; row <= 12; ++row) {
      std::vector<IdentityKey> keys;
      for (unsigned n = below(3); n > 0; --n) {
        IdentityKey key{static_cast<Signal>(below(7)), "urn:" + std::to_string(below(8))};
        if (std::none_of(keys.begin(), keys.end(), [&](const auto& each) { return each.value == key.value; }))
          keys.push_back(key);
      }
      members.push_back(member(row, 1 + below(4), keys));
    }
    const std::vector<Separation> apart{{1 + below(12), 1 + below(12)}, {1 + below(12), 1 + below(12)}};
    const auto expected = families_of(members, apart);
    std::shuffle(members.begin(), members.end(), random);
    ASSERT_EQ(families_of(members, apart), expected) << round;
  }
}

TEST(Family, AKeySharedTellsWhereEachBearsIt) {
  const auto shared = shared_keys({{Signal::iri, "urn:x"}, {Signal::page, "//a/b"}}, {{Signal::origin_url, "//a/b"}});
  ASSERT_EQ(shared.size(), 1U);
  EXPECT_EQ(shared.front().mine, Signal::page);
  EXPECT_EQ(shared.front().its, Signal::origin_url);
  EXPECT_EQ(shared.front().value, "//a/b");
}

}  // namespace
}  // namespace moisson::dcat
