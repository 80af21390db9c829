#include "harvest/agenda.h"

#include "core/url.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

namespace moisson::harvest {

std::string host_of(std::string_view url) {
  const auto parsed = parse_url(url);
  if (parsed.has_error()) return std::string(url);
  return parsed->host + ":" + std::to_string(parsed->effective_port());
}

std::vector<Due> due_sources(std::span<const store::Appointment> appointments) {
  std::map<std::string, std::vector<Opening>, std::less<>> blackouts;
  for (const auto& appointment : appointments)
    if (!appointment.blackout.empty() && appointment.state != SourceState::retired)
      if (auto hours = Hours::parse(appointment.blackout); hours.has_value())
        blackouts[host_of(appointment.url)].push_back({std::move(*hours), appointment.timezone, true});
  std::vector<Due> sources;
  for (const auto& appointment : appointments) {
    if (appointment.state != SourceState::active) continue;
    Due due{appointment.source_id, host_of(appointment.url), appointment.next_run, {}, appointment.left_running};
    if (const auto closed = blackouts.find(due.host); closed != blackouts.end()) due.openings = closed->second;
    if (!appointment.window.empty())
      if (auto hours = Hours::parse(appointment.window); hours.has_value())
        due.openings.push_back({std::move(*hours), appointment.timezone, false});
    sources.push_back(std::move(due));
  }
  return sources;
}

Agenda agenda(std::span<const Due> sources, Busy busy, std::size_t room, Instant now) {
  std::vector<const Due*> ready;
  Agenda agenda;
  for (const Due& due : sources) {
    if (busy.sources.contains(due.source_id)) continue;
    if (due.left_running) {
      ready.push_back(&due);
      continue;
    }
    if (!due.slot) continue;
    const auto open = first_open(std::max(*due.slot, now), due.openings);
    if (open.has_error()) continue;
    if (*open <= now)
      ready.push_back(&due);
    else if (!agenda.look_again || *open < *agenda.look_again)
      agenda.look_again = *open;
  }
  std::sort(ready.begin(), ready.end(), [](const Due* a, const Due* b) {
    return std::tuple(!a->left_running, a->slot, std::string_view(a->source_id)) <
           std::tuple(!b->left_running, b->slot, std::string_view(b->source_id));
  });
  for (const Due* due : ready) {
    if (agenda.start.size() == room) break;
    if (busy.hosts.insert(due->host).second) agenda.start.push_back(due->source_id);
  }
  return agenda;
}

}  // namespace moisson::harvest
