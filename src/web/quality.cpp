#include "web/quality.h"

#include <algorithm>

namespace moisson::web {
namespace {

using search::Field;

constexpr std::size_t short_description = 80;  // bytes

bool has(const index::Card& card, Field field, std::string_view value) {
  const auto& values = card[field];
  return std::any_of(values.begin(), values.end(), [value](const auto& row) { return row.value == value; });
}

}  // namespace

std::vector<Criterion> quality_of(const dcat::Record& record, const index::Card& card) {
  const dcat::Resource& common = dcat::resource(record);
  const bool dataset = dcat::type_of(record) == dcat::ResourceType::dataset;
  const bool stated_place =
      std::any_of(common.spatial.begin(), common.spatial.end(), [](const auto& place) { return !place.guessed; });
  const bool reachable = std::any_of(common.contact_point.begin(), common.contact_point.end(), [](const auto& contact) {
    return !contact.email.empty() || !contact.url.empty() || !contact.telephone.empty();
  });
  const bool described = std::any_of(common.description.begin(), common.description.end(),
                                     [](const auto& text) { return text.value.size() >= short_description; });
  std::vector<Criterion> criteria{{"licence", has(card, Field::open, "yes")}};
  if (dataset)
    criteria.push_back({"format", has(card, Field::format_family, "tabular") ||
                                      has(card, Field::format_family, "geographic") ||
                                      has(card, Field::format_family, "machine_readable")});
  criteria.push_back({"territory", stated_place});
  criteria.push_back({"contact", reachable});
  criteria.push_back({"modified", common.modified.has_value()});
  if (dcat::type_of(record) != dcat::ResourceType::service)
    criteria.push_back({"frequency", !card[Field::frequency].empty()});
  criteria.push_back({"description", described});
  return criteria;
}

}  // namespace moisson::web
