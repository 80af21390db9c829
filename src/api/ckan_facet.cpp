#include "api/ckan_facet.h"

#include "api/ckan_field.h"
#include "core/text.h"

#include <algorithm>
#include <unordered_map>

namespace moisson::api::ckan {
namespace {

constexpr std::uint32_t every_value = 100'000;

}  // namespace

std::vector<FacetItem> items_of(std::string_view ckan_field, const search::Facet& facet) {
  std::vector<FacetItem> items;
  std::unordered_map<std::string, std::size_t> places;
  for (const auto& value : facet.values) {
    auto [name, display_name] = shown(ckan_field, {value.value, value.label});
    const auto [place, fresh] = places.emplace(name, items.size());
    if (fresh)
      items.push_back({std::move(name), std::move(display_name), value.value, value.count});
    else
      items[place->second].count += value.count;
  }
  std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return items;
}

Outcome<std::vector<FacetItem>> all_values(const Call& call, std::string_view ckan_field, std::string_view part) {
  search::Query query{.every_copy = true};
  query.page_size = 0;
  query.facets = {*field_named(ckan_field)};
  query.facet_size = every_value;
  query.language = call.context.language;
  const auto results = call.snapshot->search(query);
  if (!results) return failure_of(results.error());
  auto items = items_of(ckan_field, results->facets.front());
  const auto wanted = fold(part);
  std::vector<std::pair<std::string, FacetItem>> keyed;
  for (auto& item : items) {
    auto key = fold(item.display_name);
    if (wanted.empty() || key.find(wanted) != std::string::npos || item.name.find(wanted) != std::string::npos)
      keyed.emplace_back(std::move(key), std::move(item));
  }
  std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.name < b.second.name;
  });
  items.clear();
  for (auto& [key, item] : keyed) items.push_back(std::move(item));
  return items;
}

Outcome<FacetItem> value_named(const Call& call, std::string_view ckan_field, std::string_view name) {
  auto items = all_values(call, ckan_field);
  if (!items) return items.error();
  for (auto& item : *items)
    if (item.name == name) return std::move(item);
  for (auto& item : *items)
    if (item.display_name == name) return std::move(item);
  return not_found();
}

}  // namespace moisson::api::ckan
