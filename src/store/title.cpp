#include "store/title.h"

#include "core/json.h"
#include "core/text.h"

namespace moisson::store {

std::string title_of(std::string_view json) {
  const auto document = json::Document::parse(json);
  if (document.has_error()) return {};
  return std::string(cut(document->root()["title"][std::size_t{0}]["value"].text(), 200));
}

}  // namespace moisson::store
