#include "harvesters/dcat.h"

#include "core/url.h"
#include "harvesters/dcat_delivery.h"
#include "harvesters/dcat_page.h"
#include "harvesters/dcat_paging.h"
#include "harvesters/dcat_record.h"
#include "harvesters/dcat_records.h"
#include "harvesters/failure.h"
#include "harvesters/page_memory.h"

#include <array>
#include <deque>
#include <unordered_set>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_catalogs = 500;  // of a catalog of catalogs

constexpr std::array options{
    harvest::OptionDescription{"format",
                               "The syntax, where neither content nor media type tells: ttl, nt, rdf or jsonld"},
};

// One harvest of one source: its pages one after the other, and what must hold across them.
class Run {
 public:
  Run(const harvest::HarvestContext& context, harvest::RecordSink& sink)
      : context_(context), sink_(sink), delivery_(context, sink) {}

  Result<harvest::Listing> go() {
    if (const auto found = context_.source.options.find("format");
        found != context_.source.options.end() && !found->second.empty()) {
      format_ = rdf::syntax_of_extension(found->second);
      if (!format_)
        return Error{ErrorCode::invalid_input, "unknown format \"" + found->second + "\"", "format",
                     "ttl, nt, rdf or jsonld"};
    }
    std::optional<DcatPage> first;
    if (auto same = nothing_changed(first); !same)
      return same.error();
    else if (*same)
      return harvest::Listing{true, true, context_.memory};
    if (!first) {
      auto page = fetch_page(context_.fetcher, context_.source.url, format_, {});
      if (!page) return page.error();
      first = std::move(*page);
    }
    return pages(std::move(*first));
  }

 private:
  // Asks for each page that the last complete run read. A first page that did change is kept in `first`.
  Result<bool> nothing_changed(std::optional<DcatPage>& first) {
    const PageMemory known = read_memory(context_.memory);
    if (context_.full || context_.limit != 0 || known.pages.empty() || known.url != context_.source.url ||
        known.mapping_version != dcat_mapping_version) {
      return false;
    }
    for (const PageMemory::Page& page : known.pages) {
      auto answer = fetch_page(context_.fetcher, page.url, format_, page.validators);
      const bool is_first = &page == &known.pages.front();
      if (!answer && is_first) return answer.error();
      if (!answer) return false;
      if (answer->answer.status == 304) continue;
      if (is_first && page.url == context_.source.url) first = std::move(*answer);
      return false;
    }
    return true;
  }

  Result<harvest::Listing> pages(DcatPage page) {
    memory_.url = context_.source.url;
    memory_.mapping_version = dcat_mapping_version;
    for (std::optional<DcatPage> first = std::move(page); first;) {
      if (auto read = one_catalog(std::move(*first)); !read) return read.error();
      auto next = next_catalog();
      if (!next) return next.error();
      first = std::move(*next);
    }
    tell_catalogs_elsewhere();
    delivery_.tell_undescribed();
    harvest::Listing listing;
    listing.complete = complete_;
    if (complete_) listing.memory = write_memory(memory_);
    return listing;
  }

  Result<void> one_catalog(DcatPage page) {
    paging_.begin_catalog();
    for (;;) {
      auto next = one_page(page);
      if (!next) return next.error();
      if (next->empty()) break;
      page.graph = rdf::Graph();  // one page in memory at a time
      auto fetched = fetch_page(context_.fetcher, *next, format_, {});
      if (!fetched) {
        if (fetched.error().code == ErrorCode::cancelled) return fetched.error();
        if (auto told = lose(std::move(fetched.error())); !told) return told.error();
        break;
      }
      page = std::move(*fetched);
    }
    if (auto missing = paging_.missing(context_.source.url); missing && complete_) return lose(std::move(*missing));
    return {};
  }

  // The first page of the next catalog that one of this source names (DCAT 3 §6.4.18, dcat:catalog); nothing: none is
  // left.
  Result<std::optional<DcatPage>> next_catalog() {
    while (!catalogs_.empty() && !delivery_.limit_reached()) {
      const std::string url = std::move(catalogs_.front());
      catalogs_.pop_front();
      auto page = fetch_page(context_.fetcher, url, format_, {});
      if (page) return std::optional(std::move(*page));
      const ErrorCode code = page.error().code;
      if (code == ErrorCode::cancelled) return page.error();
      // An IRI that is a name, or a page for people, holds nothing that could be missed.
      if (code == ErrorCode::refused || code == ErrorCode::not_found || code == ErrorCode::unsupported) {
        ++catalogs_elsewhere_;
      } else if (auto told = lose(std::move(page.error())); !told) {
        return told.error();
      }
    }
    return std::optional<DcatPage>();
  }

