#include "store/store.h"

#include "store/audit_log.h"
#include "store/family_reading.h"
#include "store/job_table.h"
#include "store/ledger.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/plan_table.h"
#include "store/reading.h"
#include "store/report.h"
#include "store/rows.h"
#include "store/source_table.h"
#include "store/usage_book.h"
#include "store/vault.h"
#include "store/writer.h"

#include <algorithm>

namespace moisson::store {
namespace {

constexpr std::size_t max_page_bytes = std::size_t{16} << 20;  // of changes with their records

Error no_such(std::string_view what, std::string_view id) {
  return Error{ErrorCode::not_found, "there is no " + std::string(what) + " " + std::string(id), "", ""};
}

// not_found or cancelled (removed), as store.h says.
Error absent(sqlite::Database& database, std::string_view id) {
  // A withdrawn record is gone for good, its tombstone for a while.
  auto query =
      database.query("SELECT 1 FROM record WHERE id = ?1 UNION ALL SELECT 1 FROM withdrawal WHERE record_id = ?1", id);
  if (!query.next()) return no_such("record", id);
  return Error{ErrorCode::cancelled, "the record " + std::string(id) + " was removed", "", ""};
}

}  // namespace

struct Store::Body {
  Body(const Options& options, const Clock& clock)
      : ledger(options.path, clock),
        vault(options.path.string() + ".key"),
        writer(ledger, vault, options),
        people(ledger),
        audit(ledger),
        outbox(ledger, vault),
        usage(ledger) {}
  Ledger ledger;
  Vault vault;
  Writer writer;
  People people;
  AuditLog audit;
  Outbox outbox;
  UsageBook usage;
};

Store::Store() = default;
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const Options& options, const Clock& clock) {
  try {
    auto store = std::unique_ptr<Store>(new Store);
    store->body_ = std::make_unique<Body>(options, clock);
    return store;
  } catch (const sqlite::Failure& failure) {
    return at(options.path.string(), failure.error);
  }
}

std::string Store::epoch() const { return body_->ledger.epoch(); }
std::uint64_t Store::last_seq() const { return body_->ledger.seq(); }

std::uint64_t Store::wait_for_change(std::uint64_t seq, std::chrono::milliseconds timeout) const {
  return body_->ledger.wait_for_change(seq, timeout);
}

void Store::interrupt() { body_->ledger.interrupt(); }
Writer& Store::writer() { return body_->writer; }
People& Store::people() { return body_->people; }
AuditLog& Store::audit() { return body_->audit; }
Outbox& Store::outbox() { return body_->outbox; }
const UsageBook& Store::usage() const { return body_->usage; }
UsageBook& Store::usage() { return body_->usage; }

Result<ChangePage> Store::changes(std::uint64_t since, std::size_t limit, bool with_records) const {
  static const std::string entries =
      "SELECT l.seq, l.row, l.removed, l.at, r.id FROM change_log l JOIN record r ON r.row = l.row "
      "WHERE l.seq > ? AND l.seq <= ? ORDER BY l.seq LIMIT ?";
  static const std::string entries_with_records =
      "SELECT l.seq, l.row, l.removed, l.at, r.id, " + std::string(record_columns) +
      " FROM change_log l JOIN record r ON r.row = l.row JOIN source o ON o.key = r.source "
      "LEFT JOIN sighting s ON s.row = l.row WHERE l.seq > ? AND l.seq <= ? ORDER BY l.seq LIMIT ?";

  const std::uint64_t last = body_->ledger.seq();
  if (since > last) return Error{ErrorCode::not_found, "the change log has not come so far", "", "start again from 0"};
  limit = std::clamp<std::size_t>(limit, 1, 5'000);
  return body_->ledger.read([&](sqlite::Database& database) -> Result<ChangePage> {
    if (since > 0) {
      auto floor = database.query("SELECT value FROM counter WHERE name = 'log_floor'");
      if (floor.next() && since < floor.number(0))
        return Error{ErrorCode::not_found, "the change log does not keep so old a past", "", "start again from 0"};
    }
    ChangePage page{epoch(), {}, last, false};
    std::size_t bytes = 0;
    auto query = database.query(with_records ? entries_with_records : entries, since, last, limit + 1);
    while (query.next()) {
      if (page.changes.size() == limit || bytes > max_page_bytes) {
        page.more = true;
        page.last_seq = page.changes.back().seq;
        break;
      }
      Change change{query.number(0), query.number(1), query.string(4), query.integer(2) != 0, query.instant(3), {}};
      if (with_records && !change.removed) change.record = record_from(query, 5);
      if (change.record) bytes += change.record->json.size();
      page.changes.push_back(std::move(change));
    }
    return page;
  });
}

Result<StoredRecord> Store::record(std::string_view id) const {
  static const std::string sql =
      "SELECT " + std::string(record_columns) + std::string(from_records) + "WHERE r.id = ? AND r.removed_at IS NULL";
  return body_->ledger.read([&](sqlite::Database& database) -> Result<StoredRecord> {
    {
      auto query = database.query(sql, id);
      if (query.next()) return record_from(query);
    }
    return absent(database, id);
  });
}

Result<Standing> Store::standing(std::string_view id) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<Standing> {
    auto query = database.query(
        "SELECT o.id, r.removed_at, w.at, ifnull(w.released, 0) FROM record r JOIN source o ON o.key = r.source "
        "LEFT JOIN withdrawal w ON w.record_id = r.id WHERE r.id = ?",
        id);
    if (!query.next()) return no_such("record", id);
    return Standing{query.string(0), query.optional_instant(1), query.optional_instant(2), query.integer(3) != 0};
  });
}

