#include "harvesters/ckan.h"

#include "core/cause.h"
#include "core/hash.h"
#include "harvesters/ckan_api.h"
#include "harvesters/ckan_endpoint.h"
#include "harvesters/ckan_filter.h"
#include "harvesters/ckan_memory.h"
#include "harvesters/ckan_package.h"
#include "harvesters/ckan_pages.h"
#include "harvesters/failure.h"
#include "harvesters/json_mend.h"

#include <algorithm>
#include <unordered_set>

namespace moisson::harvesters {
namespace {

using harvest::Flow;
using harvest::HarvestContext;
using harvest::HarvestSource;
using harvest::Listing;
using harvest::RecordSink;

constexpr std::chrono::hours full_census_age{7 * 24};
constexpr std::chrono::hours overlap{1};
constexpr std::size_t max_record_bytes = std::size_t{16} << 20;
constexpr std::size_t max_shown_singly = 5'000;  // package_show calls of one run
constexpr std::uint64_t max_reserved = 1'000'000;
constexpr int repeats_before_giving_up = 2;  // pages that held nothing new
constexpr int census_passes = 3;             // while the portal changes under them

std::string api_key(const HarvestContext& context) {
  const auto found = context.secrets.find("api_key");
  return found == context.secrets.end() ? std::string() : found->second;
}

// One run over one portal.
class Run {
 public:
  Run(const HarvestContext& context, RecordSink& sink)
      : context_(context),
        sink_(sink),
        source_(context.source),
        filter_(ckan_filter(context.source)),
        memory_(ckan_memory(context.memory.json)),
        started_(context.clock.now()) {}

  Result<Listing> harvest();

 private:
  enum class Read { whole, partly, nothing, stopped };

  Result<void> connect();
  Result<std::uint64_t> count(const std::string& filter) const;
  std::string changed_filter() const;
  Result<bool> may_be_incremental();

  Result<Listing> read_everything();
  Result<Listing> read_changes();
  // Hands over every record of a search.
  Read read(const std::string& filter);
  // Asks the portal for ids alone; those that nobody stored are `missing`. `drifted`: it changed meanwhile.
  Read census(std::vector<std::string>& missing, bool& drifted);
  // What the pages did not hold although the portal counts it.
  Read reconcile();
  Read show(const std::vector<std::string>& ids);

  // A part of the list could not be read, and nothing is to be removed; or the harvest was stopped.
  Read lose(Error error);

  Flow give(std::string_view bytes, const std::string& page_url, std::string pointer);
  Flow give_broken(const CkanPages::Next& next);
  bool first_sight(std::string_view id) { return seen_.insert(hash64(id)).second; }
  bool enough() const { return context_.limit != 0 && given_ >= context_.limit; }
  void remark(std::string cause, std::string message, std::string hint = {});
  Result<Listing> listing(Read read, bool full);
  Error cancelled() const { return {ErrorCode::cancelled, "stopped", source_.url, ""}; }

