// UUIDs: record ids (version 5) and epochs (version 4). RFC 9562. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson {

// The id of a record at its first sight: version 5 of source id and remote id in Moisson's own name space.
// The same pair always gives the same id: "xxxxxxxx-xxxx-5xxx-yxxx-xxxxxxxxxxxx", lower case.
std::string record_uuid(std::string_view source_id, std::string_view remote_id);

// A random id (version 4) from the operating system's generator.
std::string random_uuid();

bool is_uuid(std::string_view text);

}  // namespace moisson
