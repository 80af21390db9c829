// The agenda: which sources are to start now, and when to look again. A source is due from its slot on; it starts at
// the first moment that its window and the black-out times of its host allow, where no other job reads its host and
// there is room. After a downtime the most overdue come first, no more than there is room for. Pure.
#pragma once

#include "harvest/hours.h"
#include "store/store.h"

#include <moisson/core/time.h>

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvest {

struct Due {
  std::string source_id;
  std::string host;
  std::optional<Instant> slot;    // none: only when a person asks
  std::vector<Opening> openings;  // of the source and its host
  bool left_running = false;      // a former process left its job running: it is taken up first, whatever the hour
};

// What runs or waits for a thread.
struct Busy {
  std::set<std::string, std::less<>> sources;
  std::set<std::string, std::less<>> hosts;
};

struct Agenda {
  std::vector<std::string> start;     // ids of sources, in this order
  std::optional<Instant> look_again;  // when the next that waits for its hour may start; what waits for room or a host,
                                      // the end of a job tells
};

// Those of them that are active. A black-out is the host's: it keeps away every source of that host. Hours that cannot be
// read keep nobody away.
std::vector<Due> due_sources(std::span<const store::Appointment> appointments);

// `room`: jobs that may be started. An opening that cannot be read keeps its source closed.
Agenda agenda(std::span<const Due> sources, Busy busy, std::size_t room, Instant now);

// "example.org:443": two addresses of one host are asked one after the other. The address itself if it is none.
std::string host_of(std::string_view url);

}  // namespace moisson::harvest
