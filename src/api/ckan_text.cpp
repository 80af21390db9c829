#include "api/ckan_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace moisson::api::ckan {
namespace {

const LangString* best_of(const LangStrings& texts, const Package& package, const Context& context) {
  return best(texts, package.card.language.empty() ? context.language : package.card.language, context.language);
}

bool is_said_without(const LangStrings& texts, std::string_view words) {
  return std::all_of(texts.begin(), texts.end(),
                     [&](const LangString& text) { return text.language.empty() || text.language == words; });
}

}  // namespace

std::string_view text_of(const LangStrings& texts, const Package& package, const Context& context) {
  const auto* text = best_of(texts, package, context);
  return text ? std::string_view(text->value) : std::string_view{};
}

std::string_view words_language(const Package& package, const Context& context) {
  const auto* title = best_of(dcat::resource(package.record).title, package, context);
  return title ? std::string_view(title->language) : std::string_view{};
}

void write_translations(json::Writer& out, std::string_view key, const LangStrings& texts, std::string_view words) {
  if (is_said_without(texts, words)) return;
  std::set<std::string_view> met;
  out.key(key).begin_object();
  for (const auto& text : texts)
    if (!text.language.empty() && met.insert(text.language).second) out.field(text.language, text.value);
  out.end_object();
}

void write_tag_translations(json::Writer& out, const LangStrings& keywords, std::string_view words) {
  if (is_said_without(keywords, words)) return;
  std::map<std::string_view, std::vector<std::string_view>> by_language;
  for (const auto& keyword : keywords) by_language[keyword.language].push_back(keyword.value);
  out.key("tags_translated").begin_object();
  for (const auto& [language, values] : by_language) {
    out.key(language).begin_array();
    for (const auto value : values) out.string(value);
    out.end_array();
  }
  out.end_object();
}

}  // namespace moisson::api::ckan
