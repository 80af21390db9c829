#include "index/plain_text.h"

#include "core/text.h"

#include <array>
#include <utility>

namespace moisson::index {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> entities{{
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"#39", "'"},
    {"nbsp", " "},
    {"eacute", "é"},
    {"egrave", "è"},
    {"agrave", "à"},
    {"ecirc", "ê"},
    {"ccedil", "ç"},
    {"rsquo", "’"},
    {"euro", "€"},
}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class Stripper {
 public:
  explicit Stripper(std::string_view markup) : in_(markup) { out_.reserve(markup.size()); }

  std::string strip() {
    while (at_ < in_.size()) step();
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    return std::move(out_);
  }

 private:
  void step() {
    const char c = in_[at_];
    if (c == '<' && at_ + 1 < in_.size() && (is_letter(in_[at_ + 1]) || in_[at_ + 1] == '/' || in_[at_ + 1] == '!'))
      return tag();
    if (c == '&') return entity();
    if (c == ']' && at_ + 1 < in_.size() && in_[at_ + 1] == '(') return link_target();
    if (is_blank(c)) {
      ++at_;
      line_start_ = line_start_ || c == '\n';
      return blank();
    }
    const bool mark =
        c == '*' || c == '`' || c == '[' || c == ']' || c == '|' || (line_start_ && (c == '#' || c == '>' || c == '-'));
    if (!mark) {
      out_ += c;
      line_start_ = false;
    }
    ++at_;
  }

  void blank() {
    if (!out_.empty() && out_.back() != ' ') out_ += ' ';
  }

  void tag() {
    const auto rest = in_.substr(at_);
    if (rest.starts_with("<!--")) return skip_past("-->");
    for (const auto& [open, close] : {std::pair{"<script", "</script>"}, {"<style", "</style>"}})
      if (iequals_ascii(rest.substr(0, std::string_view(open).size()), open)) return skip_past(close);
    skip_past(">");
  }

  void skip_past(std::string_view end) {
    const auto found = in_.find(end, at_);
    at_ = found == std::string_view::npos ? in_.size() : found + end.size();
    blank();
  }

  void entity() {
    for (const auto& [name, text] : entities) {
      const auto rest = in_.substr(at_ + 1);
      if (rest.starts_with(name) && rest.size() > name.size() && rest[name.size()] == ';') {
        if (text == " ")
          blank();
        else
          out_ += text;
        at_ += name.size() + 2;
        return;
      }
    }
    out_ += '&';
    ++at_;
  }

  void link_target() {
    const auto end = in_.find(')', at_);
    // A target has no blank before its title and stays on its line.
    if (end == std::string_view::npos || in_.substr(at_, end - at_).find('\n') != std::string_view::npos) {
      ++at_;
      return;
    }
    at_ = end + 1;
    blank();
  }

  std::string_view in_;
  std::size_t at_ = 0;
  bool line_start_ = true;
  std::string out_;
};

}  // namespace

std::string plain_text(std::string_view markup, std::size_t limit) { return Stripper(cut(markup, limit)).strip(); }

}  // namespace moisson::index
