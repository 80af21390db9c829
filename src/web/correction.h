// "Report a mistake": the way from a record to whoever can mend it, its publisher first. The message goes from the
// reader's own mail program, with the record's address in it; this site sends and keeps nothing. Pure.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

namespace moisson::web {

void correction(const Sheet& sheet, Model& model);

}  // namespace moisson::web
