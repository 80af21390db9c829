#include "harvesters/moisson.h"

#include "core/hash.h"
#include "core/json.h"
#include "core/text.h"
#include "dcat/canonical_json.h"
#include "harvesters/change_feed.h"
#include "harvesters/failure.h"

#include <chrono>
#include <optional>
#include <unordered_set>
#include <utility>

namespace moisson::harvesters {
namespace {

using harvest::Flow;

constexpr int version = 1;  // of the mapping
constexpr std::size_t max_pages = 200'000;
// So often the whole feed is read: it mends what a failed record or a rejected removal left behind.
constexpr std::chrono::hours full_reading_age{7 * 24};

// What is remembered between two runs.
struct Mirrored {
  std::string base;
  FeedPlace place;  // the changes up to there were taken
  std::optional<Instant> full;
};

Mirrored read_mirrored(const harvest::Memory& memory) {
  Mirrored out;
  const auto document = json::Document::parse(memory.json);
  if (!document) return out;
  const json::View root = document->root();
  out.base = root["base"].text();
  out.place = feed_place(root["since"].text());
  if (const auto full = parse_moment(root["full"].text())) out.full = full->instant;
  return out;
}

harvest::Memory write_mirrored(const Mirrored& mirrored) {
  json::Writer out;
  out.begin_object().field("base", mirrored.base).field("since", to_string(mirrored.place));
  if (mirrored.full) out.field("full", format_rfc3339(*mirrored.full));
  out.end_object();
  return {out.take()};
}

// The record as upstream gives it, without its place in upstream's log: that moves although nothing changed.
harvest::RawSource raw_of(json::View change, const std::string& page_url, std::string pointer) {
  json::Writer out;
  out.begin_object();
  for (const std::string_view name : {"id", "source", "remote_id", "remote_url", "first_seen"})
    out.field(name, change[name].text());
  out.key("trail").begin_array();
  for (const json::View place : change["trail"].items()) out.string(place.text());
  out.end_array().key("record").raw(change["record"].dump()).end_object();
  return {"application/json", out.take(), page_url, std::move(pointer)};
}

Result<harvest::HarvestedRecord> map_raw(const harvest::RawSource& raw) {
  const auto document = json::Document::parse(raw.bytes);
  if (!document) return at(raw.pointer, document.error());
  const json::View root = document->root();
  auto record = dcat::from_json(root["record"].dump());
  if (!record) {
    Error error = record.error();
    error.code = ErrorCode::invalid_input;
    error.where = raw.pointer + "/record" + error.where;
    error.hint = "one of the two catalogs runs an older program: bring both up to date";
    return error;
  }
  harvest::HarvestedRecord out;
  out.remote_id = out.id = root["id"].text();
  out.remote_url = root["remote_url"].text();
  out.record = std::move(*record);
  for (const json::View place : root["trail"].items()) out.trail.push_back(place.text());
  out.origin.urls = out.trail;
  out.concluded = true;
  out.raw = raw;
  return out;
}

// One harvest of one source.
class Run {
 public:
  Run(const harvest::HarvestContext& context, harvest::RecordSink& sink)
      : context_(context), sink_(sink), feed_(context.fetcher, context.source.url) {}

  Result<harvest::Listing> go() {
    const Instant began = context_.clock.now();
    Mirrored mirrored = read_mirrored(context_.memory);
    bool whole = context_.full || context_.limit != 0 || mirrored.base != feed_.base() ||
                 mirrored.place.epoch.empty() || !mirrored.full || began - *mirrored.full >= full_reading_age ||
                 *mirrored.full > began;
    if (whole) mirrored.place = {};
    auto page = feed_.after(mirrored.place);
    if (!page && !whole && page.error().code == ErrorCode::not_found) {
      sink_.remark({"log_begins_again", page.error().where,
                    "the other catalog does not keep the place that was read last; all of its records were read again",
                    ""});
      whole = true;
      mirrored.place = {};
      page = feed_.after(mirrored.place);
    }
    if (!page) return page.error();
    mirrored.base = feed_.base();
    auto read = pages(std::move(*page), mirrored);
    if (!read) return read.error();

    harvest::Listing listing;
    listing.complete = *read && whole;
    listing.not_modified = *read && !whole;
    if (*read && whole) mirrored.full = began;
    if (held_back_) mirrored.place.seq = std::min(mirrored.place.seq, *held_back_);
    if (*read || !whole) listing.memory = write_mirrored(mirrored);
    return listing;
  }

