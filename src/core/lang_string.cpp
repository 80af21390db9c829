#include <moisson/core/lang_string.h>

#include "core/text.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace moisson {
namespace {

struct Language {
  std::string_view tag;       // ISO 639-1 where there is one
  std::string_view codes;     // ISO 639-2/B, 639-2/T and 639-3, also EU authority codes (in capitals there)
  std::string_view names;     // folded: French, English, own
};

// ISO 639 (https://www.loc.gov/standards/iso639-2/php/code_list.php) and the EU authority table of languages
// (http://publications.europa.eu/resource/authority/language). The EU's official languages, then those met in portals.
constexpr Language languages[] = {
    {"bg", "bul", "bulgare bulgarian bulgarski"},
    {"cs", "cze ces", "tcheque czech cestina"},
    {"da", "dan", "danois danish dansk"},
    {"de", "ger deu", "allemand german deutsch"},
    {"el", "gre ell", "grec greek ellinika"},
    {"en", "eng", "anglais english"},
    {"es", "spa", "espagnol spanish espanol castellano castillan"},
    {"et", "est", "estonien estonian eesti"},
    {"fi", "fin", "finnois finnish suomi"},
    {"fr", "fre fra", "francais french"},
    {"ga", "gle", "irlandais irish gaeilge"},
    {"hr", "hrv scr", "croate croatian hrvatski"},
    {"hu", "hun", "hongrois hungarian magyar"},
    {"it", "ita", "italien italian italiano"},
    {"lt", "lit", "lituanien lithuanian lietuviu"},
    {"lv", "lav", "letton latvian latviesu"},
    {"mt", "mlt", "maltais maltese malti"},
    {"nl", "dut nld", "neerlandais dutch nederlands flamand"},
    {"pl", "pol", "polonais polish polski"},
    {"pt", "por", "portugais portuguese portugues"},
    {"ro", "rum ron", "roumain romanian romana moldave"},
    {"sk", "slo slk", "slovaque slovak slovencina"},
    {"sl", "slv", "slovene slovenian slovenscina"},
    {"sv", "swe", "suedois swedish svenska"},
    {"ar", "ara", "arabe arabic"},
    {"bs", "bos", "bosnien bosnian bosanski"},
    {"ca", "cat", "catalan catala valencien"},
    {"cy", "wel cym", "gallois welsh cymraeg"},
    {"eu", "baq eus", "basque euskara"},
    {"fo", "fao", "feroien faroese"},
    {"fy", "fry", "frison frisian"},
    {"gd", "gla", "gaelique"},
    {"gl", "glg", "galicien galician galego"},
    {"he", "heb", "hebreu hebrew"},
    {"hi", "hin", "hindi"},
    {"hy", "arm hye", "armenien armenian"},
    {"id", "ind", "indonesien indonesian"},
    {"is", "ice isl", "islandais icelandic islenska"},
    {"ja", "jpn", "japonais japanese"},
    {"ka", "geo kat", "georgien georgian"},
    {"ko", "kor", "coreen korean"},
    {"la", "lat", "latin"},
    {"lb", "ltz", "luxembourgeois luxembourgish letzebuergesch"},
    {"mk", "mac mkd", "macedonien macedonian"},
    {"nb", "nob", "bokmal"},
    {"nn", "nno", "nynorsk"},
    {"no", "nor", "norvegien norwegian norsk"},
    {"oc", "oci", "occitan provencal"},
    {"br", "bre", "breton brezhoneg"},
    {"co", "cos", "corse corsican corsu"},
    {"rm", "roh", "romanche romansh"},
    {"ru", "rus", "russe russian"},
    {"sq", "alb sqi", "albanais albanian shqip"},
    {"sr", "srp scc", "serbe serbian srpski"},
    {"tr", "tur", "turc turkish turkce"},
    {"uk", "ukr", "ukrainien ukrainian"},
    {"vi", "vie", "vietnamien vietnamese"},
    {"zh", "chi zho", "chinois chinese"},
    {"gsw", "gsw", "alsacien alsatian alemanique"},
    {"rcf", "rcf", "reunionnais"},
    {"gcf", "gcf", "antillais"},
    {"gcr", "gcr", "guyanais"},
    {"ty", "tah", "tahitien tahitian"},
};

const std::unordered_map<std::string_view, std::string_view>& table() {
  static const auto made = [] {
    std::unordered_map<std::string_view, std::string_view> map;
    for (const auto& language : languages) {
      map.emplace(language.tag, language.tag);
      for (const auto list : {language.codes, language.names})
        for (const auto word : split(list, ' ')) map.emplace(word, language.tag);
    }
    return map;
  }();
  return made;
}

std::string_view primary(std::string_view tag) { return tag.substr(0, tag.find('-')); }

bool is_variant(std::string_view tag, std::string_view language) {
  return !tag.empty() && primary(tag) == primary(language);
}

}  // namespace

const LangString* best(const LangStrings& strings, std::string_view language, std::string_view fallback) {
  const auto find = [&strings](auto&& wanted) -> const LangString* {
    const auto found = std::find_if(strings.begin(), strings.end(), wanted);
    return found == strings.end() ? nullptr : &*found;
  };
  for (const auto wanted : {language, std::string_view{}, fallback}) {
    if (const auto* exact = find([&](const LangString& s) { return s.language == wanted; })) return exact;
    if (wanted.empty()) continue;
    if (const auto* variant = find([&](const LangString& s) { return is_variant(s.language, wanted); })) return variant;
  }
  return strings.empty() ? nullptr : &strings.front();
}

std::string language_tag(std::string_view spelled) {
  spelled = trim(spelled);
  // http://publications.europa.eu/resource/authority/language/FRA, http://id.loc.gov/vocabulary/iso639-1/fr,
  // http://lexvo.org/id/iso639-3/fra: the code is the last segment.
  if (const auto slash = spelled.find_last_of("/#"); slash != std::string_view::npos) spelled.remove_prefix(slash + 1);
  if (spelled.empty() || spelled.size() > 40) return {};
  std::string word = fold(spelled);
  std::replace(word.begin(), word.end(), '_', '-');
  if (const auto found = table().find(word); found != table().end()) return std::string(found->second);

  // "fr_FR", "fra-FR", "fr-FR.UTF-8", "pt-BR", "Français (France)": the language first, then perhaps a region.
  const auto end = word.find_first_of("-. (,;");
  const auto found = end == std::string::npos ? table().end() : table().find(std::string_view(word).substr(0, end));
  if (found == table().end()) return {};
  std::string tag(found->second);
  if (word[end] == '-') {
    const auto subtag = std::string_view(word).substr(end + 1, word.find_first_of(".-", end + 1) - end - 1);
    const bool letters = std::all_of(subtag.begin(), subtag.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (letters && subtag.size() == 2)
      for (const char c : "-" + std::string(subtag)) tag += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return tag;
}

}  // namespace moisson
