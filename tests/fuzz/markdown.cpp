// Any bytes as a description in Markdown or HTML, as a page shows it.
#include "allowed_markup.h"
#include "web/description.h"

namespace moisson::fuzz {

void read(std::string_view bytes) { check_markup(web::describe(bytes).markup); }

}  // namespace moisson::fuzz
