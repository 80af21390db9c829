#include <moisson/http/message.h>

#include "core/text.h"

#include <algorithm>

namespace moisson::http {

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(rows_, [&](const auto& row) { return iequals_ascii(row.first, name); });
  add(name, std::move(value));
}

void Headers::add(std::string_view name, std::string value) { rows_.emplace_back(name, std::move(value)); }

std::string_view Headers::get(std::string_view name) const {
  for (const auto& [key, value] : rows_)
    if (iequals_ascii(key, name)) return value;
  return {};
}

std::string_view first(const Parameters& parameters, std::string_view name) {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

Role least_role(const Route& route) {
  return route.access.value_or(route.method == "GET" ? Role::everyone : Role::administrator);
}

}  // namespace moisson::http
