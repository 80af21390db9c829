// demo: the four demo portals served by this program, harvested by it over HTTP, and the catalog served. Blocks. Result: the exit code.
#pragma once

#include <string>

namespace moisson::app {

// Store and index live in a temporary directory that goes with the process.
int demo(const std::string& listen);

}  // namespace moisson::app
