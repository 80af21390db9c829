// The way a record came: publisher, source, harvest; what was inferred; and the forms it can be taken away in. Pure.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

namespace moisson::web {

void provenance(const Sheet& sheet, Model& model);

}  // namespace moisson::web
