#include "projection/projection.h"

#include "core/log.h"
#include "index/writer.h"
#include "projection/entries.h"
#include "projection/index_directory.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace moisson::projection {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr milliseconds store_wait{200};        // how late a stop or a finished rebuild may be noticed
constexpr milliseconds retry_wait{1'000};      // after an error of the disk
constexpr milliseconds snapshot_every{1'000};  // while changes keep coming

// An index that was written and its place.
struct Built {
  std::filesystem::path path;
  std::unique_ptr<index::Writer> writer;
};

}  // namespace

struct Projection::Body {
  Body(const Options& given, const store::Store& from, index::SnapshotSlot& to, IndexDirectory at)
      : options(given), store(from), slot(to), directory(std::move(at)), entries(from) {}

  // Opens what is there: true if it can go on from where it is; else it serves, if it can, until a rebuild is done.
  Result<bool> resume();
  Result<Built> build(const Progress& progress);
  Result<Built> fill(const std::filesystem::path& path, const Progress& progress);
  Result<void> adopt(Built built);
  Result<void> step();
  Result<void> show();
  void work(bool rebuild_first);
  void take_replacement();
  bool pause(milliseconds time);

  const Options options;
  const store::Store& store;
  index::SnapshotSlot& slot;

  // The projection's thread only, after start().
  IndexDirectory directory;
  Entries entries;
  std::unique_ptr<index::Writer> writer;
  Steady::time_point shown{};

  std::mutex build_mutex;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::uint64_t seq = 0;  // in the slot
  bool stopping = false;
  bool building = false;
  std::optional<Built> replacement;
  std::optional<Result<void>> adopted;
  std::jthread thread;
};

Result<bool> Projection::Body::resume() {
  const auto path = directory.current();
  if (!path) return false;
  const auto known = index::identity(*path);
  if (!known || known->schema != index::schema_version) return false;
  auto opened = index::Writer::open(*path, known->epoch);
  if (!opened && opened.error().code == ErrorCode::conflict) return opened.error();
  if (!opened) {
    log::warning("projection", to_string(opened.error()));
    return false;
  }
  writer = std::move(*opened);
  if (auto served = show(); !served) return false;
  return known->epoch == store.epoch() && known->seq <= store.last_seq();
}

// Puts the writer's state into the slot.
Result<void> Projection::Body::show() {
  auto snapshot = writer->snapshot();
  if (!snapshot) return snapshot.error();
  slot.put(*snapshot);
  shown = Steady::now();
  {
    // Of another history, or ahead of the store: it serves until the rebuild is done, but answers for no seq of ours.
    const bool ours = (*snapshot)->epoch() == store.epoch() && (*snapshot)->seq() <= store.last_seq();
    const std::lock_guard lock(mutex);
    seq = ours ? (*snapshot)->seq() : 0;
  }
  changed.notify_all();
  return {};
}

Result<Built> Projection::Body::build(const Progress& progress) {
  const std::lock_guard one_at_a_time(build_mutex);
  const auto path = directory.next();
  auto built = fill(path, progress);
  if (!built) directory.remove(path);
  return built;
}

Result<Built> Projection::Body::fill(const std::filesystem::path& path, const Progress& progress) {
  Entries source(store);
  auto bulk = index::Writer::open(path, store.epoch(), true);
  if (!bulk) return bulk.error();
  const auto until = store.last_seq();
  const auto of = store.record_count();
  std::uint64_t done = 0, at = 0;
  for (bool more = at < until; more;) {
    {
      const std::lock_guard lock(mutex);
      if (stopping) return Error{ErrorCode::cancelled, "the program stops", {}, {}};
    }
    auto batch = source.after(at, options.batch);
    if (!batch) return batch.error();
    if (auto applied = (*bulk)->apply(batch->upserts, batch->removed_rows, batch->seq); !applied)
      return applied.error();
    at = batch->seq;
    done += batch->upserts.size();
    if (progress) progress(done, std::max(done, of ? *of : 0));
    more = batch->more && at < until;
  }
  if (auto finished = (*bulk)->finish(); !finished) return finished.error();
  bulk->reset();
  auto opened = index::Writer::open(path, store.epoch());
  if (!opened) return opened.error();
  return Built{path, std::move(*opened)};
}

Result<void> Projection::Body::adopt(Built built) {
  const auto before = directory.current();
  if (auto used = directory.use(built.path); !used) return used;
  writer = std::move(built.writer);
  if (auto served = show(); !served) return served;
  if (before) directory.remove(*before);
  return {};
}

Result<void> Projection::Body::step() {
  const auto at = writer->identity().seq;
  auto batch = entries.after(at, options.batch);
  if (!batch) return batch.error();
  if (batch->seq > at)
    if (auto applied = writer->apply(batch->upserts, batch->removed_rows, batch->seq); !applied) return applied;
  // While a harvest runs, a snapshot a second is enough; the last change of all is shown at once.
  if (batch->more && Steady::now() - shown < snapshot_every) return {};
  return show();
}

bool Projection::Body::pause(milliseconds time) {
  std::unique_lock lock(mutex);
  return changed.wait_for(lock, time, [&] { return stopping; });
}

void Projection::Body::take_replacement() {
  std::optional<Built> built;
  {
    const std::lock_guard lock(mutex);
    built = std::exchange(replacement, std::nullopt);
  }
  if (!built) return;
  auto done = adopt(std::move(*built));
  {
    const std::lock_guard lock(mutex);
    adopted = std::move(done);
  }
  changed.notify_all();
}

void Projection::Body::work(bool rebuild) {
  for (;;) {
    take_replacement();
    {
      const std::lock_guard lock(mutex);
      if (stopping) return;
    }
    Result<void> done;
    if (rebuild || !writer) {
      auto built = build({});
      done = built ? adopt(std::move(*built)) : Result<void>(built.error());
      rebuild = !done;
    } else {
      const auto at = writer->identity().seq;
      if (store.wait_for_change(at, store_wait) <= at) continue;
      done = step();
      // The log does not reach back to this index, or the index is broken: it is made anew.
      rebuild = !done && (done.error().code == ErrorCode::not_found || done.error().code == ErrorCode::corrupt);
    }
    if (done || done.error().code == ErrorCode::cancelled) continue;
    log::error("projection", to_string(done.error()));
    pause(retry_wait);
  }
}

Result<std::unique_ptr<Projection>> Projection::start(const Options& options, const store::Store& store,
                                                      index::SnapshotSlot& slot) {
  auto directory = IndexDirectory::open(options.directory);
  if (!directory) return directory.error();
  directory->clean();
  std::unique_ptr<Projection> projection(new Projection);
  projection->body_ = std::make_unique<Body>(options, store, slot, std::move(*directory));
  auto& body = *projection->body_;
  auto resumed = body.resume();
  if (!resumed) return resumed.error();
  // An empty catalog is searchable at once.
  if (!*resumed && !body.writer && store.last_seq() == 0) {
    if (auto built = body.build({}))
      if (body.adopt(std::move(*built))) resumed = true;
  }
  body.thread = std::jthread([&body, rebuild = !*resumed] { body.work(rebuild); });
  return projection;
}

Projection::Projection() = default;

Projection::~Projection() {
  if (!body_) return;
  {
    const std::lock_guard lock(body_->mutex);
    body_->stopping = true;
  }
  body_->changed.notify_all();
}

std::uint64_t Projection::seq() const {
  const std::lock_guard lock(body_->mutex);
  return body_->seq;
}

std::uint64_t Projection::lag() const {
  const auto last = body_->store.last_seq(), here = seq();
  return last > here ? last - here : 0;
}

Result<void> Projection::wait_for(std::uint64_t wanted, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(body_->mutex);
  if (body_->changed.wait_for(lock, timeout, [&] { return body_->seq >= wanted && body_->slot.current(); })) return {};
  return Error{ErrorCode::timeout, "the index is not yet at change " + std::to_string(wanted), {}, {}};
}

Result<void> Projection::rebuild(const Progress& progress) {
  {
    const std::lock_guard lock(body_->mutex);
    if (body_->building) return Error{ErrorCode::conflict, "a rebuild runs already", {}, {}};
    body_->building = true;
    body_->adopted.reset();
  }
  auto built = body_->build(progress);
  std::unique_lock lock(body_->mutex);
  body_->building = false;
  if (!built) return built.error();
  body_->replacement = std::move(*built);
  body_->changed.wait(lock, [&] { return body_->adopted.has_value() || body_->stopping; });
  if (!body_->adopted) return Error{ErrorCode::cancelled, "the program stops", {}, {}};
  return *body_->adopted;
}

}  // namespace moisson::projection
