#include "web/leaves.h"

#include <algorithm>

namespace moisson::web {
namespace {

// RFC 6901 §3.
std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
  return out;
}

}  // namespace

// Without recursion: a document may be json::max_depth deep.
std::vector<Leaf> leaves(json::View root, std::size_t most) {
  std::vector<Leaf> out;
  std::vector<std::pair<std::string, json::View>> todo{{"", root}};
  while (!todo.empty() && out.size() < most) {
    const auto [pointer, view] = std::move(todo.back());
    todo.pop_back();
    const bool array = view.is(json::Kind::array);
    if (!array && !view.is(json::Kind::object)) {
      if (std::string value = view.text(); !value.empty()) out.push_back({pointer, std::move(value)});
      continue;
    }
    for (std::size_t i = view.size(); i-- > 0;)
      array ? todo.emplace_back(pointer + "/" + std::to_string(i), view[i])
            : todo.emplace_back(pointer + "/" + escaped(view.key(i)), view.member(i));
  }
  return out;
}

}  // namespace moisson::web
