#include "allowed_markup.h"

#include "core/url.h"
#include "core/xml.h"
#include "fuzz.h"

#include <algorithm>
#include <array>
#include <string>

namespace moisson::fuzz {
namespace {

constexpr std::array<std::string_view, 29> allowed{"p",     "br",         "hr",  "em", "strong", "code",
                                                   "sub",   "sup",        "del", "a",  "h3",     "h4",
                                                   "h5",    "h6",         "pre", "ul", "ol",     "dl",
                                                   "li",    "blockquote", "dt",  "dd", "td",     "table",
                                                   "thead", "tbody",      "tr",  "th", "article"};  // the wrapper below

class Watch final : public xml::Handler {
 public:
  Result<void> start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                             const std::vector<xml::NamespaceDeclaration>& declarations) override {
    require(std::find(allowed.begin(), allowed.end(), name.local) != allowed.end(), "elements are of the allow list");
    require(name.prefix.empty() && declarations.empty(), "no other vocabulary is mixed in");
    for (const auto& [attribute, value] : attributes) {
      require(name.local == "a" && (attribute.local == "href" || attribute.local == "rel"),
              "only links have attributes");
      require(attribute.local != "href" || is_web_url(value) || value.starts_with("mailto:"), "links lead to the web");
    }
    links_ += name.local == "a" ? 1 : 0;
    require(links_ <= 1, "links do not nest");
    return {};
  }
  Result<void> end_element(const xml::Name& name) override {
    links_ -= name.local == "a" ? 1 : 0;
    return {};
  }
  Result<void> characters(std::string_view) override { return {}; }
  Result<void> comment(std::string_view) override { return broken(); }
  Result<void> processing_instruction(std::string_view, std::string_view) override { return broken(); }

 private:
  static Result<void> broken() {
    require(false, "comments and instructions are gone");
    return {};
  }

  int links_ = 0;
};

}  // namespace

void check_markup(std::string_view markup) {
  Watch watch;
  xml::Parser parser(watch);
  auto done = parser.feed(std::string("<article>").append(markup).append("</article>"));
  if (done) done = parser.finish();
  require(done.has_value(), "markup is well-formed XML");
}

}  // namespace moisson::fuzz
