#include "harvesters/ckan_filter.h"

#include "core/text.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

constexpr harvest::OptionDescription descriptions[] = {
    {"organizations", "Only packages of these organizations (names or ids).", true, false},
    {"exclude_organizations", "No packages of these organizations (names or ids).", true, false},
    {"groups", "Only packages of these groups (names or ids).", true, false},
    {"tags", "Only packages with one of these tags.", true, false},
    {"api_key",
     "The portal's API key; in the configuration file: api_key_file, a file that holds it alone on its line.", false,
     true},
};

std::vector<std::string> list(const harvest::HarvestSource& source, const std::string& option) {
  std::vector<std::string> values;
  const auto found = source.options.find(option);
  if (found == source.options.end()) return values;
  for (const auto value : split(found->second, '\n')) {
    if (const auto word = trim(value); !word.empty()) values.emplace_back(word);
  }
  return values;
}

// field:("a" OR "b")
void add_clause(std::string& query, std::string_view sign, std::string_view field,
                const std::vector<std::string>& values) {
  if (values.empty()) return;
  if (!query.empty()) query += ' ';
  query.append(sign).append(field).append(":(");
  for (const std::string& value : values) {
    if (&value != &values.front()) query += " OR ";
    query += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') query += '\\';
      query += c;
    }
    query += '"';
  }
  query += ')';
}

bool is_one_of(json::View object, const std::vector<std::string>& values) {
  const auto holds = [&](json::View value) {
    const auto text = value.string();
    return text && std::find(values.begin(), values.end(), *text) != values.end();
  };
  return holds(object) || holds(object["name"]) || holds(object["id"]);
}

bool has_one_of(json::View array, const std::vector<std::string>& values) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (is_one_of(array[i], values)) return true;
  }
  return false;
}

}  // namespace

std::string CkanFilter::query() const {
  std::string query;
  add_clause(query, "+", "organization", organizations);
  add_clause(query, "+", "groups", groups);
  add_clause(query, "+", "tags", tags);
  add_clause(query, "-", "organization", exclude_organizations);
  return query;
}

std::string CkanFilter::refusal(json::View package) const {
  if (!organizations.empty() && !is_one_of(package["organization"], organizations)) return "filtered by organizations";
  if (is_one_of(package["organization"], exclude_organizations)) return "filtered by exclude_organizations";
  if (!groups.empty() && !has_one_of(package["groups"], groups)) return "filtered by groups";
  if (!tags.empty() && !has_one_of(package["tags"], tags)) return "filtered by tags";
  return {};
}

CkanFilter ckan_filter(const harvest::HarvestSource& source) {
  return {list(source, "organizations"), list(source, "exclude_organizations"), list(source, "groups"),
          list(source, "tags")};
}

std::span<const harvest::OptionDescription> ckan_options() { return descriptions; }

}  // namespace moisson::harvesters
