#include "store/sqlite.h"

#include <sqlite3.h>

namespace moisson::store::sqlite {
namespace {

ErrorCode code_of(int result) {
  switch (result & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PERM:
    case SQLITE_NOLFS:
    case SQLITE_NOMEM:
      return ErrorCode::io;
    default:
      return ErrorCode::internal;
  }
}

std::string hint_of(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return "free space on the disk of data_dir";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return "restore the store from a backup";
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "check the rights of data_dir";
    default:
      return "";
  }
}

[[noreturn]] void fail(sqlite3* database, int result) {
  std::string message = "the store: ";
  message += database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(result);
  throw Failure(Error{code_of(result), std::move(message), "", hint_of(result)});
}

void check(sqlite3* database, int result) {
  if (result != SQLITE_OK) fail(database, result);
}

}  // namespace

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Query::next() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  fail(database_, result);
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::optional<Instant> Query::optional_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

void Query::bind_one(int position, std::int64_t value) {
  check(database_, sqlite3_bind_int64(statement_, position, value));
}

void Query::bind_one(int position, std::string_view value) {
  const char* bytes = value.data() != nullptr ? value.data() : "";
  check(database_, sqlite3_bind_text64(statement_, position, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::bind_one(int position, Blob value) {
  const char* bytes = value.bytes.data() != nullptr ? value.bytes.data() : "";
  check(database_, sqlite3_bind_blob64(statement_, position, bytes, value.bytes.size(), SQLITE_STATIC));
}

void Query::bind_one(int position, std::nullopt_t) { check(database_, sqlite3_bind_null(statement_, position)); }

Database::Database(const std::filesystem::path& path, Mode mode) {
  const int flags = (mode == Mode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (const int result = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr); result != SQLITE_OK) {
    Error error{code_of(result), "the store cannot be opened: " + std::string(sqlite3_errstr(result)), path.string(),
                hint_of(result)};
    sqlite3_close(handle_);
    throw Failure(std::move(error));
  }
  try {
    sqlite3_busy_timeout(handle_, 10'000);
    script("PRAGMA foreign_keys = ON");
    script(mode == Mode::write ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;"
                                 "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864"
                               : "PRAGMA query_only = ON; PRAGMA cache_size = -4096");
  } catch (const Failure&) {
    sqlite3_close(handle_);
    throw;
  }
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

sqlite3_stmt* Database::prepared(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  sqlite3_stmt* statement = nullptr;
  check(handle_, sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                    &statement, nullptr));
  statements_.emplace(sql, statement);
  return statement;
}

void Database::script(const std::string& sql) {
  check(handle_, sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
std::uint64_t Database::changes() const { return static_cast<std::uint64_t>(sqlite3_changes64(handle_)); }

Transaction::Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  // A full disk may have rolled back already (sqlite.org/lang_transaction.html §3).
  if (!database_.in_transaction()) return;
  try {
    database_.run("ROLLBACK");
  } catch (const Failure&) {  // nothing was committed; the next BEGIN reports what is wrong
  }
}

void Transaction::commit() { database_.run("COMMIT"); }

}  // namespace moisson::store::sqlite
