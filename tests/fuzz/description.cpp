// Any bytes as a description in HTML: the allow list alone.
#include "web/description.h"

#include "allowed_markup.h"
#include "core/text.h"

namespace moisson::fuzz {

void read(std::string_view bytes) { check_markup(web::sanitise(clean_utf8(bytes)).markup); }

}  // namespace moisson::fuzz