Result<harvest::RawSource> Store::raw(std::string_view id) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<harvest::RawSource> {
    auto raw = read_raw(database, id);
    if (!raw) return raw.error();
    if (!*raw) return absent(database, id);
    return std::move(**raw);
  });
}

Result<std::vector<FamilyCopy>> Store::family(std::string_view id) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<FamilyCopy>> {
    auto family = read_family(database, id);
    if (!family) return absent(database, id);
    return std::move(*family);
  });
}

Result<std::vector<std::string>> Store::separated_from(std::string_view id) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<std::string>> {
    auto query = database.query(
        "SELECT other.id FROM record mine JOIN separation s ON mine.row IN (s.one, s.other) "
        "JOIN record other ON other.row = s.one + s.other - mine.row WHERE mine.id = ? AND other.removed_at IS NULL "
        "ORDER BY other.id",
        id);
    std::vector<std::string> ids;
    while (query.next()) ids.push_back(query.string(0));
    return ids;
  });
}

Result<std::vector<std::optional<Instant>>> Store::last_seen(std::span<const std::uint64_t> rows) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<std::optional<Instant>>> {
    std::vector<std::optional<Instant>> seen;
    for (const std::uint64_t row : rows) {
      auto query = database.query("SELECT at FROM sighting WHERE row = ?", row);
      seen.push_back(query.next() ? std::optional(query.instant(0)) : std::nullopt);
    }
    return seen;
  });
}

Result<std::vector<StoredRecord>> Store::records_after(std::uint64_t after, std::size_t limit) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<StoredRecord>> {
    return read_records_after(database, after, limit);
  });
}

Result<std::unique_ptr<Reading>> Store::reading() const {
  try {
    return std::make_unique<Reading>(body_->ledger.open_reader());
  } catch (const sqlite::Failure& failure) {
    return failure.error;
  }
}

Result<std::vector<Address>> Store::addresses(std::uint64_t after, std::uint64_t through, std::size_t limit) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<Address>> {
    std::vector<Address> found;
    auto query = database.query(
        "SELECT row, id, last_changed FROM record WHERE row > ? AND row <= ? AND removed_at IS NULL ORDER BY row "
        "LIMIT ?",
        after, through, limit);
    while (query.next()) found.push_back({query.number(0), query.string(1), query.instant(2)});
    return found;
  });
}

Result<std::vector<AddressBlock>> Store::address_blocks(std::uint64_t size) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<AddressBlock>> {
    std::vector<AddressBlock> blocks;
    auto query = database.query(
        "SELECT (row - 1) / ?, max(last_changed) FROM record WHERE removed_at IS NULL GROUP BY 1 ORDER BY 1", size);
    while (query.next()) blocks.push_back({query.number(0), query.instant(1)});
    return blocks;
  });
}

Result<std::uint64_t> Store::record_count() const {
  return body_->ledger.read([](sqlite::Database& database) -> Result<std::uint64_t> {
    auto query = database.query("SELECT ifnull(sum(records), 0) FROM source");
    return query.next() ? query.number(0) : 0;
  });
}