  const HarvestContext& context_;
  RecordSink& sink_;
  const HarvestSource& source_;
  CkanFilter filter_;
  CkanMemory memory_;
  Instant started_;
  std::unique_ptr<CkanApi> api_;
  std::uint64_t announced_ = 0;
  std::uint64_t given_ = 0;       // records that went to the sink
  std::uint64_t distinct_ = 0;    // records met, by id
  bool drifted_ = false;          // the portal's list changed while its pages were read
  std::uint64_t unreadable_ = 0;  // records whose id could not be read: what they are cannot be told from what is gone
  // Hashes of ids: bounded by the portal's size, eight bytes each and a node.
  std::unordered_set<std::uint64_t> seen_;
  std::unordered_set<std::uint64_t> seen_names_;
  Error first_error_;
};

Run::Read Run::lose(Error error) {
  if (error.code == ErrorCode::cancelled) return Read::stopped;
  return sink_.lost(std::move(error)) == Flow::stop ? Read::stopped : Read::partly;
}

void Run::remark(std::string cause, std::string message, std::string hint) {
  sink_.remark({std::move(cause), source_.url, std::move(message), std::move(hint)});
}

// Finds where the API is and how it sorts.
Result<void> Run::connect() {
  auto found = find_ckan_endpoint(context_.fetcher, source_.url, memory_.base, filter_.query(), api_key(context_));
  if (!found) return found.error();
  api_ = std::move(found->api);
  announced_ = found->count;
  memory_.base = api_->base();
  for (dcat::Finding& remark : found->remarks) sink_.remark(std::move(remark));
  return {};
}

Result<std::uint64_t> Run::count(const std::string& filter) const {
  auto page = api_->search({filter, "", 0, 0});
  if (!page) return page.error();
  return page->count;
}

std::string Run::changed_filter() const {
  std::string filter = filter_.query();
  if (!filter.empty()) filter += ' ';
  return filter + "+metadata_modified:[" + format_rfc3339(*memory_.run - overlap) + " TO *]";
}

// Portals have been met that ignore `fq`: a filter is believed once it changes the count.
Result<bool> Run::may_be_incremental() {
  if (context_.full || context_.limit != 0 || !memory_.run || !memory_.full || announced_ == 0) return false;
  if (started_ - *memory_.full >= full_census_age || *memory_.run > started_) return false;
  const auto changed = count(changed_filter());
  if (!changed) {
    if (changed.error().code == ErrorCode::cancelled) return changed.error();
    return false;
  }
  return *changed < announced_;
}

Result<Listing> Run::harvest() {
  if (auto connected = connect(); !connected) return connected.error();
  auto incremental = may_be_incremental();
  if (!incremental) return incremental.error();
  return *incremental ? read_changes() : read_everything();
}

Result<Listing> Run::listing(Read read, bool full) {
  if (read == Read::stopped) return cancelled();
  if (read == Read::nothing) return first_error_;
  Listing listing;
  listing.complete = read == Read::whole && unreadable_ == 0 && !enough();
  if (listing.complete) {
    memory_.run = started_;
    if (full) memory_.full = started_;
  }
  listing.memory.json = to_json(memory_);
  return listing;
}

Result<Listing> Run::read_everything() {
  seen_.reserve(std::min(announced_, max_reserved));
  Read done = read(filter_.query());
  if (done == Read::whole && !enough() && (drifted_ || distinct_ + unreadable_ != announced_)) done = reconcile();
  return listing(done, true);
}

Result<Listing> Run::read_changes() {
  Read done = read(changed_filter());
  if (done != Read::whole) return listing(done, false);
  std::vector<std::string> missing;
  bool drifted = true;
  for (int pass = 0; done == Read::whole && drifted && pass < census_passes; ++pass) done = census(missing, drifted);
  if (done == Read::whole && drifted) {
    Error error{ErrorCode::conflict, "the portal changed while its ids were read, three times over", source_.url, "",
                "pages_drifted"};
    done = lose(std::move(error));
  }
  if (done == Read::whole) done = show(missing);
  return listing(done, false);
}

Run::Read Run::read(const std::string& filter) {
  CkanPages pages(*api_, filter, "", memory_.rows, context_.limit);
  int repeats = 0;
  for (;;) {
    auto next = pages.next();
    if (next.step == CkanPages::Step::ended) break;
    if (next.step == CkanPages::Step::gone) {
      if (next.error.code == ErrorCode::cancelled) return Read::stopped;
      first_error_ = next.error;
      if (given_ == 0) return Read::nothing;
      return lose(std::move(next.error));
    }
    if (next.step == CkanPages::Step::broken) {
      if (give_broken(next) == Flow::stop) return Read::stopped;
      continue;
    }
    memory_.rows = std::max<std::uint64_t>(pages.rows(), 1);
    if (next.page.count != 0 && filter == filter_.query()) announced_ = next.page.count;
    const auto distinct_before = distinct_;
    for (const auto& element : next.page.elements) {
      if (element.index == 1 && next.overlaps && distinct_ > distinct_before) drifted_ = true;
      if (give(element.bytes, next.page.url, "/result/results/" + std::to_string(element.index)) == Flow::stop) {
        return enough() ? Read::partly : Read::stopped;
      }
      if (enough()) return Read::partly;
    }
    if (sink_.page(next.page.url, announced_) == Flow::stop) return Read::stopped;
    repeats = distinct_ == distinct_before && !next.page.elements.empty() ? repeats + 1 : 0;
    if (repeats >= repeats_before_giving_up) {
      Error error{ErrorCode::invalid_input, "the portal repeats its pages", next.page.url,
                  "it seems to ignore the parameter start", "paging_wrong"};
      return lose(std::move(error));
    }
  }
  return Read::whole;
}

Flow Run::give_broken(const CkanPages::Next& next) {
  ++unreadable_;
  ++given_;
  harvest::RecordFailure failure;
  failure.error = next.error;
  failure.error.message =
      "record " + std::to_string(next.position + 1) + " of the portal's list cannot be read: " + next.error.message;
  failure.raw.page_url = next.error.where;
  return sink_.fail(std::move(failure));
}

Flow Run::give(std::string_view bytes, const std::string& page_url, std::string pointer) {
  const auto fail = [&](std::string id, std::string title, Error error) {
    ++given_;
    if (id.empty()) ++unreadable_;
    harvest::RecordFailure failure{std::move(id),
                                   std::move(title),
                                   at(pointer, std::move(error)),
                                   {"application/json", failed_bytes(bytes), page_url, pointer}};
    return sink_.fail(std::move(failure));
  };
  if (bytes.size() > max_record_bytes) return fail({}, {}, {ErrorCode::too_large, "the record exceeds 16 MiB", "", ""});
  std::vector<dcat::Finding> mended;
  const auto parsed = parse_mended(bytes, mended);
  if (!parsed) return fail({}, {}, filed("syntax_error", parsed.error()));
  const json::View package = parsed->root();
  if (!package.is(json::Kind::object)) {
    return fail({}, {},
                {ErrorCode::invalid_input, "a record is an object, not " + std::string(json::to_string(package.kind())),
                 "", "", "not_a_record"});
  }
  std::string id = ckan_package_id(package);
  if (id.empty())
    return fail({}, ckan_package_title(package),
                {ErrorCode::invalid_input, "the id is missing", "/id", "give it an id", "id_missing"});
  if (!first_sight(id)) return Flow::go_on;  // pages drift: the same record on two of them counts once
  ++distinct_;
  seen_names_.insert(hash64(package["name"].string().value_or(id)));

  std::string reason = ckan_skip_reason(package);
  if (reason.empty()) reason = filter_.refusal(package);
  ++given_;
  if (!reason.empty()) return sink_.skip({std::move(id), ckan_package_title(package), std::move(reason)});
  harvest::RawSource raw{"application/json", std::string(bytes), page_url, pointer};
  if (sink_.known(id, raw, ckan_popularity(package))) return Flow::go_on;
  auto record = map_ckan_package(source_, package, std::move(raw), context_.mapping);
  if (record) {
    std::move(mended.begin(), mended.end(), std::back_inserter(record->findings));
    return sink_.take(std::move(*record));
  }
  --given_;
  return fail(std::move(id), ckan_package_title(package), record.error());
}

Run::Read Run::census(std::vector<std::string>& missing, bool& drifted) {
  missing.clear();
  drifted = false;
  CkanPages pages(*api_, filter_.query(), "id", memory_.rows);
  std::unordered_set<std::uint64_t> met;
  std::uint64_t count = 0;
  for (;;) {
    auto next = pages.next();
    if (next.step == CkanPages::Step::ended) break;
    if (next.step != CkanPages::Step::page) return lose(at("census of ids", std::move(next.error)));
    count = next.page.count;
    for (const auto& element : next.page.elements) {
      const auto parsed = json::Document::parse(element.bytes);
      if (!parsed) continue;
      std::string id = ckan_package_id(parsed->root());
      if (id.empty()) id = parsed->root().string().value_or("");
      if (id.empty() || !met.insert(hash64(id)).second) continue;
      if (element.index == 0 && next.overlaps) drifted = true;
      if (seen_.contains(hash64(id))) continue;
      if (sink_.present(id)) {
        first_sight(id);
      } else if (missing.size() <= max_shown_singly) {
        missing.push_back(std::move(id));
      }
    }
    if (sink_.page(next.page.url, announced_) == Flow::stop) return Read::stopped;
  }
  if (drifted || met.size() >= count) return Read::whole;
  Error error{ErrorCode::invalid_input,
              "the portal counts " + std::to_string(count) + " records and lists " + std::to_string(met.size()),
              source_.url, "", "pages_missing"};
  return lose(std::move(error));
}

Run::Read Run::reconcile() {
  const auto met = distinct_ + unreadable_;
  if (met != announced_) {
    remark("count_differs",
           "the portal counts " + std::to_string(announced_) + " records, its pages hold " + std::to_string(met));
  }
  if (drifted_) remark("pages_drifted", "the portal's list changed while its pages were read");
  if (!drifted_ && met > announced_) return Read::whole;
  if (!filter_.empty()) {
    // package_list knows no filter; ids come from a second reading of the pages.
    CkanPages pages(*api_, filter_.query(), "id,name", memory_.rows);
    std::vector<std::string> missing;
    for (auto next = pages.next(); next.step != CkanPages::Step::ended; next = pages.next()) {
      if (next.step != CkanPages::Step::page) return lose(std::move(next.error));
      for (const auto& element : next.page.elements) {
        const auto parsed = json::Document::parse(element.bytes);
        std::string id = parsed ? ckan_package_id(parsed->root()) : std::string{};
        if (!id.empty() && !seen_.contains(hash64(id))) missing.push_back(std::move(id));
      }
    }
    return show(missing);
  }
  auto names = api_->names();
  if (!names) return lose(at("package_list", names.error()));
  std::vector<std::string> missing;
  for (const auto& element : names->elements) {
    const auto parsed = json::Document::parse(element.bytes);
    const std::string name = parsed ? parsed->root().text() : std::string{};
    const auto hash = hash64(name);
    if (!name.empty() && !seen_names_.contains(hash) && !seen_.contains(hash)) missing.push_back(name);
  }
  return show(missing);
}

Run::Read Run::show(const std::vector<std::string>& ids) {
  if (ids.size() > max_shown_singly) {
    Error error{ErrorCode::too_large,
                std::to_string(ids.size()) + " records would have to be read one by one; at most 5,000 are",
                source_.url, "", "pages_missing"};
    return lose(std::move(error));
  }
  for (const std::string& id : ids) {
    auto shown = api_->show(id);
    if (shown) {
      if (give(shown->first, shown->second, "/result") == Flow::stop) return Read::stopped;
      continue;
    }
    const ErrorCode code = shown.error().code;
    // Listed, but private or deleted since.
    if (code == ErrorCode::not_found || code == ErrorCode::refused) continue;
    return lose(shown.error());
  }
  return Read::whole;
}

class CkanHarvester final : public harvest::Harvester {
 public:
  std::string_view kind() const override { return "ckan"; }
  std::string_view documentation() const override { return "A CKAN portal, through its Action API."; }
  std::span<const harvest::OptionDescription> options() const override { return ckan_options(); }
  int mapping_version() const override { return ckan_mapping_version; }

