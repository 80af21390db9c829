#include "api/ckan_field.h"

#include "core/hash.h"
#include "core/text.h"
#include "dcat/vocabulary.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace moisson::api::ckan {
namespace {

using search::Condition;
using search::Field;

struct FieldName {
  std::string_view name;
  Field field;
};
constexpr std::array<FieldName, 18> field_names{{{"organization", Field::publisher},
                                                 {"owner_org", Field::publisher},
                                                 {"groups", Field::theme},
                                                 {"tags", Field::keyword},
                                                 {"res_format", Field::format},
                                                 {"license_id", Field::licence},
                                                 {"harvest_source_id", Field::source},
                                                 {"harvest_source_title", Field::source},
                                                 {"language", Field::language},
                                                 {"frequency", Field::frequency},
                                                 {"dataset_type", Field::type},
                                                 {"type", Field::type},
                                                 {"isopen", Field::open},
                                                 {"hvd_category", Field::hvd},
                                                 {"territory", Field::territory},
                                                 {"format_family", Field::format_family},
                                                 {"source", Field::source},
                                                 {"theme", Field::theme}}};

constexpr std::size_t longest_text = 200;

Condition leaf(Condition::Kind kind, std::string_view text, Field field = Field::theme) {
  Condition condition;
  condition.kind = kind;
  condition.field = field;
  condition.text = cut(text, longest_text);
  return condition;
}

Condition any(std::vector<Condition> parts) {
  Condition condition;
  condition.kind = Condition::Kind::any;
  condition.parts = std::move(parts);
  return condition;
}

bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

bool is_legal_name(std::string_view name) {
  return name.size() >= 2 && name.size() <= 100 && std::all_of(name.begin(), name.end(), is_name_character);
}

// A value as the index holds it, by the text that CKAN's facets give for it.
Condition value_of(std::string_view ckan_field, Field field, std::string_view text) {
  const auto value = [&](std::string_view stored) { return leaf(Condition::Kind::value, stored, field); };
  switch (field) {
    case Field::publisher:
      return any({value(text), leaf(Condition::Kind::pattern, text, field)});  // its name, or its title
    case Field::theme: {
      dcat::Concept stated;
      stated.label.push_back({std::string(text), ""});
      if (const auto* theme = dcat::theme(stated)) return value(theme->key);
      stated.iri = text;
      const auto* theme = dcat::theme(stated);
      return theme ? value(theme->key) : nothing();
    }
    case Field::keyword:
      return value(fold(trim(text)));
    case Field::format: {
      dcat::Concept stated;
      stated.label.push_back({std::string(text), ""});
      const auto* format = dcat::format(stated);
      return format ? value(format->key) : value(lower_ascii(text));
    }
    case Field::licence: {
      dcat::Concept stated;
      stated.label.push_back({std::string(text), ""});
      const auto* licence = dcat::licence(stated);
      return licence ? any({value(licence->key), value(text)}) : value(text);
    }
    case Field::source:
      return ckan_field.ends_with("title") ? leaf(Condition::Kind::pattern, text, field) : value(text);
    case Field::type:
      if (text == "dataset") return any({value("dataset"), value("service")});
      return text == "dataset_series" ? value("series") : nothing();
    case Field::open:
      return value(iequals_ascii(text, "true") ? "yes" : "no");
    default:
      return value(text);
  }
}

// Fields that say the same of every record that we show.
std::optional<Condition> constant(std::string_view field, std::string_view text) {
  struct Constant {
    std::string_view field, text;
  };
  static constexpr std::array<Constant, 4> constants{
      {{"state", "active"}, {"capacity", "public"}, {"private", "false"}, {"site_id", ""}}};
  for (const auto& row : constants)
    if (row.field == field) return row.text.empty() || row.text == text ? everything() : nothing();
  return std::nullopt;
}

}  // namespace

std::optional<Field> field_named(std::string_view name) {
  if (name.starts_with("extras_")) name.remove_prefix(7);
  for (const auto& row : field_names)
    if (row.name == name) return row.field;
  return std::nullopt;
}

Shown shown(std::string_view ckan_field, const search::Labelled& value) {
  const std::string label = value.label.empty() ? value.value : value.label;
  switch (field_named(ckan_field).value_or(Field::language)) {
    case Field::publisher:
      return {legal_name(value.value), label};
    case Field::theme:
      return {lower_ascii(value.value), label};
    case Field::keyword:
    case Field::format:
      return {label, label};
    case Field::source:
      if (ckan_field.ends_with("title")) return {label, label};
      return {value.value, label};
    case Field::type: {
      const std::string word = value.value == "series" ? "dataset_series" : "dataset";
      return {word, word};
    }
    case Field::open:
      return {value.value == "yes" ? "true" : "false", value.value == "yes" ? "true" : "false"};
    default:
      return {value.value, label};
  }
}

Condition everything() { return {}; }

Condition nothing() { return any({}); }

Condition negated(Condition condition) {
  Condition negation;
  negation.kind = Condition::Kind::none;
  negation.parts.push_back(std::move(condition));
  return negation;
}

Condition condition_of(std::string_view ckan_field, std::string_view text, bool wildcard) {
  if (ckan_field.starts_with("extras_")) ckan_field.remove_prefix(7);
  const bool any_value = wildcard && text.find_first_not_of('*') == std::string_view::npos;
  if (ckan_field == "id" || ckan_field == "name") {
    if (any_value) return everything();
    if (!wildcard || text.find_first_of("*?") == text.size() - 1) return leaf(Condition::Kind::id, text);
    return nothing();
  }
  if (ckan_field == "text" || ckan_field == "notes" || ckan_field == "title" || ckan_field == "title_string") {
    if (any_value) return everything();
    // Words are found from their beginning on; what stands before a * in front is not known to any list.
    if (wildcard) return leaf(Condition::Kind::beginning, text.substr(0, text.find_first_of("*?", 1)));
    return leaf(ckan_field.starts_with("title") ? Condition::Kind::title : Condition::Kind::words, text);
  }
  if (ckan_field == "identifier" || ckan_field == "guid")
    return any_value ? everything() : leaf(Condition::Kind::identifier, text);
  if (auto condition = constant(ckan_field, any_value ? "" : text)) return any_value ? everything() : *condition;
  const auto field = field_named(ckan_field);
  if (!field) return any_value && (ckan_field.starts_with("metadata_")) ? everything() : nothing();
  if (any_value) return leaf(Condition::Kind::present, "", *field);
  return wildcard ? leaf(Condition::Kind::pattern, text, *field) : value_of(ckan_field, *field, text);
}

std::string legal_name(std::string_view key) {
  if (is_legal_name(key)) return std::string(key);
  std::string name;
  for (const char c : lower_ascii(key))
    if (is_name_character(c)) name += c;
  name.resize(std::min<std::size_t>(name.size(), 80));
  return name + (name.empty() ? "" : "-") + fmt::format("{:016x}", hash64(key));
}

}  // namespace moisson::api::ckan
