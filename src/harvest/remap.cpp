#include "harvest/remap.h"

#include "core/log.h"
#include "store/draft.h"

#include <utility>
#include <vector>

namespace moisson::harvest {
namespace {

constexpr std::size_t batch_size = 500;

Result<store::Draft> map_again(const store::StoredRaw& stored, const HarvestSource& source, const Harvester& harvester,
                               const store::Mapping& mapping) {
  auto record = harvester.map(source, stored.raw);
  if (record.has_error()) return record.error();
  record->remote_id = stored.remote_id;
  if (record->remote_url.empty()) record->remote_url = stored.remote_url;
  return store::make_draft(std::move(*record), mapping);
}

// next(after): the stored records behind a row; put(drafts): takes what they became.
template <class Next, class Put>
Result<Counts> map_all(const HarvestSource& source, const Harvester& harvester, const store::Mapping& mapping,
                       const std::stop_token& stop, Next&& next, Put&& put) {
  Counts counts;
  std::uint64_t after = 0;
  while (!stop.stop_requested()) {
    const Result<std::vector<store::StoredRaw>> raws = next(after);
    if (raws.has_error()) return raws.error();
    if (raws->empty()) break;
    after = raws->back().row;
    std::vector<store::Draft> drafts;
    for (const auto& stored : *raws) {
      auto draft = map_again(stored, source, harvester, mapping);
      if (draft.has_value()) {
        drafts.push_back(std::move(*draft));
      } else {
        ++counts.failed;
        log::warning("remap", to_string(draft.error()), {{"source", source.id}, {"remote_id", stored.remote_id}});
      }
    }
    const Result<Counts> done = put(drafts);
    if (done.has_error()) return done.error();
    counts.updated += done->updated;
    counts.unchanged += done->unchanged;
  }
  return counts;
}

}  // namespace

Result<Counts> remap(store::Writer& writer, const HarvestSource& source, const Harvester& harvester,
                     std::string_view language, const std::stop_token& stop) {
  const store::Mapping mapping(source, harvester.mapping_version(), language);
  return map_all(
      source, harvester, mapping, stop,
      [&](std::uint64_t after) { return writer.raws_after(source.id, after, batch_size); },
      [&](const std::vector<store::Draft>& drafts) { return writer.remap(source.id, drafts); });
}

Result<Counts> remap_rest(store::Run& run, const Worksite& worksite, const std::stop_token& stop) {
  const store::Mapping mapping(worksite.source, worksite.harvester.mapping_version(), worksite.language);
  return map_all(
      worksite.source, worksite.harvester, mapping, stop,
      [&](std::uint64_t after) { return run.mapped_otherwise(mapping.version, after, batch_size); },
      [&](const std::vector<store::Draft>& drafts) { return run.remap(drafts); });
}

}  // namespace moisson::harvest