 private:
  // Result: whether the end of the log was reached. `mirrored.place` is where it was read to.
  Result<bool> pages(FeedPage page, Mirrored& mirrored) {
    for (std::size_t n = 1;; ++n) {
      if (sink_.page(page.url, 0) == Flow::stop) return stopped();
      for (std::size_t i = 0; i < page.changes.size(); ++i) {
        if (enough()) return false;
        if (give(page.changes[i], page.url, "/changes/" + std::to_string(i)) == Flow::stop) return stopped();
      }
      mirrored.place = page.next;
      if (!page.more) return true;
      auto next = n < max_pages
                      ? feed_.after(page.next)
                      : Result<FeedPage>(Error{ErrorCode::too_large, "the feed passes the cap of 200,000 pages",
                                               page.url, "", "too_many_pages"});
      if (!next) {
        if (next.error().code == ErrorCode::cancelled) return next.error();
        if (sink_.lost(std::move(next.error())) == Flow::stop) return stopped();
        return false;
      }
      page = std::move(*next);
    }
  }

  Flow give(json::View change, const std::string& url, std::string pointer) {
    const std::string id = change["id"].text();
    // It changed again while the feed was read: the next run takes it, from before that change.
    if (!id.empty() && !handed_.insert(hash64(id)).second) {
      const auto seq = static_cast<std::uint64_t>(std::max<std::int64_t>(change["seq"].integer().value_or(1), 1));
      if (!held_back_) held_back_ = seq - 1;
      return Flow::go_on;
    }
    if (change["kind"].string() == "removed") return sink_.tombstone(id);
    ++given_;
    harvest::RawSource raw = raw_of(change, url, pointer);
    const auto fail = [&](Error error) {
      raw.bytes = failed_bytes(raw.bytes);
      const json::View title = change["record"]["title"][std::size_t{0}]["value"];
      return sink_.fail({id, shorten(title.text(), 200), std::move(error), std::move(raw)});
    };
    if (id.empty())
      return fail({ErrorCode::invalid_input, "the change names no record", pointer + "/id", "", "id_missing"});
    if (sink_.known(id, raw, std::nullopt)) return Flow::go_on;
    auto record = map_raw(raw);
    return record ? sink_.take(std::move(*record)) : fail(record.error());
  }

  bool enough() const { return context_.limit != 0 && given_ >= context_.limit; }

  const harvest::HarvestContext& context_;
  harvest::RecordSink& sink_;
  ChangeFeed feed_;
  std::unordered_set<std::uint64_t> handed_;  // hashes of ids
  std::optional<std::uint64_t> held_back_;    // the place before the first change that was left to the next run
  std::uint64_t given_ = 0;
};

class MoissonHarvester final : public harvest::Harvester {
 public:
  std::string_view kind() const override { return "moisson"; }
  std::string_view documentation() const override {
    return "Another Moisson, mirrored by its change feed: ids are kept, and a run reads only what changed";
  }
  std::span<const harvest::OptionDescription> options() const override { return {}; }
  int mapping_version() const override { return version; }

  Result<harvest::Listing> harvest(const harvest::HarvestContext& context, harvest::RecordSink& sink) const override {
    return Run(context, sink).go();
  }

  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource&, const harvest::RawSource& raw) const override {
    return map_raw(raw);
  }
};

}  // namespace

const harvest::Harvester& moisson_harvester() {
  static const MoissonHarvester harvester;
  return harvester;
}

}  // namespace moisson::harvesters
