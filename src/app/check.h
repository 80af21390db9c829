// check: the configuration has been read without error; --online also asks each portal one polite question. Result: the exit code.
#pragma once

#include "app/configuration.h"

#include <ostream>

namespace moisson::app {

// Prints a line a source. Portals are asked one after another, for one record each; nothing is stored.
int check(const Configuration& configuration, bool online, std::ostream& out);

}  // namespace moisson::app
