#include "harvesters/csw.h"

#include "core/text.h"
#include "core/url.h"
#include "harvesters/csw_page.h"
#include "harvesters/dcat_delivery.h"
#include "harvesters/dcat_record.h"
#include "harvesters/failure.h"
#include "harvesters/iso19139.h"
#include "harvesters/listed_ids.h"

#include <algorithm>
#include <array>

namespace moisson::harvesters {
namespace {

using harvest::Flow;

constexpr std::uint64_t page_rows = 100;
constexpr std::uint64_t max_broken_in_a_row = 50;  // records; then it is the portal, not the records
constexpr std::uint64_t max_records = 20'000'000;
constexpr int pages_before_growing = 32;
constexpr int repeats_before_giving_up = 2;  // pages that held nothing new

constexpr std::array options{
    harvest::OptionDescription{"output_schema",
                               "The schema to ask for where the service gives more than ISO 19139: the IRI of DCAT, "
                               "http://www.w3.org/ns/dcat#, or of another flavour of it that the service names"},
};

// Of every question to the source.
CswQuestion question_to(const harvest::HarvestSource& source) {
  CswQuestion question;
  question.base = source.url;
  if (const auto schema = source.options.find("output_schema");
      schema != source.options.end() && !schema->second.empty())
    question.schema = schema->second;
  return question;
}

// Pages must not drift while they are read; what a service can sort by differs: the queryables of CSW itself, of the
// ISO profile (OGC 07-045 §8.2), and none.
constexpr std::string_view sorts[] = {"dc:identifier:A", "apiso:identifier:A", "Identifier:A", ""};

// Whether a smaller page may succeed where this one failed.
bool may_be_its_size(ErrorCode code) {
  return code == ErrorCode::timeout || code == ErrorCode::unreachable || code == ErrorCode::too_large ||
         code == ErrorCode::invalid_input;
}

// One harvest of one source.
class Run {
 public:
  Run(const harvest::HarvestContext& context, harvest::RecordSink& sink)
      : context_(context), sink_(sink), delivery_(context, sink), question_(question_to(context.source)) {}

  Result<harvest::Listing> go() {
    question_.rows = whole_ = context_.limit == 0 ? page_rows : std::min(page_rows, context_.limit);
    auto page = first_page();
    if (!page) return page.error();
    if (!page->records.empty() && page->dcat.graph.size() == 0 &&
        std::none_of(page->records.begin(), page->records.end(), [](const auto& r) { return r.iso19139; })) {
      return Error{ErrorCode::unsupported,
                   "the service answers with <" + shorten(page->records.front().element, 100) +
                       "> and not with ISO 19139 or DCAT",
                   page->url,
                   "ask its operator for the output schema http://www.isotc211.org/2005/gmd, or name that of DCAT",
                   "schema_unsupported"};
    }
    for (;;) {
      auto next = one_page(*page);
      if (!next) return next.error();
      if (*next == 0) break;
      question_.start = *next;
      bool more = false;
      auto found = next_page(more);
      if (!found) return found.error();
      if (!more) break;
      page = std::move(*found);
    }
    return listing();
  }

 private:
  // Finds out how the service sorts, and how much it gives at once.
  Result<CswPage> first_page() {
    std::optional<Error> first;
    for (const auto sort : sorts) {
      question_.sort = sort;
      auto page = fetch_csw(context_.fetcher, question_);
      if (page) {
        if (sort.empty())
          sink_.remark({"sort_refused", question_.base,
                        "the service cannot sort its pages; they may drift while they are read", ""});
        return page;
      }
      if (!first) first = page.error();
      if (page.error().code != ErrorCode::invalid_input) break;  // only a refused parameter is mended by another order
    }
    question_.sort.clear();
    while (question_.rows > 1 && may_be_its_size(first->code) && first->code != ErrorCode::unreachable) {
      question_.rows /= 2;
      auto page = fetch_csw(context_.fetcher, question_, 2);
      if (page) return page;
      if (!may_be_its_size(page.error().code)) break;
    }
    return *first;
  }

