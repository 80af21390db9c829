// What all kinds say alike when a record or a harvest goes wrong. Pure.
#pragma once

#include "core/text.h"

#include <moisson/core/result.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace moisson::harvesters {

// Of the bytes of a record that failed, as much as a person needs to see why: 64 KiB.
inline std::string failed_bytes(std::string_view bytes) { return std::string(cut(bytes, std::size_t{64} << 10)); }

// The sink said stop.
inline Error stopped() { return {ErrorCode::cancelled, "the harvest was stopped", "", ""}; }

}  // namespace moisson::harvesters
