// Organizations are publishers, groups are themes: two lists of one shape, over the values of a facet.
#include "api/ckan_actions.h"
#include "api/ckan_facet.h"
#include "api/ckan_field.h"
#include "api/ckan_list.h"
#include "api/ckan_search.h"
#include "core/text.h"

#include <algorithm>

namespace moisson::api::ckan {
namespace {

constexpr std::uint64_t most_names = 1'000;
constexpr std::uint64_t most_dictionaries = 25;
constexpr std::uint64_t most_completions = 1'000;

struct Kind {
  std::string_view field;  // of CKAN's facets
  std::string_view word;
  std::string_view kept;  // parameter: the names to keep
};
constexpr Kind organization{"organization", "organization", "organizations"};
constexpr Kind group{"groups", "group", "groups"};

void begin_dictionary(json::Writer& out, const Kind& kind, const FacetItem& item, bool counted) {
  out.begin_object().field("id", item.name).field("name", item.name).field("title", item.display_name);
  out.field("display_name", item.display_name).field("description", "").field("type", kind.word);
  out.field("image_url", "").field("image_display_url", "").key("created").null();
  out.key("is_organization").boolean(kind.field == organization.field);
  out.field("approval_status", "approved").field("state", "active").key("num_followers").integer(0);
  if (counted) out.key("package_count").unsigned_integer(item.count);
}

Outcome<void> sort(std::vector<FacetItem>& items, std::string_view text) {
  const auto key = trim(text);
  if (key.empty()) return {};
  const auto blank = key.find(' ');
  const auto name = key.substr(0, blank);
  const auto direction =
      lower_ascii(blank == std::string_view::npos ? std::string_view{} : trim(key.substr(blank + 1)));
  const bool known =
      name == "name" || name == "title" || name == "display_name" || name == "package_count" || name == "packages";
  if (!known || (!direction.empty() && direction != "asc" && direction != "desc"))
    return validation("sort", "Cannot sort by field `" + std::string(cut(key, 100)) + "`");
  // They come by title.
  if (name == "name")
    std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  if (name.starts_with("package"))
    std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.count < b.count; });
  const bool descending = direction.empty() ? name.starts_with("package") : direction == "desc";
  if (descending) std::reverse(items.begin(), items.end());
  return {};
}

Outcome<ResultBody> list(const Call& call, const Kind& kind) {
  const auto& parameters = call.parameters;
  const bool dictionaries = parameters.flag("all_fields", false);
  const auto cap = dictionaries ? most_dictionaries : most_names;
  const auto limit = parameters.natural("limit", cap);
  if (!limit) return limit.error();
  const auto offset = parameters.natural("offset", 0);
  if (!offset) return offset.error();
  auto items = all_values(call, kind.field, parameters.text("q"));
  if (!items) return items.error();
  if (const auto kept = parameters.list(kind.kept); !kept.empty())
    std::erase_if(*items,
                  [&](const auto& item) { return std::find(kept.begin(), kept.end(), item.name) == kept.end(); });
  const auto order = parameters.has("sort") ? parameters.text("sort") : parameters.text("order_by");
  if (const auto sorted = sort(*items, order); !sorted) return sorted.error();

  const bool counted = parameters.flag("include_dataset_count", true);
  json::Writer out;
  out.begin_array();
  const auto begin = std::min<std::uint64_t>(*offset, items->size());
  const auto end = begin + std::min<std::uint64_t>({*limit, cap, items->size() - begin});
  for (auto i = begin; i < end; ++i) {
    const auto& item = (*items)[i];
    if (!dictionaries) {
      out.string(item.name);
      continue;
    }
    begin_dictionary(out, kind, item, counted);
    if (parameters.flag("include_extras", false)) out.key("extras").begin_array().end_array();
    if (parameters.flag("include_users", false)) out.key("users").begin_array().end_array();
    if (parameters.flag("include_groups", false)) out.key("groups").begin_array().end_array();
    out.end_object();
  }
  out.end_array();
  return ResultBody(out.take());
}

Outcome<ResultBody> show(const Call& call, const Kind& kind) {
  const auto& parameters = call.parameters;
  const auto id = parameters.text("id");
  if (id.empty()) return validation("id", "Missing value");
  const auto item = value_named(call, kind.field, id);
  if (!item) return item.error();
  json::Writer out;
  begin_dictionary(out, kind, *item, parameters.flag("include_dataset_count", true));
  for (const auto key : {"extras", "users", "groups", "tags"}) out.key(key).begin_array().end_array();
  if (!parameters.flag("include_datasets", false)) {
    out.end_object();
    return ResultBody(out.take());
  }
  search::Query query{.every_copy = true};
  query.sort = search::Sort::id;
  query.page_size = most_rows;
  query.condition.emplace();
  query.condition->kind = search::Condition::Kind::value;
  query.condition->field = *field_named(kind.field);
  query.condition->text = item->value;
  auto ids = ids_of(call, query);
  if (!ids) return ids.error();
  out.key("packages").begin_array();
  return ResultBody(package_stream(call.context, out.take(), std::move(*ids), "]}"));
}

Outcome<ResultBody> autocomplete(const Call& call, const Kind& kind) {
  const auto q = call.parameters.text("q");
  if (q.empty()) return validation("q", "Missing value");
  const auto limit = call.parameters.natural("limit", 20);
  if (!limit) return limit.error();
  const auto items = all_values(call, kind.field, q);
  if (!items) return items.error();
  json::Writer out;
  out.begin_array();
  for (std::size_t i = 0; i < std::min<std::uint64_t>({*limit, most_completions, items->size()}); ++i)
    out.begin_object()
        .field("id", (*items)[i].name)
        .field("name", (*items)[i].name)
        .field("title", (*items)[i].display_name)
        .end_object();
  out.end_array();
  return ResultBody(out.take());
}

}  // namespace

Outcome<ResultBody> organization_list(const Call& call) { return list(call, organization); }
Outcome<ResultBody> organization_show(const Call& call) { return show(call, organization); }
Outcome<ResultBody> organization_autocomplete(const Call& call) { return autocomplete(call, organization); }
Outcome<ResultBody> group_list(const Call& call) { return list(call, group); }
Outcome<ResultBody> group_show(const Call& call) { return show(call, group); }
Outcome<ResultBody> group_autocomplete(const Call& call) { return autocomplete(call, group); }

}  // namespace moisson::api::ckan
