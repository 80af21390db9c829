#include "harvesters/data_json.h"

#include "core/cause.h"
#include "core/json.h"
#include "core/text.h"
#include "core/url.h"
#include "harvesters/data_json_page.h"
#include "harvesters/data_json_record.h"
#include "harvesters/failure.h"
#include "harvesters/json_mend.h"
#include "harvesters/listed_ids.h"
#include "harvesters/page_memory.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace moisson::harvesters {
namespace {

using harvest::Flow;

constexpr std::size_t max_pages = 20'000;
constexpr int max_nesting = 8;  // catalogs in catalogs

constexpr std::array options{
    harvest::OptionDescription{"page_parameter",
                               "The parameter that numbers the pages, where the file is cut into several: mostly page"},
};

// `url` with its parameter `name` set to `value`.
std::string with_parameter(std::string_view url, std::string_view name, std::uint64_t value) {
  auto parsed = parse_url(url);
  if (!parsed) return std::string(url);
  std::string query;
  for (const std::string_view part : split(parsed->query, '&')) {
    if (part.empty() || part.substr(0, part.find('=')) == name) continue;
    query.append(part) += '&';
  }
  parsed->query = query + std::string(name) + "=" + std::to_string(value);
  parsed->has_query = true;
  return parsed->text();
}

std::optional<std::uint64_t> parameter(std::string_view url, std::string_view name) {
  const auto parsed = parse_url(url);
  if (!parsed) return std::nullopt;
  for (const std::string_view part : split(parsed->query, '&')) {
    if (part.substr(0, part.find('=')) != name || part.size() <= name.size()) continue;
    std::uint64_t value = 0;
    const auto digits = part.substr(name.size() + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc{} && end == digits.data() + digits.size()) return value;
  }
  return std::nullopt;
}

// One harvest of one source.
class Run {
 public:
  Run(const harvest::HarvestContext& context, harvest::RecordSink& sink) : context_(context), sink_(sink) {}

  Result<harvest::Listing> go() {
    const PageMemory known = read_memory(context_.memory);
    const bool same_question = !context_.full && context_.limit == 0 && known.url == context_.source.url &&
                               known.mapping_version == data_json_mapping_version && known.pages.size() == 1;
    memory_.url = context_.source.url;
    memory_.mapping_version = data_json_mapping_version;
    std::string url = context_.source.url;
    for (;;) {
      const net::Validators validators =
          same_question && pages_ == 0 ? known.pages.front().validators : net::Validators{};
      const std::uint64_t before = handed_.size();
      page_url_ = url;
      auto page = fetch_data_json(context_.fetcher, url, validators,
                                  [this](const json::StreamedElement& element, std::string pointer) {
                                    return give(element.bytes, element.whole, std::move(pointer), 0);
                                  });
      if (page && page->answer.status == 304) return harvest::Listing{true, true, context_.memory};
      if (!page) {
        if (enough_) break;
        if (pages_ == 0 || page.error().code == ErrorCode::cancelled) return page.error();
        // Portals end their pages with one that is not there.
        if (page.error().code == ErrorCode::not_found) break;
        if (auto told = lose(std::move(page.error())); !told) return told.error();
        break;
      }
      ++pages_;
      memory_.pages.push_back({url, page->answer.validators});
      auto next = follow(*page, handed_.size() > before);
      if (!next) return next.error();
      if (next->empty()) break;
      url = std::move(*next);
    }
    return listing();
  }

 private:
  // Tells the page, and finds the next. Empty: this was the last.
  Result<std::string> follow(DataJsonPage& page, bool brought_new) {
    const auto envelope = json::Document::parse(page.envelope);
    const json::View root = envelope ? envelope->root() : json::View();
    if (const auto total = root["resultSetSize"].integer(); total && *total > 0)
      total_ = static_cast<std::uint64_t>(*total);
    if (sink_.page(page.url, total_) == Flow::stop) return stopped();
    tell_empty_elements();
    if (page.broken) {
      if (auto told = lose(std::move(*page.broken)); !told) return told.error();
      return std::string();
    }
    if (enough_ || page.elements == 0) return std::string();
    std::string next = next_page(page, root);
    if (next.empty()) return next;
    if (!brought_new) {
      // The portal ignores the parameter and answers its one file again: everything was read.
      if (pages_ == 2) sink_.remark({"paging_ignored", page.url, "the second page is the first one again", ""});
      return std::string();
    }
    if (pages_ >= max_pages) {
      auto told = lose({ErrorCode::too_large, "the listing passes the cap of " + std::to_string(max_pages) + " pages",
                        page.url, "", "too_many_pages"});
      if (!told) return told.error();
      return std::string();
    }
    return next;
  }

