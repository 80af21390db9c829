// Any bytes as the beginning of a page whose syntax nobody knows yet.
#include "rdf/syntax.h"

#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const auto [header, head] = first_line_and_rest(bytes);
  static_cast<void>(rdf::syntax_of_content(bytes));
  static_cast<void>(rdf::syntax_of_media_type(header));
  static_cast<void>(rdf::syntax_of_extension(header));
  if (const auto syntax = rdf::recognise(head, header, header); !syntax)
    require(!syntax.error().message.empty(), "who is refused is told why");
}

}  // namespace moisson::fuzz
