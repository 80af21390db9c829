#include "harvest/zone.h"

#include "core/text.h"

#include <stdexcept>
#include <string>

namespace moisson::harvest {

Result<const date::time_zone*> zone_named(std::string_view name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return Error{ErrorCode::invalid_input, "there is no time zone \"" + std::string(cut(name, 60)) + "\"", "timezone",
                 "a name of the IANA database, e.g. Europe/Paris"};
  }
}

}  // namespace moisson::harvest
