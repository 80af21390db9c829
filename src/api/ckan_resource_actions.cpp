#include "api/ckan_actions.h"
#include "api/ckan_facet.h"
#include "api/ckan_field.h"
#include "api/ckan_resource.h"
#include "api/ckan_search.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace moisson::api::ckan {
namespace {

constexpr std::size_t most_records_read = 5'000;
constexpr std::uint64_t most_resources = 1'000;

struct Term {
  std::string ResourceText::*field = nullptr;
  std::string part;  // folded
};

Outcome<std::vector<Term>> read_terms(const Parameters& parameters, std::vector<std::string>& formats) {
  struct Name {
    std::string_view name;
    std::string ResourceText::*field;
  };
  static constexpr std::array<Name, 5> names{{{"name", &ResourceText::name},
                                              {"description", &ResourceText::description},
                                              {"url", &ResourceText::url},
                                              {"format", &ResourceText::format},
                                              {"hash", &ResourceText::hash}}};
  const auto texts = parameters.list("query");
  if (texts.empty()) return validation("query", "Missing value");
  std::vector<Term> terms;
  for (const auto& text : texts) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) return validation("query", "Must be <field>:<value> pair(s)");
    const auto* known =
        std::find_if(names.begin(), names.end(), [&](const Name& row) { return row.name == text.substr(0, colon); });
    if (known == names.end())
      return validation(
          "query", "Field \"" + std::string(cut(text.substr(0, colon), 100)) + "\" not recognised in resource_search.");
    terms.push_back({known->field, fold(trim(std::string_view(text).substr(colon + 1)))});
    if (known->name == "format") formats.push_back(terms.back().part);
  }
  return terms;
}

bool holds(const ResourceText& text, const std::vector<Term>& terms) {
  return std::all_of(terms.begin(), terms.end(),
                     [&](const Term& term) { return fold(text.*term.field).find(term.part) != std::string::npos; });
}

}  // namespace

Outcome<ResultBody> resource_show(const Call& call) {
  const auto id = lower_ascii(cut(call.parameters.text("id"), 100));
  if (id.empty()) return validation("id", "Missing value");
  search::Query query{.every_copy = true};
  query.sort = search::Sort::id;
  query.condition.emplace();
  query.condition->kind = search::Condition::Kind::id;
  query.condition->text = record_beginning(id);
  if (query.condition->text.empty()) return not_found();
  const auto ids = ids_of(call, query);
  if (!ids) return ids.error();
  PackageReader reader(call.context);
  for (const auto& each : *ids) {
    const auto package = reader.read(each);
    if (!package) continue;
    const auto resources = resource_ids(*package);
    const auto found = std::find(resources.begin(), resources.end(), id);
    if (found == resources.end()) continue;
    json::Writer out;
    write_resource(out, *package, static_cast<std::size_t>(found - resources.begin()), id, call.context);
    return ResultBody(out.take());
  }
  return not_found();
}

Outcome<ResultBody> resource_search(const Call& call) {
  std::vector<std::string> formats;
  const auto terms = read_terms(call.parameters, formats);
  if (!terms) return terms.error();
  const auto limit = call.parameters.natural("limit", most_resources);
  if (!limit) return limit.error();
  const auto offset = call.parameters.natural("offset", 0);
  if (!offset) return offset.error();

  search::Query query{.every_copy = true};
  query.sort = search::Sort::id;
  query.page_size = most_rows;
  query.condition.emplace();
  for (const auto& format : formats)
    query.condition->parts.push_back(condition_of("res_format", "*" + format + "*", true));
  PackageReader reader(call.context);
  json::Writer results;
  results.begin_array();
  std::uint64_t count = 0;
  for (std::uint64_t begin = 0; begin < most_records_read; begin += most_rows) {
    query.offset = begin;
    const auto ids = ids_of(call, query);
    if (!ids) return ids.error();
    if (ids->empty()) break;
    for (const auto& each : *ids) {
      const auto package = reader.read(each);
      if (!package) continue;
      const auto resources = resource_ids(*package);
      for (std::size_t i = 0; i < resources.size(); ++i) {
        if (!holds(resource_text(*package, i, call.context), *terms)) continue;
        if (count >= *offset && count - *offset < std::min(*limit, most_resources))
          write_resource(results, *package, i, resources[i], call.context);
        ++count;
      }
    }
  }
  results.end_array();
  json::Writer out;
  out.begin_object().key("count").unsigned_integer(count).key("results").raw(results.text()).end_object();
  return ResultBody(out.take());
}

Outcome<ResultBody> format_autocomplete(const Call& call) {
  const auto q = call.parameters.text("q");
  if (q.empty()) return validation("q", "Missing value");
  const auto limit = call.parameters.natural("limit", 5);
  if (!limit) return limit.error();
  const auto items = all_values(call, "res_format", q);
  if (!items) return items.error();
  json::Writer out;
  out.begin_array();
  for (std::size_t i = 0; i < std::min<std::uint64_t>(*limit, items->size()); ++i)
    out.string(lower_ascii((*items)[i].name));
  out.end_array();
  return ResultBody(out.take());
}

}  // namespace moisson::api::ckan
