// What the page of a source shows to those who look after it: the buttons of the next steps, the decision that waits, and
// what is leaving. Pure.
#pragma once

#include "store/store.h"
#include "web/model.h"
#include "web/page.h"

namespace moisson::web {

// Fills CARE, with the steps that this reader may take; nothing for others. Empty for who may take none.
void source_care(const Page& page, const store::SourceStatus& status, Model& model);

// Fills DECIDE: approve or reject, with the first of the records concerned, for those who may; and who decides, for others.
Result<void> held_decision(const Page& page, const harvest::HarvestJob& job, Model& held);

// Fills LEAVING where removed records of the job can still be kept.
void leaving_records(const Page& page, const harvest::HarvestJob& job, Model& model);

}  // namespace moisson::web
