// The door to SQLite: connections and prepared statements by RAII. Only src/store includes it.
// A failing call throws Failure, which never leaves the room: the public functions of Store and Writer catch it by
// its type and return its Error. A Database belongs to one thread at a time.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <concepts>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace moisson::store::sqlite {

class Failure final : public std::exception {
 public:
  explicit Failure(Error failed) : error(std::move(failed)) {}
  const char* what() const noexcept override { return error.message.c_str(); }
  Error error;  // io: disk, lock, space; corrupt: the file; internal: a defect of ours
};

// Bytes bound as a BLOB.
struct Blob {
  std::string_view bytes;
};

// A prepared statement in use; resets itself for the next user when it goes. Text and blobs that a row gives are
// valid until the next next().
class Query {
 public:
  template <class... Values>
  Query(sqlite3* database, sqlite3_stmt* statement, const Values&... values)
      : database_(database), statement_(statement) {
    int position = 0;
    (bind_one(++position, values), ...);
  }
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool next();  // false: no more rows

  std::int64_t integer(int column) const;
  std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  std::string_view text(int column) const;  // of TEXT or BLOB; empty for NULL
  std::string string(int column) const { return std::string(text(column)); }
  bool is_null(int column) const;
  Instant instant(int column) const { return Instant{std::chrono::milliseconds(integer(column))}; }
  std::optional<Instant> optional_instant(int column) const;

 private:
  void bind_one(int position, std::int64_t value);
  void bind_one(int position, std::string_view value);
  void bind_one(int position, Blob value);
  void bind_one(int position, Instant value) { bind_one(position, std::int64_t{value.time_since_epoch().count()}); }
  void bind_one(int position, const std::string& value) { bind_one(position, std::string_view(value)); }
  void bind_one(int position, const char* value) { bind_one(position, std::string_view(value)); }
  void bind_one(int position, std::nullopt_t);
  template <std::integral Integer>
  void bind_one(int position, Integer value) {
    bind_one(position, static_cast<std::int64_t>(value));
  }
  template <class Value>
  void bind_one(int position, const std::optional<Value>& value) {
    value ? bind_one(position, *value) : bind_one(position, std::nullopt);
  }

  sqlite3* database_;
  sqlite3_stmt* statement_;
};

enum class Mode { read, write };

class Database {
 public:
  Database(const std::filesystem::path& path, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // A statement is prepared once and kept, so `sql` is a literal, and in use by one Query at a time. Values are bound
  // by position; text is not copied and must outlive the query.
  template <class... Values>
  Query query(std::string_view sql, const Values&... values) {
    return Query(handle_, prepared(sql), values...);
  }

  // Runs a statement to its end. Result: rows that it changed.
  template <class... Values>
  std::uint64_t run(std::string_view sql, const Values&... values) {
    Query query(handle_, prepared(sql), values...);
    while (query.next()) {
    }
    return changes();
  }

  void script(const std::string& sql);  // several statements, not kept
  std::int64_t last_row() const;
  bool in_transaction() const;

 private:
  sqlite3_stmt* prepared(std::string_view sql);
  std::uint64_t changes() const;

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string_view, sqlite3_stmt*> statements_;
};

// BEGIN IMMEDIATE … COMMIT; rolls back if it goes without commit().
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
};

}  // namespace moisson::store::sqlite
