// A page that is already in memory, cut into its records before any of them is parsed.
#include "core/json.h"
#include "core/json_element_stream.h"
#include "core/text_position.h"

namespace moisson::json {

Result<ElementList> elements(std::string_view text, std::string_view pointer) {
  ElementList list;
  ElementStream stream({std::string(pointer)}, {text.size(), 0}, [&](const StreamedElement& element) -> Result<void> {
    if (list.elements.size() == max_elements)
      return Error{ErrorCode::too_large, "the array holds more than " + std::to_string(max_elements) + " elements", "",
                   ""};
    list.elements.push_back({element.bytes, static_cast<std::size_t>(element.offset), element.index});
    return {};
  });
  auto read = stream.feed(text);
  if (read) read = stream.finish();
  const auto where = [&] { return position_of(text, static_cast<std::size_t>(stream.offset())); };
  switch (stream.place(0)) {
    case ElementStream::Place::closed:
      return list;
    case ElementStream::Place::open:
      list.broken = Error{read ? ErrorCode::invalid_input : read.error().code,
                          read ? "JSON ends inside an array" : read.error().message, where(), ""};
      return list;
    case ElementStream::Place::no_array:
      return Error{ErrorCode::not_found,
                   "JSON holds no array at " + (pointer.empty() ? std::string("its root") : std::string(pointer)),
                   where(), ""};
    case ElementStream::Place::absent:
      break;
  }
  if (!read && stream.offset() >= text.size())
    return Error{ErrorCode::invalid_input,
                 "JSON ends before " + (pointer.empty() ? std::string("it begins") : std::string(pointer)), where(),
                 ""};
  return Error{ErrorCode::not_found, "JSON holds nothing at " + std::string(pointer), where(), ""};
}

}  // namespace moisson::json
