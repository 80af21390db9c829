#include "http/fair_use.h"

#include "core/json.h"
#include "http/problem.h"

#include <algorithm>
#include <string>
#include <utility>

namespace moisson::http {

FairUse::FairUse(FairUseOptions options, const Clock& clock) : options_(std::move(options)), clock_(clock) {}

FairUse::Verdict FairUse::ask(const Request& request) {
  const std::string& key = request.key;
  Verdict verdict;
  verdict.allowance = key.empty() ? options_.anonymous : options_.with_key;
  const bool costs_nothing = std::any_of(options_.free.begin(), options_.free.end(),
                                         [&](const std::string& start) { return request.path.starts_with(start); });
  if (verdict.allowance.quota == 0 || costs_nothing) return verdict;
  if (key.empty() && options_.exempts && options_.exempts(request.address)) return verdict;

  verdict.limited = true;
  // A blank stands in no address: a key never meets a network.
  const std::uint64_t client = key.empty() ? pseudonyms_.of(request.address) : pseudonyms_.of("key " + key);
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (clients_.size() >= options_.max_clients && !clients_.contains(client)) make_room(now);
  Client& known = clients_.try_emplace(client, Client{full_bucket(verdict.allowance, now), now}).first->second;
  verdict.taken = take(known.bucket, verdict.allowance, now);
  known.full = now + verdict.taken.reset;
  return verdict;
}

// Who has a full bucket again loses nothing by being forgotten. If that is nobody, everybody begins anew: to forgive a
// few is better than to refuse those who come now.
void FairUse::make_room(Instant now) {
  std::erase_if(clients_, [&](const auto& client) { return client.second.full <= now; });
  if (clients_.size() >= options_.max_clients) clients_.clear();
}

Response FairUse::refusal(const Verdict& verdict) const {
  const std::string wait = std::to_string(verdict.taken.retry_after.count());
  json::Writer writer;
  writer.begin_object().field("type", "https://iana.org/assignments/http-problem-types#quota-exceeded");
  writer.field("title", reason(429)).key("status").integer(429);
  writer.field("detail", "more requests than this server answers to one client: come again in " + wait +
                             " s, or take everything at once at " + options_.instead);
  writer.key("violated-policies").begin_array().string("default").end_array();
  writer.field("dump", options_.instead).end_object();
  Response response;
  response.status = 429;
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Access-Control-Expose-Headers", "*");
  response.body = writer.take();
  tell(verdict, response.headers);
  return response;
}

void tell(const FairUse::Verdict& verdict, Headers& headers) {
  if (!verdict.limited) return;
  headers.set("RateLimit-Policy", "\"default\";q=" + std::to_string(verdict.allowance.quota) +
                                      ";w=" + std::to_string(verdict.allowance.window.count()));
  headers.set("RateLimit", "\"default\";r=" + std::to_string(verdict.taken.remaining) +
                               ";t=" + std::to_string(verdict.taken.reset.count()));
  if (!verdict.taken.allowed) headers.set("Retry-After", std::to_string(verdict.taken.retry_after.count()));
}

}  // namespace moisson::http
