// A registered source and how it stands, as JSON, for the API and for the command line's --json. Pure.
#pragma once

#include "api/job_json.h"
#include "core/json.h"
#include "links/links.h"
#include "store/store.h"

namespace moisson::api {

// The portal's address without user and password.
std::string public_address(const harvest::HarvestSource& source);

// {"id","title","kind","url","state","origin","schedule","timezone","language","territory","records","registered","next_run",
// "last_success","last_job","page"}; what is not known is null. Options are left out: they may hold keys.
void write(json::Writer& out, const store::SourceStatus& status, const links::Links& links,
           Detail detail = Detail::everything);

}  // namespace moisson::api
