#include "dcat/family.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace moisson::dcat {
namespace {

using Bearers = std::unordered_map<std::string_view, std::vector<std::size_t>>;

bool at_home(const FamilyMember& member) {
  return std::any_of(member.keys.begin(), member.keys.end(), [&](const IdentityKey& key) {
    return key.signal == Signal::iri && portal_of_key(key.value) == member.portal;
  });
}

// Members that another one says it was taken from.
std::vector<bool> named(std::span<const FamilyMember> members, const Bearers& bearers) {
  std::vector<bool> out(members.size());
  for (const auto& [value, who] : bearers) {
    const auto signal_of = [&value = value, &members](std::size_t member) {
      const auto& keys = members[member].keys;
      return std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.value == value; })->signal;
    };
    if (std::none_of(who.begin(), who.end(), [&](std::size_t each) { return tells_origin(signal_of(each)); })) continue;
    for (const auto each : who)
      if (!tells_origin(signal_of(each))) out[each] = true;
  }
  return out;
}

bool one_source(std::span<const FamilyMember> members, const Family& family) {
  return std::all_of(family.begin(), family.end(),
                     [&](std::size_t each) { return members[each].source == members[family.front()].source; });
}

}  // namespace

std::vector<Family> families(std::span<const FamilyMember> members, std::span<const Separation> separations) {
  Bearers bearers;
  for (std::size_t i = 0; i < members.size(); ++i)
    for (const auto& key : members[i].keys) bearers[key.value].push_back(i);
  const auto is_named = named(members, bearers);
  const auto rank = [&](std::size_t i) {
    return std::tuple(!is_named[i], members[i].harvested, !at_home(members[i]), members[i].row);
  };
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
  for (auto& [value, who] : bearers)
    std::sort(who.begin(), who.end(), [&](auto a, auto b) { return rank(a) < rank(b); });

  const auto apart = [&](std::size_t a, const Family& family) {
    return std::any_of(separations.begin(), separations.end(), [&](const Separation& pair) {
      const auto row = members[a].row;
      if (pair.first != row && pair.second != row) return false;
      const auto other = pair.first == row ? pair.second : pair.first;
      return std::any_of(family.begin(), family.end(), [&](std::size_t each) { return members[each].row == other; });
    });
  };

  std::vector<Family> out;
  std::vector<bool> taken(members.size());
  for (const auto leader : order) {
    if (taken[leader]) continue;
    Family family{leader};
    taken[leader] = true;
    for (std::size_t next = 0; next < family.size(); ++next) {
      for (const auto& key : members[family[next]].keys) {
        for (const auto other : bearers[key.value]) {
          if (taken[other] || apart(other, family)) continue;
          taken[other] = true;
          family.push_back(other);
        }
      }
    }
    if (family.size() > 1 && one_source(members, family)) {
      for (const auto each : family) out.push_back({each});
      continue;
    }
    std::sort(family.begin() + 1, family.end(), [&](auto a, auto b) { return members[a].row < members[b].row; });
    out.push_back(std::move(family));
  }
  return out;
}

std::vector<SharedKey> shared_keys(const std::vector<IdentityKey>& mine, const std::vector<IdentityKey>& its) {
  std::vector<SharedKey> out;
  for (const auto& key : mine)
    for (const auto& other : its)
      if (key.value == other.value) out.push_back({key.signal, other.signal, key.value});
  return out;
}

}  // namespace moisson::dcat
