// The records beside one: alike by their words, and others of the same publisher. From the index alone.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

#include <string>

namespace moisson::web {

// Adds SIMILAR and SAME_PUBLISHER to the model, each unless it would be empty. Result: what they hold, for the page's
// entity tag.
std::string neighbours(const Sheet& sheet, Model& model);

}  // namespace moisson::web
