#include "harvesters/dcat_delivery.h"

#include "core/hash.h"
#include "harvesters/dcat_record.h"
#include "harvesters/failure.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_id_bytes = 2'000;

// Records share agents, places and terms; what they share is kept with each of them. All of a page together may keep
// so many times the page's triples, and some more for small pages.
constexpr std::size_t max_sharing = 20;
constexpr std::size_t sharing_of_small_pages = 1'000'000;

std::string first_text(const LangStrings& strings) { return strings.empty() ? std::string() : strings.front().value; }

}  // namespace

Result<bool> DcatDelivery::give(const DcatPage& page, const rdf::RecordReader& reader, const DcatNodes& nodes) {
  for (const std::string& iri : nodes.undescribed) undescribed_.insert(hash64(iri));
  ++pages_;
  rdf::Describer describer(reader);
  const std::vector<DcatNode>& records = nodes.records;
  std::size_t left = max_sharing * page.graph.size() + sharing_of_small_pages;
  for (std::size_t i = 0; i < records.size() && !limit_reached(); ++i) {
    const auto description = describer.describe(records[i].subject);
    if (description.triples.size() > left) {
      Error error{ErrorCode::too_large,
                  "the records of this page share more than " + std::to_string(max_sharing) + " times its triples; " +
                      std::to_string(records.size() - i) + " of them were not read",
                  page.url, "describe what they share on a page of its own"};
      if (sink_.lost(std::move(error)) == harvest::Flow::stop) return stopped();
      return false;
    }
    left -= description.triples.size();
    if (give(page, reader, records[i], description) == harvest::Flow::stop) return stopped();
  }
  if (tell_cuts(page) == harvest::Flow::stop) return stopped();
  return true;
}

void DcatDelivery::tell_undescribed() {
  std::uint64_t count = 0;
  for (const std::uint64_t id : undescribed_) count += !given_.contains(id);
  if (count == 0) return;
  sink_.remark({"dataset_not_described", context_.source.url,
                "the catalog links to " + std::to_string(count) + " records that no page describes",
                "describe each record on the page that links to it"});
}

harvest::Flow DcatDelivery::give(const DcatPage& page, const rdf::RecordReader& reader, const DcatNode& node,
                                 const rdf::Description& description) {
  const std::string id = remote_id(reader, node);
  std::vector<rdf::Triple> triples = way_of(page.graph, node.subject);
  triples.insert(triples.begin(), description.triples.begin(), description.triples.end());
  rdf::CanonicalTriples canonical = rdf::canonical_triples(page.graph, triples);
  harvest::RawSource raw = raw_source(page.graph, canonical, node.subject, page.url);
  if (given_.meet(id, raw.bytes, pages_) == ListedIds::Sight::drifted) return harvest::Flow::go_on;
  // What was stored before is better than half of it.
  if (auto cut = error_of_cut(page, description, raw.pointer))
    return fail(id, first_text(reader.title(node.subject)), std::move(*cut), std::move(raw));
  if (sink_.known(id, raw, std::nullopt)) return harvest::Flow::go_on;
  auto record = map_dcat(reader, canonical, node.subject, context_.mapping);
  if (!record) return fail(id, "", std::move(record.error()), std::move(raw));
  if (description.cut) {
    record->findings.push_back({"description_cut", raw.pointer,
                                "only the first 100,000 statements or 16 MiB about it were kept", "split the record"});
  }
  record->remote_id = id;
  record->raw = std::move(raw);
  return sink_.take(std::move(*record));
}

// A statement that could not be read and is part of no record that could: it may have been one.
harvest::Flow DcatDelivery::tell_cuts(const DcatPage& page) {
  for (const auto& [subject, error] : page.cuts) {
    if (cuts_told_.contains(error.where)) continue;
    harvest::RecordFailure failure;
    if (subject != rdf::no_term && page.graph.term(subject).is_iri()) failure.remote_id = page.graph.term(subject).text;
    failure.remote_id.resize(std::min(failure.remote_id.size(), max_id_bytes));
    failure.error = error;
    failure.raw.page_url = page.url;
    if (sink_.fail(std::move(failure)) == harvest::Flow::stop) return harvest::Flow::stop;
  }
  cuts_told_.clear();
  return harvest::Flow::go_on;
}

// Nothing: all that the page says of the record was read.
std::optional<Error> DcatDelivery::error_of_cut(const DcatPage& page, const rdf::Description& description,
                                                const std::string& pointer) {
  if (!page.broken) return std::nullopt;
  for (const auto& [subject, error] : page.cuts) {
    const bool inside = std::any_of(description.triples.begin(), description.triples.end(),
                                    [&, node = subject](const rdf::Triple& triple) { return triple.subject == node; });
    if (!inside) continue;
    cuts_told_.insert(error.where);
    return Error{ErrorCode::invalid_input, "only a part of this record could be read: " + error.message, error.where,
                 error.hint, "record_cut"};
  }
  if (description.missing.empty()) return std::nullopt;
  return Error{ErrorCode::invalid_input, "a part of this record stood where the page could not be read", pointer,
               "see the page's own error", "record_cut"};
}

harvest::Flow DcatDelivery::fail(const std::string& id, std::string title, Error error, harvest::RawSource&& raw) {
  raw.bytes = failed_bytes(raw.bytes);
  return sink_.fail({id, std::move(title), std::move(error), std::move(raw)});
}

}  // namespace moisson::harvesters
