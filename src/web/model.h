// Model: what a template shows, as a tree of plain values: texts by name, and sections that stand once for each item
// added. A section that has no item is left out; a name is looked up in the item, then in what holds it. Escaping is
// the renderer's; only Html goes out as it is. Value.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::web {

// Markup that is safe to stand in a page: made by description.h's allow list, or by our own JSON writer.
struct Html {
  std::string markup;
};

class Model {
 public:
  Model& set(std::string_view name, std::string value) {
    texts_.emplace_back(name, std::move(value));
    return *this;
  }

  // Sets the text and shows the section of the same name, unless it is empty.
  Model& maybe(std::string_view name, std::string value) {
    if (value.empty()) return *this;
    show(name);
    return set(name, std::move(value));
  }

  // `name` ends in _HTML: the renderer refuses raw output of any other.
  Model& html(std::string_view name, Html value) { return set(name, std::move(value.markup)); }

  // One more item of the section. The reference stays valid while this model lives.
  Model& add(std::string_view section) {
    for (auto& [name, items] : sections_)
      if (name == section) return items.emplace_back();
    return sections_.emplace_back(std::string(section), std::deque<Model>{}).second.emplace_back();
  }

  // A section without values of its own, once.
  Model& show(std::string_view section) {
    add(section);
    return *this;
  }
  Model& show_if(bool condition, std::string_view section) { return condition ? show(section) : *this; }

  const std::vector<std::pair<std::string, std::string>>& texts() const { return texts_; }
  const std::deque<std::pair<std::string, std::deque<Model>>>& sections() const { return sections_; }

 private:
  std::vector<std::pair<std::string, std::string>> texts_;
  std::deque<std::pair<std::string, std::deque<Model>>> sections_;
};

}  // namespace moisson::web
