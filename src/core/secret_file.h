// A secret that stands alone in a file of its own, so that the configuration can be shown.
#pragma once

#include <moisson/core/result.h>

#include <filesystem>
#include <string>

namespace moisson {

// The file's one line, without blanks around it, 1 to 4,096 bytes. io: it cannot be read. invalid_input: it holds none,
// or more. Neither says what was read.
Result<std::string> read_secret(const std::filesystem::path& file);

}  // namespace moisson
