#include "store/reading.h"

#include "store/rows.h"
#include "store/sqlite.h"

namespace moisson::store {

Reading::Reading(std::unique_ptr<sqlite::Database> connection) : connection_(std::move(connection)) {
  connection_->script("BEGIN");
  // The first read takes the snapshot.
  auto query = connection_->query(
      "SELECT (SELECT value FROM counter WHERE name = 'seq'), (SELECT ifnull(max(at), 0) FROM sighting)");
  if (!query.next()) return;
  seq_ = query.number(0);
  last_sighting_ = query.instant(1);
}

Reading::~Reading() = default;

Result<std::vector<StoredRecord>> Reading::records_after(std::uint64_t after, std::size_t limit) {
  try {
    return read_records_after(*connection_, after, limit);
  } catch (const sqlite::Failure& failure) {
    return failure.error;
  }
}

Result<harvest::RawSource> Reading::raw(std::string_view id) {
  try {
    auto raw = read_raw(*connection_, id);
    if (!raw) return raw.error();
    if (!*raw) return Error{ErrorCode::not_found, "there is no record " + std::string(id), "", ""};
    return std::move(**raw);
  } catch (const sqlite::Failure& failure) {
    return failure.error;
  }
}

}  // namespace moisson::store
