#include "core/xml_tree.h"

#include "core/text.h"

#include <algorithm>

namespace moisson::xml {
namespace {

bool named(const Element& element, std::string_view name) { return name == "*" || element.local == name; }

std::string qualified(std::string_view prefix, std::string_view local) {
  return prefix.empty() ? std::string(local) : std::string(prefix) + ":" + std::string(local);
}

void collect(const Element& element, std::string_view path, std::vector<const Element*>& out) {
  const auto slash = path.find('/');
  const auto name = path.substr(0, slash);
  for (const Element& child : element.children) {
    if (!named(child, name)) continue;
    if (slash == std::string_view::npos)
      out.push_back(&child);
    else
      collect(child, path.substr(slash + 1), out);
  }
}

void put(std::string& out, const Element& element) {  // as deep as the parser's cap
  const std::string name = qualified(element.prefix, element.local);
  out.append("<").append(name);
  for (const auto& [prefix, iri] : element.declarations) {
    out.append(prefix.empty() ? " xmlns" : " xmlns:" + prefix).append("=\"").append(escape(iri)).append("\"");
  }
  for (const auto& attribute : element.attributes) {
    out.append(" ").append(qualified(attribute.prefix, attribute.local)).append("=\"");
    out.append(escape(attribute.value)).append("\"");
  }
  const std::string_view text = element.children.empty() ? std::string_view(element.text) : trim(element.text);
  if (text.empty() && element.children.empty()) {
    out.append("/>");
    return;
  }
  out.append(">").append(escape(text));
  for (const Element& child : element.children) put(out, child);
  out.append("</").append(name).append(">");
}

class Whole final : public Handler {
 public:
  Result<void> start_element(const Name& name, const std::vector<Attribute>& attributes,
                             const std::vector<NamespaceDeclaration>& declarations) override {
    return builder_.start(name, attributes, declarations);
  }
  Result<void> end_element(const Name&) override {
    builder_.end();
    return {};
  }
  Result<void> characters(std::string_view text) override { return builder_.characters(text); }
  Element take() { return builder_.take(); }

 private:
  TreeBuilder builder_;
};

}  // namespace

std::string_view Element::attribute(std::string_view name) const {
  for (const Attribute& attribute : attributes) {
    if (attribute.local == name) return attribute.value;
  }
  return {};
}

const Element* Element::child(std::string_view name) const {
  const auto found = std::find_if(children.begin(), children.end(), [&](const Element& e) { return named(e, name); });
  return found == children.end() ? nullptr : &*found;
}

std::vector<const Element*> Element::all(std::string_view path) const {
  std::vector<const Element*> out;
  collect(*this, path, out);
  return out;
}

const Element* Element::first(std::string_view path) const {
  const auto found = all(path);
  return found.empty() ? nullptr : found.front();
}

Result<void> TreeBuilder::count(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ > max_bytes) return Error{ErrorCode::too_large, "an XML record exceeds 16 MiB", "", ""};
  return {};
}

Result<void> TreeBuilder::start(const Name& name, const std::vector<Attribute>& attributes,
                                const std::vector<NamespaceDeclaration>& declarations,
                                const std::vector<std::pair<std::string, std::string>>& in_scope) {
  if (open_.empty()) elements_ = bytes_ = 0;
  if (++elements_ > max_elements) return Error{ErrorCode::too_large, "an XML record exceeds 200,000 elements", "", ""};
  Element element;
  element.prefix = name.prefix;
  element.local = name.local;
  element.ns = name.ns;
  std::size_t bytes = name.local.size();
  for (const Attribute& attribute : attributes) {
    element.attributes.push_back(
        {std::string(attribute.name.prefix), std::string(attribute.name.local), std::string(attribute.value)});
    bytes += attribute.value.size() + attribute.name.local.size();
  }
  for (const NamespaceDeclaration& declaration : declarations) {
    element.declarations.emplace_back(declaration.prefix, declaration.iri);
    bytes += declaration.iri.size();
  }
  for (const auto& [prefix, iri] : in_scope) {
    const bool hidden = std::any_of(element.declarations.begin(), element.declarations.end(),
                                    [&prefix = prefix](const auto& own) { return own.first == prefix; });
    if (!hidden) element.declarations.emplace_back(prefix, iri);
  }
  open_.push_back(std::move(element));
  return count(bytes);
}

Result<void> TreeBuilder::characters(std::string_view text) {
  if (open_.empty()) return {};
  open_.back().text.append(text);
  return count(text.size());
}

bool TreeBuilder::end() {
  Element ended = std::move(open_.back());
  open_.pop_back();
  if (open_.empty()) {
    root_ = std::move(ended);
    return true;
  }
  open_.back().children.push_back(std::move(ended));
  return false;
}

Element TreeBuilder::take() { return std::exchange(root_, Element{}); }

Result<Element> parse_tree(std::string_view text, Limits limits) {
  Whole handler;
  Parser parser(handler, limits);
  if (auto fed = parser.feed(text); !fed) return fed.error();
  if (auto ended = parser.finish(); !ended) return ended.error();
  return handler.take();
}

std::string write(const Element& element) {
  std::string out;
  put(out, element);
  return out;
}

}  // namespace moisson::xml
