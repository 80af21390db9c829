#include "web/description.h"

#include "core/text.h"
#include "core/url.h"
#include "core/xml.h"
#include "web/character_reference.h"
#include "web/html_token.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

namespace moisson::web {
namespace {

// What an element may hold, and where it may stand.
enum class Role : std::uint8_t {
  inline_,    // inside a paragraph
  paragraph,  // holds only inline elements
  flow,       // holds paragraphs, lists, tables
  item,       // flow, inside its parent only: li, dd, td …
  list,       // holds items
  empty,      // br, hr
  boundary,   // a div: gone, but it ends the paragraph
};

struct Element {
  std::string_view written;  // by the publisher
  std::string_view shown;    // by us
  Role role;
  std::string_view parents = {};  // of an item: blank-separated names, one of which is open
};

// The allow list. Headings start at h3: h1 is the data set's title, h2 the page's sections.
constexpr std::array<Element, 45> elements{{
    {"p", "p", Role::paragraph},
    {"br", "br", Role::empty},
    {"hr", "hr", Role::empty},
    {"em", "em", Role::inline_},
    {"i", "em", Role::inline_},
    {"cite", "em", Role::inline_},
    {"strong", "strong", Role::inline_},
    {"b", "strong", Role::inline_},
    {"code", "code", Role::inline_},
    {"tt", "code", Role::inline_},
    {"kbd", "code", Role::inline_},
    {"sub", "sub", Role::inline_},
    {"sup", "sup", Role::inline_},
    {"del", "del", Role::inline_},
    {"s", "del", Role::inline_},
    {"a", "a", Role::inline_},
    {"h1", "h3", Role::paragraph},
    {"h2", "h3", Role::paragraph},
    {"h3", "h4", Role::paragraph},
    {"h4", "h5", Role::paragraph},
    {"h5", "h6", Role::paragraph},
    {"h6", "h6", Role::paragraph},
    {"pre", "pre", Role::paragraph},
    {"blockquote", "blockquote", Role::flow},
    {"ul", "ul", Role::list},
    {"ol", "ol", Role::list},
    {"dl", "dl", Role::list},
    {"table", "table", Role::list},
    {"li", "li", Role::item, "ul ol"},
    {"dt", "dt", Role::item, "dl"},
    {"dd", "dd", Role::item, "dl"},
    {"thead", "thead", Role::item, "table"},
    {"tbody", "tbody", Role::item, "table"},
    {"tr", "tr", Role::item, "table thead tbody"},
    {"td", "td", Role::item, "tr"},
    {"th", "th", Role::item, "tr"},
    {"div", "", Role::boundary},
    {"section", "", Role::boundary},
    {"article", "", Role::boundary},
    {"header", "", Role::boundary},
    {"footer", "", Role::boundary},
    {"center", "", Role::boundary},
    {"address", "", Role::boundary},
    {"main", "", Role::boundary},
    {"figure", "", Role::boundary},
}};

// Their text is no text: it goes with them (HTML §13.2.5.2 and foreign content).
constexpr std::array<std::string_view, 16> swallowed{
    "script", "style",  "title",    "textarea", "iframe", "noembed", "noframes",  "noscript",
    "xmp",    "object", "template", "svg",      "math",   "select",  "plaintext", "head"};

constexpr std::size_t max_open = 32;  // nested elements; deeper tags go, their text stays

const Element* element_named(std::string_view name) {
  for (const Element& element : elements)
    if (element.written == name) return &element;
  return nullptr;
}

bool holds_word(std::string_view list, std::string_view word) {
  for (std::string_view candidate : split(list, ' '))
    if (candidate == word) return true;
  return false;
}

bool is_blank(std::string_view text) { return trim(text).empty(); }

// The address if a reader may follow it: web or mail. Written again from its parts, so that no spelling trick survives.
std::string followable(std::string_view reference) {
  const std::string_view address = trim(reference);
  if (is_web_url(address))
    if (const auto url = parse_url(address); url) return url->text();
  constexpr std::string_view mail = "mailto:";
  if (!lower_ascii(address.substr(0, mail.size())).starts_with(mail)) return {};
  const std::string_view box = address.substr(mail.size());
  for (char c : box)
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '<' || c == '>' ||
        c == '"')
      return {};
  return box.find('@') == box.npos ? std::string() : std::string(mail) + std::string(box);
}

// Writes what is allowed, in balance.
class Cleaner {
 public:
  void text(std::string_view raw) {
    const std::string decoded = decode_references(raw);
    if (open_.empty() || role_of_last() == Role::flow) {
      paragraphs(decoded);
      return;
    }
    if (role_of_last() == Role::list || is_structural()) {
      if (!is_blank(decoded)) out_ += xml::escape(decoded);
      return;
    }
    out_ += xml::escape(decoded);
  }

