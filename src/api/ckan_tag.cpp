#include "api/ckan_actions.h"
#include "api/ckan_facet.h"
#include "api/ckan_list.h"
#include "api/ckan_search.h"

#include <algorithm>

namespace moisson::api::ckan {
namespace {

constexpr std::uint64_t most_tags = 10'000;

// `query` or `q`, as the actions for tags have it.
std::string part(const Parameters& parameters) {
  auto text = parameters.text("query");
  return text.empty() ? parameters.text("q") : text;
}

void begin_tag(json::Writer& out, const FacetItem& item) {
  out.begin_object().field("id", item.name).field("name", item.name).field("display_name", item.display_name);
  out.field("state", "active").key("vocabulary_id").null();
}

// Tags of a vocabulary: there is none.
bool of_a_vocabulary(const Parameters& parameters) { return !parameters.text("vocabulary_id").empty(); }

Outcome<std::vector<FacetItem>> tags(const Call& call) {
  if (of_a_vocabulary(call.parameters)) return std::vector<FacetItem>{};
  return all_values(call, "tags", part(call.parameters));
}

}  // namespace

Outcome<ResultBody> tag_list(const Call& call) {
  auto items = tags(call);
  if (!items) return items.error();
  const bool dictionaries = call.parameters.flag("all_fields", false);
  json::Writer out;
  out.begin_array();
  for (std::size_t i = 0; i < std::min<std::size_t>(items->size(), most_tags); ++i) {
    if (!dictionaries) {
      out.string((*items)[i].name);
      continue;
    }
    begin_tag(out, (*items)[i]);
    out.end_object();
  }
  out.end_array();
  return ResultBody(out.take());
}

Outcome<ResultBody> tag_show(const Call& call) {
  const auto id = call.parameters.text("id");
  if (id.empty()) return validation("id", "Missing value");
  if (of_a_vocabulary(call.parameters)) return not_found();
  const auto item = value_named(call, "tags", id);
  if (!item) return item.error();
  json::Writer out;
  begin_tag(out, *item);
  if (!call.parameters.flag("include_datasets", false)) {
    out.end_object();
    return ResultBody(out.take());
  }
  search::Query query{.every_copy = true};
  query.sort = search::Sort::id;
  query.page_size = most_rows;
  query.condition.emplace();
  query.condition->kind = search::Condition::Kind::value;
  query.condition->field = search::Field::keyword;
  query.condition->text = item->value;
  auto ids = ids_of(call, query);
  if (!ids) return ids.error();
  out.key("packages").begin_array();
  return ResultBody(package_stream(call.context, out.take(), std::move(*ids), "]}"));
}

Outcome<ResultBody> tag_search(const Call& call) {
  const auto limit = call.parameters.natural("limit", most_tags);
  if (!limit) return limit.error();
  const auto offset = call.parameters.natural("offset", 0);
  if (!offset) return offset.error();
  const auto items = tags(call);
  if (!items) return items.error();
  json::Writer out;
  out.begin_object().key("count").unsigned_integer(items->size()).key("results").begin_array();
  const auto begin = std::min<std::uint64_t>(*offset, items->size());
  const auto end = begin + std::min<std::uint64_t>({*limit, most_tags, items->size() - begin});
  for (auto i = begin; i < end; ++i) {
    begin_tag(out, (*items)[i]);
    out.end_object();
  }
  out.end_array().end_object();
  return ResultBody(out.take());
}

Outcome<ResultBody> tag_autocomplete(const Call& call) {
  if (part(call.parameters).empty()) return validation("q", "Missing value");
  const auto limit = call.parameters.natural("limit", 10);
  if (!limit) return limit.error();
  const auto items = tags(call);
  if (!items) return items.error();
  json::Writer out;
  out.begin_array();
  for (std::size_t i = 0; i < std::min<std::uint64_t>({*limit, most_tags, items->size()}); ++i)
    out.string((*items)[i].name);
  out.end_array();
  return ResultBody(out.take());
}

}  // namespace moisson::api::ckan
