#include "dcat/language_guess.h"

#include "core/text.h"

#include <moisson/core/lang_string.h>

#include <cstdio>  // its header needs it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace moisson::dcat {

std::string guess_language(std::string_view text, std::string_view likely) {
  constexpr std::size_t most_bytes = 400;
  constexpr int least_share = 70;  // percent of the text
  constexpr int least_read = 50;   // bytes: "Arbres de la ville de Paris" is taken for Catalan
  text = cut(text, most_bytes);
  CLD2::Language found[3] = {};
  int shares[3] = {};
  int read = 0;
  bool sure = false;
  const std::string code(likely.substr(0, likely.find('-')));
  const auto hint = code.empty() ? CLD2::UNKNOWN_LANGUAGE : CLD2::GetLanguageFromName(code.c_str());
  CLD2::DetectLanguageSummary(text.data(), static_cast<int>(text.size()), false, nullptr, CLD2::UNKNOWN_ENCODING, hint,
                              found, shares, &read, &sure);
  if (!sure || shares[0] < least_share || read < least_read) return {};
  return language_tag(CLD2::LanguageCode(found[0]));
}

}  // namespace moisson::dcat