  Result<Listing> harvest(const HarvestContext& context, RecordSink& sink) const override {
    return Run(context, sink).harvest();
  }

  Result<harvest::HarvestedRecord> read_one(const HarvestContext& context,
                                            const harvest::RemoteRecord& record) const override {
    const std::string& page = record.raw.page_url;  // below the address at which the API was found
    const CkanApi api(context.fetcher, page.substr(0, page.find("/api/3/action/")), "", api_key(context));
    auto shown = api.show(record.remote_id);
    if (!shown) return shown.error();
    const auto parsed = json::Document::parse(shown->first);
    if (!parsed) return at("/result", parsed.error());
    std::string reason = ckan_skip_reason(parsed->root());
    if (reason.empty()) reason = ckan_filter(context.source).refusal(parsed->root());
    if (!reason.empty()) return Error{ErrorCode::not_found, "the record is left out: " + reason, shown->second, ""};
    return map_ckan_package(context.source, parsed->root(),
                            {"application/json", std::move(shown->first), page, record.raw.pointer});
  }

  Result<harvest::HarvestedRecord> map(const HarvestSource& source, const harvest::RawSource& raw) const override {
    std::vector<dcat::Finding> mended;
    const auto parsed = parse_mended(raw.bytes, mended);
    if (!parsed) return at(raw.pointer, parsed.error());
    return map_ckan_package(source, parsed->root(), harvest::RawSource(raw));
  }
};

}  // namespace

const harvest::Harvester& ckan_harvester() {
  static const CkanHarvester harvester;
  return harvester;
}

}  // namespace moisson::harvesters
