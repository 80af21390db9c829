#include "store/ledger.h"

#include "core/log.h"
#include "store/family_table.h"
#include "store/schema.h"

#include <moisson/core/uuid.h>

#include <algorithm>
#include <utility>

namespace moisson::store {
namespace {

constexpr std::size_t most_idle_readers = 16;

std::filesystem::path witness_of(std::filesystem::path file) { return file += ".witness"; }

}  // namespace

Ledger::Ledger(const std::filesystem::path& file, const Clock& clock)
    : file_(file), clock_(clock), witness_(witness_of(file)) {
  writer_ = std::make_unique<sqlite::Database>(file_, sqlite::Mode::write);
  migrate(*writer_);
  settle_epoch();
  published_ = committed_;
}

void Ledger::settle_epoch() {
  {
    auto query = writer_->query("SELECT value FROM setting WHERE name = 'epoch'");
    if (query.next()) epoch_ = query.string(0);
  }
  {
    auto query = writer_->query("SELECT value FROM counter WHERE name = 'seq'");
    if (query.next()) committed_ = query.number(0);
  }
  const auto testimony = witness_.read();
  const bool put_back = !epoch_.empty() && restored(epoch_, committed_, testimony);
  if (epoch_.empty() || put_back) {
    // The numbers that the lost history gave are not given again: a reader of that history could not tell them apart.
    if (testimony) committed_ = std::max(committed_, testimony->seq);
    const std::string before = std::exchange(epoch_, random_uuid());
    sqlite::Transaction transaction(*writer_);
    writer_->run("UPDATE setting SET value = ? WHERE name = 'epoch'", epoch_);
    writer_->run("UPDATE counter SET value = ? WHERE name = 'seq'", committed_);
    transaction.commit();
    if (put_back)
      log::warning("store", "the store was put back from a backup: a new epoch begins",
                   {{"epoch", epoch_}, {"before", before}, {"seq", committed_}});
  }
  if (testimony == Witness::Testimony{epoch_, committed_}) return;
  if (const auto written = witness_.write({epoch_, committed_}); written.has_error())
    throw sqlite::Failure(written.error());
}

void Ledger::settle_families() { FamilyTable(*writer_, *this).settle(std::exchange(concerned_, {})); }

void Ledger::publish() {
  if (next_ == committed_) return;
  committed_ = next_;
  // The change stands whether or not the witness could be told; a witness behind the store accuses nobody.
  if (const auto written = witness_.write({epoch_, committed_}); written.has_error())
    log::error("store", to_string(written.error()));
  const std::lock_guard lock(published_mutex_);
  published_ = committed_;
  published_changed_.notify_all();
}

void Ledger::flush_log() {
  const std::lock_guard lock(write_mutex_);
  try {
    auto query = writer_->query("PRAGMA wal_checkpoint(TRUNCATE)");
    while (query.next()) {
    }
  } catch (const sqlite::Failure& failure) {
    log::warning("store", to_string(failure.error));
  }
}

std::uint64_t Ledger::seq() const {
  const std::lock_guard lock(published_mutex_);
  return published_;
}

std::uint64_t Ledger::wait_for_change(std::uint64_t seq, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(published_mutex_);
  const auto interruptions = interruptions_;
  published_changed_.wait_for(lock, timeout, [&] { return published_ > seq || interruptions_ != interruptions; });
  return published_;
}

void Ledger::interrupt() {
  const std::lock_guard lock(published_mutex_);
  ++interruptions_;
  published_changed_.notify_all();
}

Ledger::Reader::Reader(const Ledger& owner) : ledger(owner) {
  {
    const std::lock_guard lock(ledger.readers_mutex_);
    if (!ledger.readers_.empty()) {
      connection = std::move(ledger.readers_.back());
      ledger.readers_.pop_back();
    }
  }
  if (!connection) connection = std::make_unique<sqlite::Database>(ledger.file_, sqlite::Mode::read);
}

Ledger::Reader::~Reader() {
  const std::lock_guard lock(ledger.readers_mutex_);
  if (connection && ledger.readers_.size() < most_idle_readers) ledger.readers_.push_back(std::move(connection));
}

}  // namespace moisson::store
