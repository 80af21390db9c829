// Ledger: the open store file. One guarded write connection, a pool of read connections, the counter of `seq`, the
// epoch and its witness. Thread-safe. Store and Writer are its two faces.
#pragma once

#include "store/sqlite.h"
#include "store/witness.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace moisson::store {

class Ledger {
 public:
  // Throws Failure.
  Ledger(const std::filesystem::path& file, const Clock& clock);

  const std::string& epoch() const { return epoch_; }
  Instant now() const { return clock_.now(); }

  // The highest number that readers may be told of: committed, and witnessed.
  std::uint64_t seq() const;
  std::uint64_t wait_for_change(std::uint64_t seq, std::chrono::milliseconds timeout) const;
  void interrupt();

  // A read connection of the caller's own. Throws Failure.
  std::unique_ptr<sqlite::Database> open_reader() const {
    return std::make_unique<sqlite::Database>(file_, sqlite::Mode::read);
  }

  // Runs work(Database&) on a read connection; `work` returns a Result.
  template <class Work>
  auto read(Work&& work) const -> decltype(work(std::declval<sqlite::Database&>())) {
    try {
      const Reader reader(*this);
      return work(*reader.connection);
    } catch (const sqlite::Failure& failure) {
      return failure.error;
    }
  }

  // Runs work(Database&) in one transaction on the write connection; `work` returns a Result, and an Error (or a
  // Failure on the way) leaves nothing of it. Not to be nested.
  template <class Work>
  auto write(Work&& work) -> decltype(work(std::declval<sqlite::Database&>())) {
    const std::lock_guard lock(write_mutex_);
    next_ = committed_;
    concerned_.clear();
    try {
      sqlite::Transaction transaction(*writer_);
      auto result = work(*writer_);
      if (result.has_error()) return result;
      if (!concerned_.empty()) settle_families();
      if (next_ != committed_) writer_->run("UPDATE counter SET value = ? WHERE name = 'seq'", next_);
      transaction.commit();
      publish();
      return result;
    } catch (const sqlite::Failure& failure) {
      return failure.error;
    }
  }

  // Brings the write-ahead log into the file and empties it, as far as readers of older commits allow.
  void flush_log();

  // The next number of the change log; within write() only, taken back if the transaction is.
  std::uint64_t next_seq() { return ++next_; }

  // A row whose family may have changed; within write() only, which settles all of them at its end (family_table.h).
  void concern(std::uint64_t row) { concerned_.insert(row); }

 private:
  struct Reader {
    explicit Reader(const Ledger& owner);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    const Ledger& ledger;
    std::unique_ptr<sqlite::Database> connection;
  };

  void settle_epoch();
  void settle_families();
  void publish();

  const std::filesystem::path file_;
  const Clock& clock_;
  Witness witness_;
  std::string epoch_;

  std::mutex write_mutex_;  // guards the write connection, next_, concerned_ and committed_
  std::unique_ptr<sqlite::Database> writer_;
  std::uint64_t next_ = 0;
  std::uint64_t committed_ = 0;
  std::set<std::uint64_t> concerned_;

  mutable std::mutex readers_mutex_;
  mutable std::vector<std::unique_ptr<sqlite::Database>> readers_;  // idle

  mutable std::mutex published_mutex_;
  mutable std::condition_variable published_changed_;
  std::uint64_t published_ = 0;
  std::uint64_t interruptions_ = 0;
};

}  // namespace moisson::store
