// The table of a data set's files: at most 100 rows, and a link to them all. Pure.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

namespace moisson::web {

// Adds FILES to the model, unless the record has none.
void file_table(const Sheet& sheet, Model& model);

}  // namespace moisson::web
