// "In brief": licence, dates, frequency, contact and the like, a row each. Pure.
#pragma once

#include "web/model.h"
#include "web/sheet.h"

namespace moisson::web {

void brief(const Sheet& sheet, Model& model);

}  // namespace moisson::web