  std::string next_page(const DataJsonPage& page, json::View root) const {
    for (const std::string_view name : {"next", "nextPage"}) {
      if (const auto stated = root[name].string(); stated && !stated->empty()) {
        if (auto url = resolve_url(page.url, *stated); url && is_web_url(*url) && *url != page.url) return *url;
      }
    }
    if (root["resultSetSize"].exists()) {  // Socrata's Discovery API counts in records
      const std::uint64_t read = parameter(page.url, "offset").value_or(0) + page.elements;
      return read < total_ ? with_parameter(page.url, "offset", read) : std::string();
    }
    std::string name = "page";
    if (const auto found = context_.source.options.find("page_parameter");
        found != context_.source.options.end() && !found->second.empty()) {
      name = found->second;
    } else if (!parameter(context_.source.url, name)) {
      return {};
    }
    return with_parameter(page.url, name, parameter(page.url, name).value_or(1) + 1);
  }

  Result<void> give(std::string_view bytes, bool whole, std::string pointer, int nesting) {
    if (enough_) return done();
    if (bytes.empty()) {
      ++empty_elements_;
      return {};
    }
    const auto fail = [&](std::string id, std::string title, Error error) -> Result<void> {
      if (id.empty()) ++unreadable_;
      ++given_;
      return went(sink_.fail({std::move(id),
                              std::move(title),
                              at(pointer, std::move(error)),
                              {"application/json", failed_bytes(bytes), page_url_, pointer}}));
    };
    if (!whole) return fail({}, {}, {ErrorCode::too_large, "the record exceeds 16 MiB", "", ""});
    const bool catalog = pointer.substr(0, pointer.rfind('/')).ends_with("/catalog");
    if (catalog) return give_catalog(bytes, pointer, nesting);

    std::vector<dcat::Finding> unused;
    const auto parsed = parse_mended(bytes, unused);
    if (!parsed) return fail({}, {}, filed("syntax_error", parsed.error()));
    const json::View element = parsed->root();
    if (!element.is(json::Kind::object)) {
      return fail(
          {}, {},
          {ErrorCode::invalid_input, "a record is an object, not " + std::string(json::to_string(element.kind())), "",
           "", "not_a_record"});
    }
    std::string id = data_json_id(element);
    if (id.empty())
      return fail(
          {}, {},
          {ErrorCode::invalid_input, "the record has neither identifier nor title", "", "give it both", "id_missing"});
    if (handed_.meet(id, bytes, pages_) == ListedIds::Sight::drifted) {
      ++drifted_;
      return {};
    }
    if (auto handed = hand_over(bytes, element, id, pointer, fail); !handed) return handed;
    // DCAT-US 3 describes members where it names them.
    for (const std::string_view members : {"servesDataset", "seriesMember"}) {
      if (!element[members].is(json::Kind::array) || nesting >= max_nesting) continue;
      const auto list = json::elements(bytes, "/" + std::string(members));
      if (!list) continue;
      for (const json::Element& member : list->elements) {
        if (!member.bytes.starts_with('{') || !describes(element[members][member.index])) continue;
        auto given = give(member.bytes, true, pointer + "/" + std::string(members) + "/" + std::to_string(member.index),
                          nesting + 1);
        if (!given) return given;
      }
    }
    return {};
  }

  // More than a reference.
  static bool describes(json::View member) { return member["title"].exists(); }

