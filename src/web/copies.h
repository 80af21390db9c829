// The other records of a record's family: on which portals it stands too, and by which signals that is known. Pure.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

#include <string>

namespace moisson::web {

// Adds FAMILY to the model, unless the record stands alone. Result: what it holds, for the page's entity tag.
std::string copies(const Sheet& sheet, Model& model);

}  // namespace moisson::web