  void start(const HtmlToken& tag) {
    if (tag.name == "img") return image(tag);
    const Element* element = element_named(tag.name);
    if (element == nullptr) return;
    switch (element->role) {
      case Role::boundary:
        return close_paragraph();
      case Role::empty:
        return lone(*element);
      case Role::inline_:
        return begin_inline(*element, tag);
      case Role::item:
        return begin_item(*element);
      case Role::paragraph:
      case Role::flow:
      case Role::list:
        break;
    }
    close_paragraph();
    if (!open_.empty() && (role_of_last() == Role::list || is_structural())) return;
    push(*element);
  }

  void end(std::string_view name) {
    const Element* element = element_named(name);
    if (element == nullptr) return;
    if (element->role == Role::boundary) return close_paragraph();
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i]->shown == element->shown) return close_down_to(i);
      // An inline end tag does not reach out of its cell or item, nor an item's out of its list.
      if (element->role == Role::inline_ && open_[i]->role != Role::inline_) return;
      if (element->role == Role::item && open_[i]->role == Role::list) return;
    }
  }

  std::string finish() {
    close_down_to(0);
    return std::move(out_);
  }

 private:
  Role role_of_last() const { return open_.back()->role; }

  // Rows and table parts hold elements, not text.
  bool is_structural() const {
    const std::string_view name = open_.back()->shown;
    return name == "tr" || name == "thead" || name == "tbody";
  }

  bool is_open(std::string_view shown) const {
    for (const Element* element : open_)
      if (element->shown == shown) return true;
    return false;
  }

  void push(const Element& element, std::string_view attributes = {}) {
    if (open_.size() >= max_open) return;
    out_ += '<';
    (out_ += element.shown) += attributes;
    out_ += '>';
    open_.push_back(&element);
  }

  void close_down_to(std::size_t size) {
    while (open_.size() > size) {
      ((out_ += "</") += open_.back()->shown) += '>';
      open_.pop_back();
    }
  }

  // Ends what holds inline content, up to the innermost flow element or item.
  void close_paragraph() {
    std::size_t size = open_.size();
    while (size > 0 && (open_[size - 1]->role == Role::inline_ || open_[size - 1]->role == Role::paragraph)) --size;
    close_down_to(size);
  }

  // Loose text stands in a paragraph; an empty line begins another.
  void ensure_paragraph() {
    static constexpr Element paragraph{"p", "p", Role::paragraph};
    if (open_.empty() || role_of_last() == Role::flow) push(paragraph);
  }

  void paragraphs(std::string_view decoded) {
    for (std::size_t at = 0; at < decoded.size();) {
      const std::size_t gap = std::min(decoded.find("\n\n", at), decoded.size());
      const std::string_view piece = decoded.substr(at, gap - at);
      if (!is_blank(piece)) {
        ensure_paragraph();
        out_ += xml::escape(piece);
        if (gap < decoded.size()) close_paragraph();
      }
      at = gap + 2;
    }
  }

  void lone(const Element& element) {
    if (element.shown == "hr") {
      close_paragraph();
      if (!open_.empty() && role_of_last() != Role::flow) return;
    } else if (open_.empty() || role_of_last() == Role::flow || role_of_last() == Role::list || is_structural()) {
      return;  // a line break between paragraphs says nothing
    }
    ((out_ += '<') += element.shown) += " />";
  }

  void begin_inline(const Element& element, const HtmlToken& tag) {
    std::string attributes;
    if (element.shown == "a") {
      const std::string address = followable(attribute(tag.attributes, "href"));
      if (address.empty() || is_open("a")) return;
      attributes = link_attributes(address);
    }
    if (!open_.empty() && (role_of_last() == Role::list || is_structural())) return;
    ensure_paragraph();
    push(element, attributes);
  }

  void begin_item(const Element& element) {
    std::size_t i = open_.size();
    while (i > 0 && !holds_word(element.parents, open_[i - 1]->shown)) {
      // A cell does not look for a row beyond its own table.
      if (open_[i - 1]->role == Role::list) return close_paragraph();
      --i;
    }
    if (i == 0) return close_paragraph();
    close_down_to(i);
    push(element);
  }

  // A page asks no third party for anything: an image becomes a link to it, or its text inside a link.
  void image(const HtmlToken& tag) {
    const std::string alternative = attribute(tag.attributes, "alt");
    const std::string address = followable(attribute(tag.attributes, "src"));
    const std::string name =
        !alternative.empty() || address.empty() ? alternative : address.substr(address.rfind('/') + 1);
    if (is_blank(name)) return;
    if (address.empty() || address.starts_with("mailto:") || is_open("a")) return text(xml::escape(name));
    static constexpr Element link{"a", "a", Role::inline_};
    if (!open_.empty() && (role_of_last() == Role::list || is_structural())) return;
    ensure_paragraph();
    const std::size_t depth = open_.size();
    push(link, link_attributes(address));
    out_ += xml::escape(name);
    close_down_to(depth);
  }

  static std::string link_attributes(std::string_view address) {
    return " href=\"" + xml::escape(address) + "\" rel=\"nofollow noopener ugc\"";
  }

  std::string out_;
  std::vector<const Element*> open_;
};

