// What may be said of a source that operators register, and which states it may pass through. Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/harvest/harvester.h>
#include <moisson/harvest/source.h>
#include <moisson/harvest/source_edit.h>

#include <functional>
#include <string_view>

namespace moisson::harvest {

using HarvesterLookup = std::function<const Harvester*(std::string_view kind)>;

// draft → submitted → active (accepted) or declined, with a comment; declined → draft or submitted again; active ⇄
// paused; every one → retired, which may begin anew as a draft. conflict for any other step; invalid_input for one that
// is no step but lacks its comment.
Result<void> check_step(SourceState from, SourceState to, std::string_view comment);

// The source as the edit leaves it, checked as a whole: id, title, kind, address (http or https, no user or password),
// schedule, zone, hours, grace (at most a year), and the options and secrets that its kind describes. An option that
// names a file of this machine is the configuration's alone. invalid_input names the field in `where`.
Result<HarvestSource> edited(const HarvestSource& before, const SourceEdit& edit, const HarvesterLookup& find);

}  // namespace moisson::harvest
