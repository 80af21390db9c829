// Jobs and their report rows as JSON, for the API and for the command line's --json. Pure.
#pragma once

#include "core/json.h"

#include <moisson/harvest/job.h>

#include <cstdint>

namespace moisson::api {

// How much the reader may know: the public sees states, counts and the words of causes; places, messages, hints
// and remarks quote the portal's own bytes, and are for those who look after the source.
enum class Detail : std::uint8_t { states, everything };

// {"id","source","outcome","full","started","ended","counts","pages","announced","removals_waiting","error","remarks"};
// "ended" and "error" may be null, "remarks" only with everything.
void write(json::Writer& out, const harvest::HarvestJob& job, Detail detail = Detail::everything);

// {"outcome","remote_id","id","title","cause"}, and with everything "place","message","hint".
void write(json::Writer& out, const harvest::JobRecord& row, Detail detail = Detail::everything);

void write(json::Writer& out, const harvest::Counts& counts);
void write(json::Writer& out, const std::vector<dcat::Finding>& remarks);

// [{"use","property","count","example","record"}]
void write(json::Writer& out, const std::vector<dcat::PropertyTally>& tallies);

// {"code","cause"}, and with everything "message","where","hint".
void write(json::Writer& out, const Error& error, Detail detail);

}  // namespace moisson::api
