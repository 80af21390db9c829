#include "harvesters/iso19139_tally.h"

#include "core/text.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace moisson::harvesters {
namespace {

// ISO 19139 writes classes and types with a capital first, properties without (ISO/TS 19139 §8).
bool is_property(std::string_view local) { return !local.empty() && local.front() >= 'a' && local.front() <= 'z'; }

class Walk {
 public:
  Walk(Iso19139Reader::Elements consumed, dcat::MappingReport& mapping)
      : consumed_(std::move(consumed)), mapping_(mapping) {
    std::sort(consumed_.begin(), consumed_.end(), std::less<>());
  }

  // `read`: the element stands in a property that was consumed.
  void into(const xml::Element& element, const std::string& way, bool read) {
    for (const xml::Element& child : element.children) {
      const std::string longer = is_property(child.local) ? (way.empty() ? "" : way + "/") + child.local : way;
      into(child, longer, read || std::binary_search(consumed_.begin(), consumed_.end(), &child, std::less<>()));
    }
    const std::string_view value = value_of(element);
    if (value.empty() || way.empty()) return;
    const auto use = read ? dcat::PropertyUse::read : dcat::PropertyUse::dropped;
    if (auto* const fresh = mapping_.add(use, way)) dcat::MappingReport::set_example(*fresh, value);
  }

 private:
  // Text; a code; of what stands elsewhere, by what it is referred to (gco:ObjectReference, uuidref).
  static std::string_view value_of(const xml::Element& element) {
    if (const auto text = trim(element.text); !text.empty() || !element.children.empty()) return text;
    for (const std::string_view name : {"codeListValue", "href", "uuidref"}) {
      if (const auto value = trim(element.attribute(name)); !value.empty()) return value;
    }
    return {};
  }

  Iso19139Reader::Elements consumed_;
  dcat::MappingReport& mapping_;
};

}  // namespace

void tally(const xml::Element& metadata, const Iso19139Reader::Elements& consumed, dcat::MappingReport& mapping) {
  Walk(consumed, mapping).into(metadata, "", false);
}

}  // namespace moisson::harvesters
