// Courier: tells people by mail, and programs by webhooks, of the jobs that end. It looks into the store every few
// seconds for what was not announced, and sends what waits; a message that fails is tried again later and later, six
// times in about a day. Thread-safe.
#pragma once

#include "notify/mail_server.h"
#include "store/outbox.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/net/fetcher.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace moisson::notify {

struct CourierOptions {
  MailServer server;     // its url empty: no mail
  std::string sender;    // mail address
  std::string language;  // of the mails: BCP 47
  std::function<std::string(std::int64_t job)> job_url;
  std::string account_url;
  std::function<std::unique_ptr<net::Fetcher>()>
      make_fetcher;  // for webhooks; its address policy is that of operators' sources
};

// When a message that failed for the n-th time (from 1) is tried again; nothing: it is given up.
std::optional<std::chrono::minutes> wait_after_failure(int failures);

class Courier {
 public:
  // What is referred to outlives the courier.
  Courier(store::Store& store, CourierOptions options, const Clock& clock);
  ~Courier();  // after the message under way

  void run();  // on a thread of its own

  // Announces what ended and sends what is due, once, or until the message under way when a stop is requested. Result:
  // messages sent.
  Result<std::uint64_t> go(const std::stop_token& stop = {});

 private:
  Result<void> announce();
  Result<void> hand_over(const store::Message& message);
  Result<void> post(const store::Message& message, const harvest::HarvestJob& job) const;
  Result<std::uint64_t> deliver(const std::stop_token& stop);

  store::Store& store_;
  const CourierOptions options_;
  const Clock& clock_;
  std::jthread thread_;
};

}  // namespace moisson::notify
