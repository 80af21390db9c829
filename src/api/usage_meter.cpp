#include "api/usage_meter.h"

#include "api/client_family.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace moisson::api {
namespace {

// Asked by machines of the operator, or by a page for itself.
bool is_counted(std::string_view path) {
  constexpr std::string_view left_out[] = {"/assets/", "/healthz", "/readyz", "/metrics"};
  return std::none_of(std::begin(left_out), std::end(left_out),
                      [&](std::string_view start) { return path.starts_with(start); });
}

}  // namespace

void UsageMeter::observe(const http::Observation& observation) {
  const http::Request& request = observation.request;
  if (!is_counted(request.path)) return;
  using Kind = http::Act::Kind;
  UsageEvent event;
  event.at = clock_.now();
  event.family = client_family(request.headers.get("User-Agent"), request.path);
  event.search = observation.act.kind == Kind::search;
  event.view = observation.act.kind == Kind::view;
  event.download = observation.act.kind == Kind::download;
  event.subject = observation.act.subject;
  event.found = observation.act.found;
  event.took = observation.took;
  event.client = request.key;

  const Instant day = std::chrono::floor<std::chrono::days>(event.at);
  const std::lock_guard lock(mutex_);
  if (day != day_) pseudonyms_ = http::Pseudonyms();
  day_ = day;
  event.visitor = pseudonyms_.of(request.address);
  count_.add(event);
}

store::Usage UsageMeter::take() {
  const std::lock_guard lock(mutex_);
  return count_.take();
}

void UsageMeter::put_back(store::Usage usage) {
  const std::lock_guard lock(mutex_);
  count_.put_back(std::move(usage));
}

}  // namespace moisson::api
