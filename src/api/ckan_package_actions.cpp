#include "api/ckan_actions.h"
#include "api/ckan_field.h"
#include "api/ckan_list.h"
#include "api/ckan_search.h"
#include "core/text.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace moisson::api::ckan {
namespace {

constexpr std::uint64_t standard_page = 10;  // ckan/ckan#3483
constexpr std::uint64_t most_completions = 100;

std::string json_text(std::string_view text) {
  json::Writer out;
  out.string(text);
  return out.take();
}

// Every id in its order, a thousand at a time, from one snapshot.
class Ids {
 public:
  Ids(std::shared_ptr<const index::Snapshot> snapshot, std::uint64_t offset, std::uint64_t limit)
      : snapshot_(std::move(snapshot)), offset_(offset), left_(limit) {}

  Result<bool> next(std::string& item) {
    if (at_ == ids_.size()) {
      if (left_ == 0) return false;
      search::Query query{.every_copy = true};
      query.sort = search::Sort::id;
      query.keys_only = true;
      query.page_size = static_cast<std::uint32_t>(std::min(left_, most_rows));
      query.offset = offset_;
      auto results = snapshot_->search(query);
      if (!results) return results.error();
      ids_ = std::move(results->hits);
      at_ = 0;
      offset_ += ids_.size();
      left_ -= ids_.size();
      if (ids_.empty()) return false;
    }
    item = json_text(ids_[at_++].id);
    return true;
  }

 private:
  std::shared_ptr<const index::Snapshot> snapshot_;
  std::uint64_t offset_, left_;
  std::vector<search::Hit> ids_;
  std::size_t at_ = 0;
};

}  // namespace

Outcome<ResultBody> package_show(const Call& call) {
  auto id = call.parameters.text("id");
  if (id.empty()) id = call.parameters.text("name_or_id");
  if (id.empty()) return validation("name_or_id", "Missing value");
  const auto package = PackageReader(call.context).read(lower_ascii(cut(id, 100)));
  if (!package) return failure_of(package.error());
  json::Writer out;
  write_package(out, *package, call.context);
  call.act = http::Act::view(package->stored.id);
  return ResultBody(out.take());
}

Outcome<ResultBody> package_list(const Call& call) {
  const auto limit = call.parameters.natural("limit", UINT64_MAX);
  if (!limit) return limit.error();
  const auto offset = call.parameters.natural("offset", 0);
  if (!offset) return offset.error();
  auto ids = std::make_shared<Ids>(call.snapshot, *offset, *limit);
  return ResultBody(list_stream(
      "[", [ids](std::string& item) { return ids->next(item); }, "]"));
}

Outcome<ResultBody> current_package_list_with_resources(const Call& call) {
  const auto limit = call.parameters.natural("limit", standard_page);
  if (!limit) return limit.error();
  auto offset = call.parameters.natural("offset", 0);
  if (!offset) return offset.error();
  const auto page = call.parameters.natural("page", 0);
  if (!page) return page.error();
  search::Query query{.every_copy = true};
  query.sort = search::Sort::changed;
  query.page_size = static_cast<std::uint32_t>(std::min(*limit, most_rows));
  if (call.parameters.has("page")) {
    if (*page == 0) return validation("page", "Must be larger than 0");
    offset = (*page - 1) * query.page_size;
  }
  query.offset = *offset;
  auto ids = ids_of(call, query);
  if (!ids) return ids.error();
  return ResultBody(package_stream(call.context, "[", std::move(*ids), "]"));
}

Outcome<ResultBody> package_autocomplete(const Call& call) {
  const auto q = call.parameters.text("q");
  if (q.empty()) return validation("q", "Missing value");
  const auto limit = call.parameters.natural("limit", 10);
  if (!limit) return limit.error();
  search::Query query{.every_copy = true};
  // The last word may be half typed, and those before it hold.
  for (const auto& word : words(cut(q, 200), 16)) {
    search::Condition part;
    part.kind = search::Condition::Kind::beginning;
    part.text = word.folded;
    if (!query.condition) query.condition.emplace();
    query.condition->parts.push_back(std::move(part));
  }
  query.sort = search::Sort::popularity;
  query.language = call.context.language;
  query.page_size = static_cast<std::uint32_t>(std::min(*limit, most_completions));
  const auto results = call.snapshot->search(query);
  if (!results) return failure_of(results.error());
  json::Writer out;
  out.begin_array();
  for (const auto& hit : results->hits)
    out.begin_object()
        .field("name", hit.id)
        .field("title", hit.title.value)
        .field("match_field", "title")
        .field("match_displayed", hit.title.value + " (" + hit.id + ")")
        .end_object();
  out.end_array();
  return ResultBody(out.take());
}

}  // namespace moisson::api::ckan