Result<std::vector<SourceStatus>> Store::sources() const {
  return body_->ledger.read(
      [](sqlite::Database& database) -> Result<std::vector<SourceStatus>> { return SourceTable(database).all(); });
}

Result<SourceStatus> Store::source(std::string_view id) const {
  return body_->ledger.read([&](sqlite::Database& database) { return SourceTable(database).find(id); });
}

Result<std::vector<Appointment>> Store::appointments() const {
  return body_->ledger.read([](sqlite::Database& database) -> Result<std::vector<Appointment>> {
    return SourceTable(database).appointments();
  });
}

Result<std::vector<std::string>> Store::secret_names(std::string_view source_id) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<std::string>> {
    return SourceTable(database).secret_names(source_id);
  });
}

Result<std::vector<harvest::HarvestJob>> Store::jobs(std::string_view source_id, std::size_t limit,
                                                     std::int64_t before) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<std::vector<harvest::HarvestJob>> {
    return JobTable(database).newest(source_id, limit, before);
  });
}

Result<harvest::HarvestJob> Store::job(std::int64_t id) const {
  return body_->ledger.read([&](sqlite::Database& database) { return JobTable(database).find(id); });
}

Result<harvest::Plan> Store::plan(std::string_view id) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<harvest::Plan> {
    auto plan = PlanTable(database).find(id);
    if (!plan || plan->expires <= body_->ledger.now()) return no_such("plan", id);
    return std::move(*plan);
  });
}

Result<Store::PlanPage> Store::plan_records(std::string_view id, std::optional<harvest::RecordOutcome> outcome,
                                            std::uint64_t after, std::size_t limit) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<PlanPage> {
    auto rows =
        PlanTable(database).rows(id, outcome ? harvest::to_string(*outcome) : std::string_view{}, after, limit + 1);
    PlanPage page;
    if (rows.size() > limit) {
      rows.pop_back();
      page.next = rows.back().number;
    }
    for (auto& row : rows) page.rows.push_back(std::move(row.planned));
    return page;
  });
}

Result<Store::JobRecordPage> Store::removals(std::int64_t job, std::uint64_t after, std::size_t limit) const {
  return body_->ledger.read(
      [&](sqlite::Database& database) -> Result<JobRecordPage> { return removals_after(database, job, after, limit); });
}

Result<Store::JobRecordPage> Store::job_records(std::int64_t job, std::optional<harvest::RecordOutcome> outcome,
                                                std::uint64_t after, std::size_t limit) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<JobRecordPage> {
    return Report(database, job).after(after, outcome, limit);
  });
}

Result<std::map<std::string, std::vector<std::uint64_t>, std::less<>>> Store::recent_changes(std::size_t limit) const {
  using Changes = std::map<std::string, std::vector<std::uint64_t>, std::less<>>;
  return body_->ledger.read([&](sqlite::Database& database) -> Result<Changes> {
    auto query = database.query(
        "SELECT o.id, j.created + j.updated + j.moved FROM source o JOIN job j ON j.id IN (SELECT id FROM job WHERE "
        "source = "
        "o.key AND ended IS NOT NULL ORDER BY id DESC LIMIT ?) ORDER BY o.id, j.id",
        limit);
    Changes changes;
    while (query.next()) changes[query.string(0)].push_back(query.number(1));
    return changes;
  });
}

Result<Store::Mapping> Store::mapping(std::string_view source_id) const {
  return body_->ledger.read([&](sqlite::Database& database) -> Result<Mapping> {
    auto query = database.query(
        "SELECT m.job, m.use, m.property, m.count, m.example, m.record FROM mapping m JOIN source o ON o.key = "
        "m.source "
        "WHERE o.id = ? ORDER BY m.n",
        source_id);
    Mapping mapping;
    while (query.next()) {
      mapping.job = query.integer(0);
      const auto use = dcat::property_use(query.text(1)).value_or(dcat::PropertyUse::dropped);
      mapping.tallies.push_back({use, query.string(2), query.number(3), query.string(4), query.string(5)});
    }
    return mapping;
  });
}

Result<Store::JobRecordEntry> Store::job_record(std::int64_t job, std::uint64_t number) const {
  return body_->ledger.read([&](sqlite::Database& database) { return Report(database, job).find(number); });
}

}  // namespace moisson::store
