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

}  // namespace

Result<Counts> remap(store::Writer& writer, const HarvestSource& source, const Harvester& harvester,
                     const std::stop_token& stop) {
  const store::Mapping mapping(source, harvester.mapping_version());
  Counts counts;
  std::uint64_t after = 0;
  while (!stop.stop_requested()) {
    const auto raws = writer.raws_after(source.id, after, batch_size);
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
    const auto done = writer.remap(source.id, drafts);
    if (done.has_error()) return done.error();
    counts.updated += done->updated;
    counts.unchanged += done->unchanged;
  }
  return counts;
}

}  // namespace moisson::harvest
