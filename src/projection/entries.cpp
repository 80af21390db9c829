#include "projection/entries.h"

#include "core/log.h"
#include "dcat/canonical_json.h"

namespace moisson::projection {

void Entries::read_sources() {
  const auto known = store_.sources();
  if (!known) {
    log::warning("projection", to_string(known.error()));
    return;
  }
  for (const auto& status : *known) sources_[status.source.id] = {status.source.title, status.source.language};
}

const Entries::Source& Entries::source(const std::string& id) {
  if (const auto found = sources_.find(id); found != sources_.end()) return found->second;
  read_sources();
  // A record may outlive the registration of its source.
  return sources_.try_emplace(id, Source{id, {}}).first->second;
}

Result<Batch> Entries::after(std::uint64_t since, std::size_t limit) {
  auto page = store_.changes(since, limit, true);
  if (!page) return page.error();
  Batch batch;
  batch.seq = page->last_seq;
  batch.more = page->more;
  for (auto& change : page->changes) {
    if (change.removed || !change.record) {
      batch.removed_rows.push_back(change.row);
      continue;
    }
    auto& stored = *change.record;
    auto record = dcat::from_json(stored.json);
    if (!record) {
      log::error("projection", to_string(record.error()), {{"record", stored.id}});
      batch.removed_rows.push_back(change.row);
      continue;
    }
    const auto& from = source(stored.source_id);
    index::Entry entry;
    entry.row = stored.row;
    entry.id = std::move(stored.id);
    entry.family_row = stored.family_row;
    entry.source_id = std::move(stored.source_id);
    entry.source_title = from.title;
    entry.source_language = from.language;
    entry.remote_id = std::move(stored.remote_id);
    entry.record = std::move(*record);
    entry.first_seen = stored.first_seen;
    entry.last_changed = stored.last_changed;
    entry.popularity = stored.popularity;
    batch.upserts.push_back(std::move(entry));
  }
  return batch;
}

}  // namespace moisson::projection
