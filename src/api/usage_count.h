// The count of what a site is used for: events in, increments of the kept figures out. It holds, for the day under way
// only, which visitors asked for what, each by a number that means nothing elsewhere (http/pseudonym.h); a subject
// comes out when at least store::visitors_needed of them asked for it, and what fewer asked for is forgotten with its
// day. Value; pure; not thread-safe.
#pragma once

#include "store/usage.h"

#include <moisson/core/time.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>

namespace moisson::api {

// Subjects remembered at once, at most about 300 bytes each.
inline constexpr std::size_t max_subjects = 50'000;
inline constexpr std::size_t max_subject_bytes = 200;  // longer queries are counted, and never kept

struct UsageEvent {
  Instant at{};
  store::ClientFamily family = store::ClientFamily::script;
  bool search = false, view = false, download = false;
  std::string subject;        // the words of a search, or a record's id
  std::uint64_t found = 0;    // results of a search
  std::uint64_t visitor = 0;  // the same number for the same network all day
  std::chrono::microseconds took{};
  std::string client;  // the id of its key; empty: none
};

// Blanks at the ends dropped, runs of them made one, ASCII letters small: words that differ otherwise are not the same.
std::string query_subject(std::string_view typed);

class UsageCount {
 public:
  void add(const UsageEvent& event);

  // What was counted since the last time, and may be kept. What is not yet asked for by enough stays.
  store::Usage take();

  // Takes an increment back that could not be kept: the next take() gives it again.
  void put_back(store::Usage usage);

 private:
  using Key = std::pair<store::SubjectKind, std::string>;
  struct Subject {
    std::unordered_set<std::uint64_t> visitors;  // emptied once there are enough
    bool enough = false;
    std::uint64_t times = 0, without_result = 0;  // not taken yet
  };

  void begin_day(Instant day);
  void count_subject(store::SubjectKind kind, const UsageEvent& event);
  void make_room();
  void take_subjects(store::Usage& out);

  std::map<Instant, store::UsageHour> hours_;
  std::map<std::pair<std::string, Instant>, store::UsageCounts> clients_;
  Instant day_{};
  std::map<Key, Subject> subjects_;  // of day_
  store::Usage kept_;                // put back, or of a day that ended
};

}  // namespace moisson::api
