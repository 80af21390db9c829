// DcatDelivery: hands the records that pages of RDF describe to the sink of one harvest, whatever the pages came
// wrapped in. One harvest, one thread; the context and the sink outlive it.
#pragma once

#include <moisson/harvest/harvester.h>

#include "harvesters/dcat_page.h"
#include "harvesters/dcat_records.h"
#include "harvesters/listed_ids.h"
#include "rdf/description.h"
#include "rdf/record_reader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace moisson::harvesters {

class DcatDelivery {
 public:
  DcatDelivery(const harvest::HarvestContext& context, harvest::RecordSink& sink) : context_(context), sink_(sink) {}

  // Hands over the records among `nodes`, which `reader` found in page.graph, but for those that came again because
  // the pages drifted. Stops at the limit of the context. False: some were not read, and the sink was told;
  // cancelled: the sink said stop.
  Result<bool> give(const DcatPage& page, const rdf::RecordReader& reader, const DcatNodes& nodes);

  // After the last page: how many records were linked to that no page describes.
  void tell_undescribed();

  std::uint64_t given() const { return given_.size(); }  // ids
  bool limit_reached() const { return context_.limit != 0 && given() >= context_.limit; }

 private:
  harvest::Flow give(const DcatPage& page, const rdf::RecordReader& reader, const DcatNode& node,
                     const rdf::Description& description);
  harvest::Flow tell_cuts(const DcatPage& page);
  std::optional<Error> error_of_cut(const DcatPage& page, const rdf::Description& description,
                                    const std::string& pointer);
  harvest::Flow fail(const std::string& id, std::string title, Error error, harvest::RawSource&& raw);

  const harvest::HarvestContext& context_;
  harvest::RecordSink& sink_;
  ListedIds given_;
  std::size_t pages_ = 0;
  std::unordered_set<std::uint64_t> undescribed_;  // hashes of IRIs
  std::unordered_set<std::string> cuts_told_;      // places of the page under way
};

}  // namespace moisson::harvesters
