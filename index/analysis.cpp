#include "index/analysis.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <xapian.h>

namespace moisson::index {
namespace {

constexpr std::array<std::string_view, 20> languages{"fr", "en", "de", "es", "it", "nl", "pt", "ca", "da", "eu",
                                                     "fi", "hu", "lt", "no", "ro", "ru", "sv", "tr", "ga", "ne"};

// Memory of one language's stems; when it is full it starts anew, since the words of a catalog are Zipf-distributed.
constexpr std::size_t remembered = 100'000;

const std::unordered_set<std::string_view>& stop_words() {
  static const std::unordered_set<std::string_view> words{
      // fr
      "a", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "elle", "en", "est", "et", "eux", "il", "ils",
      "la", "le", "les", "leur", "leurs", "mais", "ne", "ou", "par", "pas", "pour", "qu", "que", "qui", "sa", "se",
      "ses", "son", "sont", "sur", "un", "une", "vers", "y", "l", "d",
      // en
      "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or",
      "that", "the", "this", "to", "was", "which", "with",
      // de
      "am", "auf", "aus", "bei", "das", "dem", "den", "der", "die", "ein", "eine", "einer", "fur", "im", "ist", "mit",
      "nach", "oder", "sich", "sind", "und", "uber", "von", "vom", "zu", "zum", "zur",
      // es, it, nl, pt
      "con", "del", "el", "los", "las", "lo", "para", "por", "una", "che", "da", "dal", "dalla", "dei", "della",
      "delle", "di", "gli", "i", "nel", "nella", "per", "een", "het", "op", "te", "van", "voor", "ao", "com", "dos",
      "em", "na", "nas", "no", "nos", "o", "os", "uma"};
  return words;
}

// Into `languages`; its size: none.
std::size_t language_number(std::string_view tag) {
  auto primary = tag.substr(0, tag.find('-'));
  if (primary == "nb" || primary == "nn") primary = "no";
  return static_cast<std::size_t>(std::find(languages.begin(), languages.end(), primary) - languages.begin());
}

}  // namespace

std::string_view stemmed_language(std::string_view tag) {
  const auto number = language_number(tag);
  return number == languages.size() ? std::string_view{} : languages[number];
}

bool is_stop_word(std::string_view folded) { return stop_words().contains(folded); }

struct Stemmer::Language {
  explicit Language(std::string_view code) : stemmer(std::string(code)) {}
  Xapian::Stem stemmer;
  std::unordered_map<std::string, std::string> known;
};

Stemmer::Stemmer() : languages_(languages.size()) {}
Stemmer::~Stemmer() = default;

const std::string& Stemmer::stem(std::string_view tag, const std::string& folded) {
  const auto number = language_number(tag);
  if (number == languages.size()) return folded;
  auto& memory = languages_[number];
  if (!memory) memory = std::make_unique<Language>(languages[number]);
  if (const auto found = memory->known.find(folded); found != memory->known.end()) return found->second;
  if (memory->known.size() >= remembered) memory->known.clear();
  return memory->known.emplace(folded, memory->stemmer(folded)).first->second;
}

std::vector<std::string> Stemmer::stems(const std::vector<std::string>& wanted, const std::string& folded) {
  std::vector<std::string> found;
  for (const auto& language : wanted) found.push_back(stem(language, folded));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace moisson::index
