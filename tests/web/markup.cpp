#include "markup.h"

#include "core/text.h"
#include "core/xml.h"

#include <algorithm>
#include <array>

namespace moisson::web::test {
namespace {

class Reader final : public xml::Handler {
 public:
  explicit Reader(ReadMarkup& out) : out_(out) {}

  Result<void> start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                             const std::vector<xml::NamespaceDeclaration>&) override {
    out_.elements.emplace_back(name.local);
    for (const auto& attribute : attributes)
      out_.attributes.push_back(std::string(name.local) + "@" + std::string(attribute.name.local) + "=" +
                                std::string(attribute.value));
    return {};
  }
  Result<void> end_element(const xml::Name&) override { return {}; }
  Result<void> characters(std::string_view text) override {
    out_.text += text;
    return {};
  }

 private:
  ReadMarkup& out_;
};

}  // namespace

bool ReadMarkup::has_element(std::string_view name) const {
  return std::find(elements.begin(), elements.end(), name) != elements.end();
}

std::string ReadMarkup::danger() const {
  constexpr std::array<std::string_view, 14> running{"iframe", "object",   "embed", "applet",   "base",
                                                     "math",   "template", "frame", "frameset", "img",
                                                     "video",  "audio",    "style", "portal"};
  for (std::string_view name : running)
    if (has_element(name)) return "<" + std::string(name) + ">";
  for (const std::string& attribute : attributes) {
    const std::size_t at = attribute.find('@');
    const std::size_t equals = attribute.find('=', at);
    const std::string name = lower_ascii(attribute.substr(at + 1, equals - at - 1));
    std::string value = lower_ascii(attribute.substr(equals + 1));
    std::erase_if(value, [](unsigned char c) { return c <= 0x20; });
    if (name.starts_with("on") || name == "style" || name == "srcdoc" || name == "background") return attribute;
    const bool address = name == "href" || name == "src" || name == "action" || name == "formaction";
    if (!address) continue;
    for (std::string_view scheme : {"javascript:", "vbscript:", "data:", "file:"})
      if (value.starts_with(scheme)) return attribute;
  }
  return {};
}

ReadMarkup read_markup(std::string_view markup, bool fragment) {
  ReadMarkup out;
  Reader reader(out);
  xml::Parser parser(reader);
  const std::string whole = fragment ? "<div>" + std::string(markup) + "</div>" : std::string(markup);
  auto done = parser.feed(whole);
  if (done) done = parser.finish();
  if (!done) out.fault = to_string(done.error());
  if (fragment && !out.elements.empty()) out.elements.erase(out.elements.begin());
  return out;
}

}  // namespace moisson::web::test