struct Free {
  void operator()(char* memory) const { std::free(memory); }
};

// Raw HTML stays (CommonMark 6.6): what is made goes through the allow list as all HTML does.
std::string from_markdown(std::string_view markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
      cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_HARDBREAKS | CMARK_OPT_VALIDATE_UTF8), cmark_parser_free);
  for (const char* name : {"autolink", "table"})
    if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name))
      cmark_parser_attach_syntax_extension(parser.get(), extension);
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(cmark_parser_finish(parser.get()),
                                                                         cmark_node_free);
  const std::unique_ptr<char, Free> html(cmark_render_html(document.get(), CMARK_OPT_HARDBREAKS | CMARK_OPT_UNSAFE,
                                                           cmark_parser_get_syntax_extensions(parser.get())));
  return html.get();
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Strong words, a link or a heading as only Markdown writes them. A line of stars or an asterisk alone is none.
bool has_markdown_marks(std::string_view text) {
  if (text.find("](http") != std::string_view::npos) return true;
  for (std::size_t at = 0, begun = 0; (at = text.find("**", at)) != std::string_view::npos; at += 2) {
    const bool opens = at + 2 < text.size() && !is_space(text[at + 2]) && text[at + 2] != '*';
    if (begun > 0 && !is_space(text[at - 1])) return true;
    if (opens) begun = at + 2;
  }
  for (const auto line : split(text, '\n'))
    if (const auto marks = line.find_first_not_of('#');
        marks != std::string_view::npos && marks >= 1 && marks <= 6 && line[marks] == ' ')
      return true;
  return false;
}

}  // namespace

bool looks_like_html(std::string_view text) {
  if (has_markdown_marks(text)) return false;
  for (std::size_t at = 0; const auto token = next_token(text, at);) {
    const bool start = token->kind == HtmlToken::Kind::start && (token->name == "br" || token->name == "p");
    if (!start && token->kind != HtmlToken::Kind::end) continue;
    if (element_named(token->name) != nullptr || token->name == "span") return true;
  }
  return false;
}

Html sanitise(std::string_view html) {
  Cleaner cleaner;
  for (std::size_t at = 0; auto token = next_token(html, at);) {
    switch (token->kind) {
      case HtmlToken::Kind::text:
        cleaner.text(token->text);
        break;
      case HtmlToken::Kind::end:
        cleaner.end(token->name);
        break;
      case HtmlToken::Kind::nothing:
        break;
      case HtmlToken::Kind::start:
        if (std::find(swallowed.begin(), swallowed.end(), token->name) != swallowed.end())
          skip_element(html, at, token->name);
        else
          cleaner.start(*token);
        break;
    }
  }
  return {cleaner.finish()};
}

Html describe(std::string_view text) {
  const std::string clean = clean_utf8(cut(text, max_description_bytes));
  return sanitise(looks_like_html(clean) ? clean : from_markdown(clean));
}

}  // namespace moisson::web
