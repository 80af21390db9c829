// Webhook: a program that is told by a POST of JSON, signed so that it can tell us from others. Pure.
#pragma once

#include <moisson/core/time.h>
#include <moisson/harvest/job.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::notify {

// {"delivery","event","source","job":{"id","outcome","started","ended","counts","removals_waiting","url"}}: what the
// public may know of a job (api/job_json.h), so that a webhook tells no more than the page that it leads to.
std::string webhook_body(std::int64_t delivery, std::string_view event, const harvest::HarvestJob& job,
                         std::string_view job_url);

// The value of Moisson-Signature: "t=UNIX,v1=HEX", HMAC-SHA256 under the webhook's secret of "UNIX.BODY". The time is
// signed too, so that a delivery that was overheard is worth nothing later.
std::string webhook_signature(std::string_view secret, Instant now, std::string_view body);

}  // namespace moisson::notify
