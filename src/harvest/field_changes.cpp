#include "harvest/field_changes.h"

#include "core/json.h"
#include "core/text.h"

#include <string>

namespace moisson::harvest {
namespace {

constexpr std::size_t max_side = 2'000;  // bytes

std::string shown(json::View value) {
  return value.exists() ? std::string(cut(value.dump(), max_side)) : std::string();
}

bool same(json::View before, json::View after) {
  return before.exists() == after.exists() && (!before.exists() || before.dump() == after.dump());
}

}  // namespace

std::vector<FieldChange> field_changes(std::string_view before, std::string_view after) {
  const auto old_document = json::Document::parse(before), new_document = json::Document::parse(after);
  const json::View old_record = old_document.has_value() ? old_document->root() : json::View(),
                   new_record = new_document.has_value() ? new_document->root() : json::View();
  std::vector<FieldChange> changes;
  for (std::size_t i = 0; i < new_record.size(); ++i) {
    const auto field = new_record.key(i);
    if (!same(old_record[field], new_record.member(i)))
      changes.push_back({std::string(field), shown(old_record[field]), shown(new_record.member(i))});
  }
  for (std::size_t i = 0; i < old_record.size(); ++i) {
    const auto field = old_record.key(i);
    if (!new_record[field].exists()) changes.push_back({std::string(field), shown(old_record.member(i)), ""});
  }
  return changes;
}

}  // namespace moisson::harvest
