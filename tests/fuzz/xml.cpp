// Any bytes as a page of XML, whole and in pieces: both must tell the same story.
#include "core/xml.h"

#include "core/text.h"
#include "fuzz.h"

namespace moisson::fuzz {
namespace {

class Story final : public xml::Handler {
 public:
  Result<void> start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                             const std::vector<xml::NamespaceDeclaration>& declarations) override {
    ++depth_;
    require(depth_ <= xml::Limits{}.depth, "nesting is capped");
    tell("<", name);
    for (const auto& attribute : attributes) tell("@", attribute.name, attribute.value);
    for (const auto& declaration : declarations) ((text_ += "\n^") += declaration.prefix) += declaration.iri;
    return {};
  }
  Result<void> end_element(const xml::Name& name) override {
    require(depth_ > 0, "elements end after they begin");
    --depth_;
    tell(">", name);
    return {};
  }
  Result<void> characters(std::string_view text) override {
    text_ += text;
    return {};
  }
  Result<void> comment(std::string_view text) override {
    (text_ += "\n#") += text;
    return {};
  }
  Result<void> processing_instruction(std::string_view target, std::string_view data) override {
    ((text_ += "\n?") += target) += data;
    return {};
  }

  std::size_t depth() const { return depth_; }
  const std::string& text() const { return text_; }

 private:
  void tell(std::string_view mark, const xml::Name& name, std::string_view value = {}) {
    (((text_ += '\n') += mark) += name.ns) += name.local;
    text_ += value;
  }

  std::size_t depth_ = 0;
  std::string text_;
};

Result<void> parse(std::string_view bytes, std::size_t piece, Story& story) {
  xml::Parser parser(story);
  for (std::size_t at = 0; at < bytes.size(); at += piece)
    if (auto fed = parser.feed(bytes.substr(at, piece)); !fed) return fed;
  return parser.finish();
}

}  // namespace

void read(std::string_view bytes) {
  Story whole;
  const auto done = parse(bytes, bytes.size() + 1, whole);
  require(!done || whole.depth() == 0, "a whole document closes what it opens");
  require(!done || is_utf8(whole.text()), "text comes as UTF-8");
  Story pieces;
  const auto done_in_pieces = parse(bytes, 7, pieces);
  require(!done || !done_in_pieces || whole.text() == pieces.text(), "pieces read as the whole does");
  static_cast<void>(xml::escape(bytes));
}

}  // namespace moisson::fuzz