  // The page at question_.start, in halves where it fails as a whole; a record that fails alone is passed over.
  // `more` false: there is none, and why was told.
  Result<CswPage> next_page(bool& more) {
    more = true;
    std::uint64_t broken_in_a_row = 0;
    for (;;) {
      auto page = fetch_csw(context_.fetcher, question_, question_.rows < whole_ ? 2 : 4);
      if (page) {
        if (question_.rows < whole_ && ++good_pages_ >= pages_before_growing) {
          question_.rows = std::min(whole_, question_.rows * 2);
          good_pages_ = 0;
        }
        return page;
      }
      if (page.error().code == ErrorCode::cancelled) return page.error();
      good_pages_ = 0;
      if (may_be_its_size(page.error().code) && question_.rows > 1) {
        question_.rows /= 2;
        continue;
      }
      const bool record = may_be_its_size(page.error().code) && broken_in_a_row < max_broken_in_a_row;
      if (!record) {
        more = false;
        if (auto told = lose(std::move(page.error())); !told) return told.error();
        return CswPage();
      }
      ++broken_in_a_row;
      if (auto told = give_broken(std::move(page.error())); !told) return told.error();
      ++question_.start;
      if (broken_in_a_row == 1) question_.rows = whole_;
      if (matched_ != 0 && question_.start > matched_) {
        more = false;
        return CswPage();
      }
    }
  }

  Result<void> give_broken(Error error) {
    ++unreadable_;
    ++given_;
    ++met_;
    harvest::RecordFailure failure;
    error.message =
        "record " + std::to_string(question_.start) + " of the service's list cannot be read: " + error.message;
    failure.raw.page_url = error.where;
    failure.error = std::move(error);
    if (sink_.fail(std::move(failure)) == Flow::stop) return stopped();
    return {};
  }

  // Hands over the records of a page. Result: where the next begins; 0: this was the last.
  Result<std::uint64_t> one_page(CswPage& page) {
    if (page.matched != 0) matched_ = page.matched;
    const std::uint64_t distinct = known();
    ++pages_;
    if (sink_.page(page.url, matched_) == Flow::stop) return stopped();
    for (const std::string& place : page.controls)
      sink_.remark({"control_characters", page.url + ": " + place,
                    "a control character, which XML forbids, was read as a blank", "take it out of the record's text"});
    if (auto described = give_dcat(page.dcat, page.nodes); !described) return described.error();
    for (std::size_t i = 0; i < page.records.size() && !enough(); ++i) {
      if (auto given = give(page.records[i], page.url, question_.start + i); !given) return given.error();
    }
    if (enough()) return std::uint64_t{0};
    const std::uint64_t next = next_position(page, question_);
    met_ += next == 0 ? page.size() : std::min(page.size(), next - question_.start);
    repeats_ = known() == distinct && next != 0 ? repeats_ + 1 : 0;
    if (repeats_ >= repeats_before_giving_up || next > max_records) {
      if (auto told = lose({ErrorCode::invalid_input, "the service repeats its pages", page.url,
                            "it seems to ignore startPosition", "paging_wrong"});
          !told)
        return told.error();
      return std::uint64_t{0};
    }
    return next;
  }

  // What the kind "dcat" would do with the RDF of the page.
  Result<void> give_dcat(DcatPage& page, const DcatNodes& nodes) {
    for (dcat::Finding& repair : page.repairs) {
      repair.place = page.url + ": " + repair.place;
      sink_.remark(std::move(repair));
    }
    auto whole = delivery_.give(page, rdf::RecordReader(page.graph), nodes);
    if (!whole) return whole.error();
    complete_ = complete_ && *whole;
    if (page.broken) return lose(std::move(*page.broken));
    return {};
  }

  Result<void> give(CswRecord& record, const std::string& url, std::uint64_t position) {
    const std::string place = "record " + std::to_string(position);
    harvest::RawSource raw{"application/xml", std::move(record.xml), url, place};
    const auto fail = [&](Error error) -> Result<void> {
      ++given_;
      raw.bytes = failed_bytes(raw.bytes);
      if (record.id.empty()) ++unreadable_;
      return went(sink_.fail({record.id, record.title, at(place, std::move(error)), std::move(raw)}));
    };
    if (!record.iso19139)
      return fail({ErrorCode::unsupported, "<" + shorten(record.element, 100) + "> is no ISO 19139 metadata", "", "",
                   "not_a_record"});
    if (record.id.empty())
      return fail({ErrorCode::invalid_input, "the metadata has no identifier", "fileIdentifier",
                   "give it a gmd:fileIdentifier", "id_missing"});
    if (handed_.meet(record.id, raw.bytes, pages_) == ListedIds::Sight::drifted) {
      drifted_ = true;
      return {};
    }
    if (sink_.known(record.id, raw, std::nullopt)) {
      ++given_;
      return {};
    }
    const std::string bytes = raw.bytes;
    auto made = map_iso19139(context_.source, std::move(raw), context_.mapping);
    if (!made) {
      raw = {"application/xml", bytes, url, place};
      return fail(std::move(made.error()));
    }
    ++given_;
    return went(sink_.take(std::move(*made)));
  }

