// What a record covers, in space and time, with a map where its box can be drawn. Pure.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

namespace moisson::web {

// Adds COVERAGE to the model, unless the record says nothing of it.
void coverage(const Sheet& sheet, Model& model);

}  // namespace moisson::web
