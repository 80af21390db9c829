// A portal of a few records in memory and the harvester that reads it, for tests that need thousands of harvests.
#pragma once

#include "core/json.h"

#include <moisson/harvest/harvester.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>

namespace moisson::test {

struct PortalRecord {
  std::string title;
  std::string keyword;
  std::string thing;       // dct:identifier; empty: none
  std::string taken_from;  // the id that it had where it was harvested; empty: it was not
  bool operator==(const PortalRecord&) const = default;
};

class ScriptedPortal final : public harvest::Harvester {
 public:
  std::map<std::string, PortalRecord> records;                  // by remote id
  std::size_t reads = std::numeric_limits<std::size_t>::max();  // goes away after so many records
  std::function<void(std::size_t)> between;                     // called before each record, on the job's thread

  std::string_view kind() const override { return "scripted"; }
  std::string_view documentation() const override { return "A portal in memory"; }
  std::span<const harvest::OptionDescription> options() const override { return {}; }
  int mapping_version() const override { return 1; }

  Result<harvest::Listing> harvest(const harvest::HarvestContext& context, harvest::RecordSink& sink) const override {
    std::size_t n = 0;
    for (const auto& [id, record] : records) {
      if (between) between(n);
      if (n++ == reads) {
        sink.lost(Error{ErrorCode::unreachable, "the portal went away", "", ""});
        return harvest::Listing{};
      }
      const auto raw = raw_of(id, record);
      if (sink.known(id, raw, std::nullopt)) continue;
      auto mapped = map(context.source, raw);
      if (!mapped) return mapped.error();
      if (sink.take(std::move(*mapped)) == harvest::Flow::stop) return Error{ErrorCode::cancelled, "stopped", "", ""};
    }
    harvest::Listing listing;
    listing.complete = true;
    return listing;
  }

  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource&, const harvest::RawSource& raw) const override {
    const auto document = json::Document::parse(raw.bytes);
    if (!document) return document.error();
    dcat::Dataset dataset;
    dataset.title = {{document->root()["title"].text(), "fr"}};
    dataset.keyword = {{document->root()["keyword"].text(), "fr"}};
    if (const auto thing = document->root()["thing"].text(); !thing.empty()) dataset.identifier = {std::string(thing)};
    harvest::HarvestedRecord record;
    record.remote_id = document->root()["id"].text();
    record.record = std::move(dataset);
    if (const auto origin = document->root()["taken_from"].text(); !origin.empty())
      record.origin.ids = {std::string(origin)};
    record.raw = raw;
    return record;
  }

 private:
  static harvest::RawSource raw_of(const std::string& id, const PortalRecord& record) {
    json::Writer out;
    out.begin_object().field("id", id).field("title", record.title).field("keyword", record.keyword);
    out.field("thing", record.thing).field("taken_from", record.taken_from).end_object();
    return {"application/json", out.take(), "http://portal.test/", "/" + id};
  }
};

}  // namespace moisson::test
