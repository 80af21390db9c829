#include "store/audit_log.h"

#include "core/text.h"
#include "store/ledger.h"

namespace moisson::store {
namespace {

constexpr std::size_t most_bytes = 500;

}  // namespace

Result<void> AuditLog::append(const AuditEntry& entry) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    database.run("INSERT INTO audit (at, account, means, action, object, outcome) VALUES (?, ?, ?, ?, ?, ?)",
                 ledger_.now(), entry.account, entry.means, cut(entry.action, most_bytes),
                 cut(entry.object, most_bytes), entry.outcome);
    return {};
  });
}

Result<std::vector<AuditEntry>> AuditLog::page(std::int64_t before, std::size_t limit) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<AuditEntry>> {
    std::vector<AuditEntry> entries;
    auto query = database.query(
        "SELECT n, at, account, means, action, object, outcome FROM audit WHERE ? = 0 OR n < ? ORDER BY n DESC LIMIT ?",
        before, before, limit);
    while (query.next())
      entries.push_back({query.integer(0), query.instant(1), query.string(2), query.string(3), query.string(4),
                         query.string(5), query.string(6)});
    return entries;
  });
}

}  // namespace moisson::store
