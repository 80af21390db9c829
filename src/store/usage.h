// What the site was used for, as kept: sums by the hour, and what many asked for by the day. No address, no identifier
// of a reader, no words that only a few typed: what is not in these values was never written. Values.
#pragma once

#include <moisson/core/time.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

// So many visitors, that is networks (http/pseudonym.h), must ask for the same on one day before it is kept or shown.
inline constexpr std::size_t visitors_needed = 10;

// What kind of program asked, as far as it says.
enum class ClientFamily : std::uint8_t { browser, script, harvester, bot, assistant };
inline constexpr std::array<ClientFamily, 5> client_families{
    ClientFamily::browser, ClientFamily::script, ClientFamily::harvester, ClientFamily::bot, ClientFamily::assistant};
std::string_view to_string(ClientFamily family);

struct UsageCounts {
  std::uint64_t requests = 0;        // answered, but for health, metrics and the pages' own files
  std::uint64_t searches = 0;        // first pages of results
  std::uint64_t without_result = 0;  // of these
  std::uint64_t views = 0;           // of a record, as a page or as data
  std::uint64_t downloads = 0;       // links to a record's file that were followed

  UsageCounts& operator+=(const UsageCounts& other);
  bool operator==(const UsageCounts&) const = default;
};

// Searches by the time that their answer took: class n counts those of at most 0.1 ms · 2^(n/2), and more than the
// class before; the last one whatever took longer.
inline constexpr std::size_t time_classes = 36;
using SearchTimes = std::array<std::uint64_t, time_classes>;
std::size_t time_class(std::chrono::microseconds took);
// The time that `share` (0 to 1) of the searches did not exceed, taken evenly inside a class; nothing without searches.
std::optional<std::chrono::microseconds> quantile(const SearchTimes& times, double share);

struct UsageHour {
  Instant hour{};  // its beginning, UTC
  std::array<UsageCounts, client_families.size()> by_family{};
  SearchTimes times{};

  UsageCounts& of(ClientFamily family) { return by_family[static_cast<std::size_t>(family)]; }
  const UsageCounts& of(ClientFamily family) const { return by_family[static_cast<std::size_t>(family)]; }
  UsageCounts total() const;
  bool operator==(const UsageHour&) const = default;
};

enum class SubjectKind : std::uint8_t { query, view, download };
std::string_view to_string(SubjectKind kind);

// What enough visitors of a day asked for: the words of a search, or a record's id.
struct UsageSubject {
  SubjectKind kind = SubjectKind::query;
  Instant day{};  // its beginning, UTC
  std::string subject;
  std::uint64_t times = 0;
  std::uint64_t without_result = 0;  // of a query
  bool operator==(const UsageSubject&) const = default;
};

// What one holder of a key did in an hour, for that holder.
struct ClientHour {
  std::string client;  // the key's id, which is no secret
  Instant hour{};
  UsageCounts counts;
  bool operator==(const ClientHour&) const = default;
};

// An increment: what happened since the last one.
struct Usage {
  std::vector<UsageHour> hours;
  std::vector<UsageSubject> subjects;
  std::vector<ClientHour> clients;
  bool empty() const { return hours.empty() && subjects.empty() && clients.empty(); }
};

}  // namespace moisson::store
