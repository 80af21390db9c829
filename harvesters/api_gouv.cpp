#include "harvesters/api_gouv.h"

#include "core/url.h"
#include "harvesters/api_gouv_record.h"
#include "harvesters/failure.h"

#include <array>

namespace moisson::harvesters {
namespace {

using harvest::Flow;

constexpr std::uint64_t max_listing_bytes = std::uint64_t{16} << 20;
constexpr std::uint64_t max_file_bytes = std::uint64_t{1} << 20;
constexpr std::size_t max_records = 10'000;

constexpr std::array options{
    harvest::OptionDescription{
        "files",
        "Where the catalog's Markdown files can be had, as SLUG.md below this address; without it "
        "only what the list says is known of each API"},
};

// One harvest of one source: the list, then each API's file.
class Run {
 public:
  Run(const harvest::HarvestContext& context, harvest::RecordSink& sink) : context_(context), sink_(sink) {
    if (const auto option = context.source.options.find("files"); option != context.source.options.end())
      files_ = option->second;
    while (files_.ends_with('/')) files_.pop_back();
  }

  Result<harvest::Listing> go() {
    net::FetchRequest request(context_.source.url);
    request.accept = "application/json";
    request.max_bytes = max_listing_bytes;
    auto fetched = context_.fetcher.fetch_all(request);
    if (!fetched) return fetched.error();
    page_url_ = fetched->first.final_url;
    const auto list = json::elements(fetched->second, "");
    if (!list)
      return at(page_url_, Error{ErrorCode::invalid_input, "the list is no JSON array", "", list.error().message,
                                 "not_a_catalog"});
    harvest::Listing listing;
    listing.complete = !list->broken && list->elements.size() <= max_records;
    if (list->broken && sink_.lost(at(page_url_, *list->broken)) == Flow::stop) return stopped();
    if (list->elements.size() > max_records &&
        sink_.lost({ErrorCode::too_large, "the list names more than 10,000 APIs", page_url_, ""}) == Flow::stop)
      return stopped();
    if (sink_.page(page_url_, list->elements.size()) == Flow::stop) return stopped();
    std::size_t given = 0;
    for (const json::Element& element : list->elements) {
      if (given == max_records) break;
      if (context_.limit != 0 && given == context_.limit) {
        listing.complete = false;
        break;
      }
      ++given;
      if (auto done = give(element); !done) return done.error();
    }
    return listing;
  }

 private:
  static Result<void> went(Flow flow) { return flow == Flow::stop ? Result<void>(stopped()) : Result<void>(); }

  Result<void> give(const json::Element& element) {
    const std::string pointer = "/" + std::to_string(element.index);
    const auto parsed = json::Document::parse(element.bytes);
    const std::string id = parsed ? api_gouv_id(parsed->root()) : std::string();
    const auto fail = [&](Error error) {
      return went(sink_.fail({id,
                              parsed ? parsed->root()["title"].text() : std::string(),
                              at(pointer, std::move(error)),
                              {"application/json", failed_bytes(element.bytes), page_url_, pointer}}));
    };
    if (!parsed) return fail(parsed.error());
    if (id.empty()) return fail({ErrorCode::invalid_input, "the API has no slug", "", "give it one", "id_missing"});
    std::optional<std::string> file;
    if (!files_.empty()) {
      net::FetchRequest request(files_ + "/" + percent_encode(id) + ".md");
      request.accept = "text/markdown, text/plain";
      request.max_bytes = max_file_bytes;
      auto fetched = context_.fetcher.fetch_all(request);
      if (!fetched && fetched.error().code == ErrorCode::cancelled) return fetched.error();
      if (!fetched) return fail(fetched.error());
      file = std::move(fetched->second);
    }
    harvest::RawSource raw{"application/json", api_gouv_raw(element.bytes, file ? &*file : nullptr), page_url_,
                           pointer};
    if (sink_.known(id, raw, std::nullopt)) return {};
    auto record = map_api_gouv(context_.source, std::move(raw), context_.mapping);
    return record ? went(sink_.take(std::move(*record))) : fail(record.error());
  }

  const harvest::HarvestContext& context_;
  harvest::RecordSink& sink_;
  std::string files_;
  std::string page_url_;
};

class ApiGouvHarvester final : public harvest::Harvester {
 public:
  std::string_view kind() const override { return "api-gouv"; }
  std::string_view documentation() const override {
    return "The list of APIs of api.gouv.fr (/api/v1/apis), each with its Markdown file where these can be had";
  }
  std::span<const harvest::OptionDescription> options() const override { return harvesters::options; }
  int mapping_version() const override { return api_gouv_mapping_version; }

  Result<harvest::Listing> harvest(const harvest::HarvestContext& context, harvest::RecordSink& sink) const override {
    return Run(context, sink).go();
  }
  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource& source,
                                       const harvest::RawSource& raw) const override {
    return map_api_gouv(source, harvest::RawSource(raw));
  }
};

}  // namespace

const harvest::Harvester& api_gouv_harvester() {
  static const ApiGouvHarvester harvester;
  return harvester;
}

}  // namespace moisson::harvesters