  Result<void> note_catalogs(const std::vector<std::string>& iris) {
    const auto own = parse_url(context_.source.url);
    for (const std::string& iri : iris) {
      const auto url = parse_url(iri);
      if (!url || !own || !is_web_url(iri) || url->host != own->host) {
        ++catalogs_elsewhere_;
      } else if (!paging_.seen(iri) && catalogs_met_.insert(iri).second) {
        if (catalogs_met_.size() > max_catalogs)
          return lose({ErrorCode::too_large, "more than " + std::to_string(max_catalogs) + " catalogs are named", iri,
                       "", "too_many_pages"});
        catalogs_.push_back(iri);
      }
    }
    return {};
  }

  void tell_catalogs_elsewhere() {
    if (catalogs_elsewhere_ == 0) return;
    sink_.remark({"catalog_elsewhere", context_.source.url,
                  std::to_string(catalogs_elsewhere_) +
                      " catalogs that are named here were not read: they are on other hosts or are no RDF",
                  "register each of them as a source of its own"});
  }

  // Hands over the records of a page. Result: the address of the next one; empty: this was the last.
  Result<std::string> one_page(DcatPage& page) {
    memory_.pages.push_back({page.url, page.answer.validators});
    paging_.open(page.url, rdf::paging(page.graph, page.url));
    if (sink_.page(page.url, paging_.announced()) == harvest::Flow::stop) return stopped();
    for (dcat::Finding& repair : page.repairs) {
      repair.place = page.url + ": " + repair.place;
      sink_.remark(std::move(repair));
    }
    const rdf::RecordReader reader(page.graph);
    const DcatNodes nodes = find_records(reader);
    if (paging_.is_first() && nodes.records.empty() && !nodes.catalog && nodes.undescribed.empty()) {
      if (page.broken) return std::move(*page.broken);
      return Error{ErrorCode::invalid_input, "the document holds no DCAT catalog and no data set", page.url,
                   "give the address of a DCAT catalog in RDF", "not_a_catalog"};
    }
    if (auto noted = note_catalogs(nodes.catalogs); !noted) return noted.error();
    const std::uint64_t before = delivery_.given();
    paging_.meet(nodes.records.size());
    auto whole = delivery_.give(page, reader, nodes);
    if (!whole) return whole.error();
    complete_ = complete_ && *whole;
    if (page.broken) {
      if (auto told = lose(std::move(*page.broken)); !told) return told.error();
    }
    if (delivery_.limit_reached()) {
      complete_ = false;
      return std::string();
    }
    DcatPaging::Step step = paging_.follow(delivery_.given() > before, nodes.records.empty());
    if (step.remark) sink_.remark(std::move(*step.remark));
    if (step.lost) {
      if (auto told = lose(std::move(*step.lost)); !told) return told.error();
    }
    return std::move(step.next);
  }

  Result<void> lose(Error error) {
    complete_ = false;
    if (sink_.lost(std::move(error)) == harvest::Flow::stop) return stopped();
    return {};
  }

  const harvest::HarvestContext& context_;
  harvest::RecordSink& sink_;
  DcatDelivery delivery_;
  std::optional<rdf::Syntax> format_;
  PageMemory memory_;
  DcatPaging paging_;
  std::deque<std::string> catalogs_;  // to be read, in the order met
  std::unordered_set<std::string> catalogs_met_;
  std::size_t catalogs_elsewhere_ = 0;
  bool complete_ = true;
};

class DcatHarvester final : public harvest::Harvester {
 public:
  std::string_view kind() const override { return "dcat"; }
  std::string_view documentation() const override {
    return "A DCAT catalog in Turtle, N-Triples, RDF/XML or JSON-LD, on one page or paged by Hydra";
  }
  std::span<const harvest::OptionDescription> options() const override { return harvesters::options; }
  int mapping_version() const override { return dcat_mapping_version; }

  Result<harvest::Listing> harvest(const harvest::HarvestContext& context, harvest::RecordSink& sink) const override {
    return Run(context, sink).go();
  }

  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource&, const harvest::RawSource& raw) const override {
    return map_dcat(raw);
  }
};

}  // namespace

const harvest::Harvester& dcat_harvester() {
  static const DcatHarvester harvester;
  return harvester;
}

}  // namespace moisson::harvesters
