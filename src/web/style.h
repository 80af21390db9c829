// Style: the site's one style sheet with the operator's variables in it, as each page carries it inside, so that one
// request shows a page. The Content-Security-Policy lets it pass by its hash. Immutable; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson::web {

// What an operator may choose. Lightness is fixed by the sheet, so contrast holds whatever hue is picked.
struct Theme {
  double neutral_hue = 84;      // of paper and ink, 0 to 360
  double accent_hue = 158;      // of links and buttons, 0 to 360
  double accent_chroma = .082;  // 0 (grey) to 0.12 (vivid)
  double radius = .25;          // of corners, 0 to 1 rem
  std::string title_font;       // a CSS list of font families, of letters, digits, spaces and ,"-; empty: the sheet's
};

class Style {
 public:
  explicit Style(const Theme& theme);

  const std::string& sheet() const { return sheet_; }
  const std::string& source() const { return source_; }  // for style-src: 'sha256-…' (CSP 3 §2.3.1)

 private:
  std::string sheet_, source_;
};

// CSS without comments, and blanks no longer than one: it holds none inside strings that matter. Pure.
std::string compact_css(std::string_view css);

}  // namespace moisson::web
