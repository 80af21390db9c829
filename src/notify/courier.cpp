#include "notify/courier.h"

#include "core/log.h"
#include "notify/event.h"
#include "notify/mail.h"
#include "notify/webhook.h"

#include <moisson/core/uuid.h>

#include <array>
#include <mutex>

namespace moisson::notify {
namespace {

constexpr std::chrono::seconds between_rounds{5};
constexpr std::size_t most_a_round = 100;
constexpr std::uint64_t most_answer_bytes = 64 * 1024;  // what a webhook says is not looked at
constexpr std::chrono::seconds webhook_timeout{10};
constexpr std::array<std::chrono::minutes, 6> waits{std::chrono::minutes{1},   std::chrono::minutes{5},
                                                    std::chrono::minutes{30},  std::chrono::minutes{120},
                                                    std::chrono::minutes{360}, std::chrono::minutes{960}};

std::string domain_of(std::string_view address) { return std::string(address.substr(address.find('@') + 1)); }

}  // namespace

std::optional<std::chrono::minutes> wait_after_failure(int failures) {
  if (failures < 1 || static_cast<std::size_t>(failures) > waits.size()) return std::nullopt;
  return waits[static_cast<std::size_t>(failures) - 1];
}

Courier::Courier(store::Store& store, CourierOptions options, const Clock& clock)
    : store_(store), options_(std::move(options)), clock_(clock) {}

Courier::~Courier() = default;

void Courier::run() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    while (!stop.stop_requested()) {
      if (const auto gone = go(stop); !gone) log::error("notify", "messages wait", {{"cause", gone.error().message}});
      std::unique_lock lock(mutex);
      stopped.wait_for(lock, stop, between_rounds, [] { return false; });
    }
  });
}

Result<void> Courier::announce() {
  const auto ended = store_.outbox().unannounced(most_a_round);
  if (!ended) return ended.error();
  for (const auto& each : *ended) {
    const auto job = store_.job(each.job);
    if (!job) return job.error();
    if (const auto told = store_.outbox().announce(job->id, events_of(job->outcome, each.first_success)); !told)
      return told.error();
  }
  return {};
}

Result<void> Courier::post(const store::Message& message, const harvest::HarvestJob& job) const {
  const std::string body = webhook_body(message.id, message.event, job, options_.job_url(job.id));
  net::FetchRequest request(message.url);
  request.post = net::Post{"application/json", body};
  request.headers.emplace_back("Moisson-Signature", webhook_signature(message.secret, clock_.now(), body));
  request.max_bytes = most_answer_bytes;
  request.timeout = webhook_timeout;
  request.attempts = 1;
  const auto fetcher = options_.make_fetcher();
  const auto answer = fetcher->fetch_all(request);
  if (!answer) return answer.error();
  return {};
}

Result<void> Courier::hand_over(const store::Message& message) {
  const auto job = store_.job(message.job);
  if (!job) return job.error();
  if (!message.webhook.empty()) return post(message, *job);
  const auto source = store_.source(job->source_id);
  if (!source) return source.error();
  Mail mail = mail_about({message.event, *job, source->source.title, options_.job_url(job->id), options_.account_url},
                         options_.language);
  mail.to = message.mail;
  return options_.server.send(
      options_.sender, mail.to,
      wire_text(mail, options_.sender, random_uuid() + "@" + domain_of(options_.sender), clock_.now()));
}

Result<std::uint64_t> Courier::deliver(const std::stop_token& stop) {
  const auto due = store_.outbox().due(most_a_round);
  if (!due) return due.error();
  std::uint64_t count = 0;
  for (const store::Message& message : *due) {
    if (stop.stop_requested()) break;
    const auto sent = hand_over(message);
    if (sent) {
      ++count;
      if (const auto noted = store_.outbox().sent(message.id); !noted) return noted.error();
      continue;
    }
    // A mail server that refuses for good is not asked again; a program may be mended.
    const bool for_good = message.webhook.empty() && sent.error().code == ErrorCode::refused;
    const auto wait = for_good ? std::nullopt : wait_after_failure(message.attempts + 1);
    log::warning("notify", "a message was not taken",
                 {{"message", message.id}, {"cause", sent.error().message}, {"again", wait ? "yes" : "no"}});
    const auto next = wait ? std::optional(clock_.now() + *wait) : std::nullopt;
    if (const auto noted = store_.outbox().failed(message.id, sent.error().message, next); !noted) return noted.error();
  }
  return count;
}

Result<std::uint64_t> Courier::go(const std::stop_token& stop) {
  if (const auto announced = announce(); !announced) return announced.error();
  return deliver(stop);
}

}  // namespace moisson::notify
