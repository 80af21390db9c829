// The fields that people filter, count and sort by: one row each, read by links, API, pages, query builder and facets.
// The index's own table (index/schema.h) adds how each is stored. Constant data.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace moisson::search {

enum class Field : std::uint8_t {
  theme,
  publisher,
  format,
  format_family,
  licence,
  open,
  keyword,
  source,
  language,
  type,
  frequency,
  hvd,
  territory
};

struct FieldDescription {
  Field field;
  std::string_view name;  // of the parameter and of the facet
  bool facet;             // counted
  bool multi_valued;      // a record may have several
  std::string_view documentation;
};

inline constexpr std::array<FieldDescription, 13> fields{{
    {Field::theme, "theme", true, true, "EU data theme code (ENVI, TRAN …)"},
    {Field::publisher, "publisher", true, true, "publisher key"},
    {Field::format, "format", true, true, "file format (csv, json, shp …)"},
    {Field::format_family, "format_family", true, true, "tabular, geographic, machine_readable, document, other"},
    {Field::licence, "licence", true, true, "licence key"},
    {Field::open, "open", true, false, "yes, no or unknown: is the licence open"},
    {Field::keyword, "keyword", true, true, "keyword, folded"},
    {Field::source, "source", true, false, "id of the source portal"},
    {Field::language, "language", true, true, "BCP 47 language of the record"},
    {Field::type, "type", true, false, "dataset, series or service"},
    {Field::frequency, "frequency", true, false, "update frequency code"},
    {Field::hvd, "hvd", true, true, "high-value data set category"},
    {Field::territory, "territory", true, true, "territory code (fr:region:93 …), with its containing ones"},
}};

inline constexpr const FieldDescription& description(Field field) { return fields[static_cast<std::size_t>(field)]; }

constexpr std::optional<Field> field_named(std::string_view name) {
  for (const auto& row : fields)
    if (row.name == name) return row.field;
  return std::nullopt;
}

}  // namespace moisson::search
