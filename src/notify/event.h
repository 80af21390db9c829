// What people may ask to be told of: the ends of a harvest, in the words of moisson/harvest/outcome.h, and a source's
// first success. Pure.
#pragma once

#include <moisson/harvest/job.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::notify {

// In the order in which they are offered: what needs somebody first.
std::span<const std::string_view> events();
bool is_event(std::string_view word);

// The events that a job's end is, the one that says most first.
std::vector<std::string> events_of(harvest::JobOutcome outcome, bool first_success);

}  // namespace moisson::notify