  template <class Fail>
  Result<void> hand_over(std::string_view bytes, json::View element, const std::string& id, const std::string& pointer,
                         const Fail& fail) {
    if (std::string reason = data_json_skip_reason(element); !reason.empty()) {
      ++given_;
      return went(sink_.skip({id, data_json_title(element), std::move(reason)}));
    }
    harvest::RawSource raw{"application/json", std::string(bytes), page_url_, pointer};
    if (sink_.known(id, raw, std::nullopt)) {
      ++given_;
      return went(Flow::go_on);
    }
    auto record = map_data_json(context_.source, std::move(raw), context_.mapping);
    if (!record) return fail(id, data_json_title(element), record.error());
    ++given_;
    return went(sink_.take(std::move(*record)));
  }

  Result<void> give_catalog(std::string_view bytes, const std::string& pointer, int nesting) {
    if (nesting >= max_nesting) {
      return lose(
          {ErrorCode::too_large, "catalogs are nested deeper than " + std::to_string(max_nesting), pointer, ""});
    }
    for (const std::string_view members : {"dataset", "service", "datasetSeries", "catalog"}) {
      const auto list = json::elements(bytes, "/" + std::string(members));
      if (!list) continue;
      for (const json::Element& member : list->elements) {
        auto given = give(member.bytes, true, pointer + "/" + std::string(members) + "/" + std::to_string(member.index),
                          nesting + 1);
        if (!given) return given;
      }
      if (list->broken) {
        if (auto told = lose(at(pointer, *list->broken)); !told) return told;
      }
    }
    return {};
  }

  // Counts a record as given; a stop, or the limit of a preview, ends the transfer.
  Result<void> went(Flow flow) {
    if (flow == Flow::stop) return stopped();
    if (context_.limit != 0 && given_ >= context_.limit) {
      enough_ = true;
      return done();
    }
    return {};
  }

  void tell_empty_elements() {
    if (empty_elements_ == 0) return;
    sink_.remark({"element_empty", page_url_,
                  "the list holds " + std::to_string(empty_elements_) + " commas with nothing after them",
                  "take them out: other readers refuse the whole file"});
    empty_elements_ = 0;
  }

  Result<void> lose(Error error) {
    complete_ = false;
    if (sink_.lost(std::move(error)) == Flow::stop) return stopped();
    return {};
  }

  Result<harvest::Listing> listing() {
    if (complete_ && !enough_ && total_ > given_ + drifted_) {
      auto told =
          lose({ErrorCode::invalid_input,
                "the portal announces " + std::to_string(total_) + " records, its pages hold " + std::to_string(given_),
                context_.source.url, "", "pages_missing"});
      if (!told) return told.error();
    }
    harvest::Listing listing;
    listing.complete = complete_ && !enough_ && unreadable_ == 0;
    if (listing.complete) listing.memory = write_memory(memory_);
    return listing;
  }

  static Error done() { return {ErrorCode::cancelled, "as many records as were asked for were read", "", ""}; }

  const harvest::HarvestContext& context_;
  harvest::RecordSink& sink_;
  PageMemory memory_;
  std::string page_url_;
  ListedIds handed_;
  std::uint64_t given_ = 0;       // records that went to the sink
  std::uint64_t drifted_ = 0;     // records that came again on a later page
  std::uint64_t unreadable_ = 0;  // records whose id could not be read: what they are cannot be told from what is gone
  std::uint64_t empty_elements_ = 0;
  std::uint64_t total_ = 0;  // announced
  std::size_t pages_ = 0;
  bool enough_ = false;  // for a preview
  bool complete_ = true;
};

class DataJsonHarvester final : public harvest::Harvester {
 public:
  std::string_view kind() const override { return "data-json"; }
  std::string_view documentation() const override {
    return "A data.json file or feed: Project Open Data 1.1, DCAT-US 3, ArcGIS Hub, Socrata";
  }
  std::span<const harvest::OptionDescription> options() const override { return harvesters::options; }
  int mapping_version() const override { return data_json_mapping_version; }

  Result<harvest::Listing> harvest(const harvest::HarvestContext& context, harvest::RecordSink& sink) const override {
    return Run(context, sink).go();
  }

  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource& source,
                                       const harvest::RawSource& raw) const override {
    return map_data_json(source, harvest::RawSource(raw));
  }
};

}  // namespace

const harvest::Harvester& data_json_harvester() {
  static const DataJsonHarvester harvester;
  return harvester;
}

}  // namespace moisson::harvesters
