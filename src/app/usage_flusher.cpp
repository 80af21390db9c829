#include "app/usage_flusher.h"

#include "core/log.h"

#include <chrono>
#include <utility>

namespace moisson::app {
namespace {

constexpr std::chrono::minutes interval{1};

}  // namespace

UsageFlusher::UsageFlusher(api::UsageMeter& meter, store::UsageBook& book) : meter_(meter), book_(book) {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!stop_asked_.wait_for(lock, interval, [this] { return stopping_; })) {
      lock.unlock();
      flush();
      lock.lock();
    }
  });
}

UsageFlusher::~UsageFlusher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_asked_.notify_all();
  thread_.join();
  flush();
}

void UsageFlusher::flush() {
  store::Usage usage = meter_.take();
  if (usage.empty()) return;
  const auto kept = book_.add(usage);
  if (kept) return;
  log::warning("usage", "the usage figures could not be written; they wait", {{"cause", to_string(kept.error())}});
  meter_.put_back(std::move(usage));
}

}  // namespace moisson::app
