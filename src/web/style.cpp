#include "web/style.h"

#include "core/hash.h"
#include "web/embedded.h"

#include <fmt/format.h>

namespace moisson::web {

std::string compact_css(std::string_view css) {
  std::string out;
  for (std::size_t at = 0; at < css.size();) {
    if (css.substr(at).starts_with("/*")) {
      const std::size_t end = css.find("*/", at + 2);
      at = end == css.npos ? css.size() : end + 2;
      continue;
    }
    const bool blank = css[at] == ' ' || css[at] == '\n';
    if (!blank)
      out += css[at];
    else if (!out.empty() && out.back() != ' ' && out.back() != '{' && out.back() != '}' && out.back() != ';')
      out += ' ';
    ++at;
  }
  return out;
}

Style::Style(const Theme& theme) : sheet_(compact_css(embedded("moisson.css"))) {
  sheet_ += fmt::format(":root{{--neutral-hue:{};--accent-hue:{};--accent-chroma:{};--radius:{}rem", theme.neutral_hue,
                        theme.accent_hue, theme.accent_chroma, theme.radius);
  if (!theme.title_font.empty()) sheet_ += ";--title-font:" + theme.title_font;
  sheet_ += '}';
  source_ = "'sha256-" + sha256_base64(sheet_) + "'";
}

}  // namespace moisson::web