  static Result<void> went(Flow flow) {
    if (flow == Flow::stop) return stopped();
    return {};
  }

  Result<void> lose(Error error) {
    complete_ = false;
    if (sink_.lost(std::move(error)) == Flow::stop) return stopped();
    return {};
  }

  Result<harvest::Listing> listing() {
    delivery_.tell_undescribed();
    if (complete_ && !enough()) {
      if (met_ < matched_) {
        if (auto told = lose({ErrorCode::invalid_input,
                              "the service announces " + std::to_string(matched_) + " records, its pages hold " +
                                  std::to_string(met_),
                              context_.source.url, "", "pages_missing"});
            !told)
          return told.error();
      } else if (drifted_ && question_.sort.empty()) {
        // Unsorted pages that repeat records may have left out as many.
        if (auto told = lose({ErrorCode::conflict,
                              "records came on several pages, and the service does not sort: others may be missing",
                              context_.source.url, "", "pages_drifted"});
            !told)
          return told.error();
      }
    }
    harvest::Listing listing;
    listing.complete = complete_ && !enough() && unreadable_ == 0;
    return listing;
  }

  bool enough() const { return context_.limit != 0 && given_ + delivery_.given() >= context_.limit; }
  std::uint64_t known() const { return handed_.size() + unreadable_ + delivery_.given(); }

  const harvest::HarvestContext& context_;
  harvest::RecordSink& sink_;
  DcatDelivery delivery_;
  CswQuestion question_;
  ListedIds handed_;
  std::uint64_t whole_ = page_rows;
  std::uint64_t matched_ = 0;
  std::uint64_t met_ = 0;    // records of the service's list on the pages, duplicates too
  std::uint64_t given_ = 0;  // records of ISO 19139 that went to the sink
  std::uint64_t unreadable_ = 0;
  std::size_t pages_ = 0;
  int good_pages_ = 0;
  int repeats_ = 0;
  bool drifted_ = false;  // records came again on a later page
  bool complete_ = true;
};

class CswHarvester final : public harvest::Harvester {
 public:
  std::string_view kind() const override { return "csw"; }
  std::string_view documentation() const override {
    return "A catalogue service (CSW 2.0.2) with ISO 19139 metadata or DCAT: GeoNetwork and its like";
  }
  std::span<const harvest::OptionDescription> options() const override { return harvesters::options; }
  // Either mapping may change.
  int mapping_version() const override { return 100 * iso19139_mapping_version + dcat_mapping_version; }

  Result<harvest::Listing> harvest(const harvest::HarvestContext& context, harvest::RecordSink& sink) const override {
    return Run(context, sink).go();
  }

  Result<harvest::HarvestedRecord> read_one(const harvest::HarvestContext& context,
                                            const harvest::RemoteRecord& record) const override {
    if (record.raw.media_type == dcat_media_type)
      return Error{ErrorCode::unsupported, "the id of DCAT's records is not the service's", record.remote_id, ""};
    CswQuestion question = question_to(context.source);
    question.id = record.remote_id;
    auto page = fetch_csw(context.fetcher, question);
    if (!page) return page.error();
    for (CswRecord& found : page->records)
      if (found.id == record.remote_id)
        return map_iso19139(context.source,
                            {"application/xml", std::move(found.xml), record.raw.page_url, record.raw.pointer});
    return Error{ErrorCode::not_found, "the service has no record of this identifier", page->url, ""};
  }

  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource& source,
                                       const harvest::RawSource& raw) const override {
    if (raw.media_type == dcat_media_type) return map_dcat(raw);
    return map_iso19139(source, harvest::RawSource(raw));
  }
};

}  // namespace

const harvest::Harvester& csw_harvester() {
  static const CswHarvester harvester;
  return harvester;
}

}  // namespace moisson::harvesters
