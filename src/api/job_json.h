// Jobs and their report rows as JSON, for the API and for the command line's --json. Pure.
#pragma once

#include "core/json.h"
#include "store/store.h"

#include <moisson/harvest/job.h>

#include <cstdint>
#include <optional>

namespace moisson::api {

// How much the reader may know: the public sees states, counts and the words of causes; places, messages, hints
// and remarks quote the portal's own bytes, and are for those who look after the source.
enum class Detail : std::uint8_t { states, everything };

// {"id","source","outcome","full","started","ended","counts","pages","announced","removals_waiting","removals_leaving",
// "leaving","heartbeat","plan","error","remarks"}; "leaving", "heartbeat", "ended" and "error" may be null, "remarks" only with everything.
// "stalled" only where it is asked for `now`.
void write(json::Writer& out, const harvest::HarvestJob& job, Detail detail = Detail::everything,
           const std::optional<Instant>& now = std::nullopt);

// {"outcome","remote_id","id","title","cause"}, and with everything "place","message","hint".
void write(json::Writer& out, const harvest::JobRecord& row, Detail detail = Detail::everything);
void write_members(json::Writer& out, const harvest::JobRecord& row, Detail detail);  // into an open object

// {"records":[…],"next_after"}
void write(json::Writer& out, const store::Store::JobRecordPage& page, Detail detail = Detail::everything);

// The member `name`: RFC 3339, or null.
void write_instant(json::Writer& out, std::string_view name, const std::optional<Instant>& instant);
void write(json::Writer& out, const harvest::Counts& counts);
void write(json::Writer& out, const std::vector<dcat::Finding>& remarks);

// [{"use","property","count","example","record"}]
void write(json::Writer& out, const std::vector<dcat::PropertyTally>& tallies);

// {"code","cause"}, and with everything "message","where","hint".
void write(json::Writer& out, const Error& error, Detail detail);

}  // namespace moisson::api
