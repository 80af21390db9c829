#include "index/synonyms.h"

#include "core/text.h"
#include "dcat/publisher.h"
#include "index/analysis.h"
#include "index/embedded.h"
#include "index/names.h"

#include <algorithm>

namespace moisson::index {
namespace {

constexpr std::size_t most_matches = 16;

std::vector<std::string> content_words(std::string_view spelled) {
  std::vector<std::string> content;
  for (auto& word : words(spelled, 32))
    if (!is_stop_word(word.folded)) content.push_back(std::move(word.folded));
  return content;
}

Synonyms::Group group_of(std::string_view terms) {
  Synonyms::Group group;
  for (const auto part : split(terms, ';'))
    if (auto found = content_words(part); !found.empty()) group.push_back({trim(part), std::move(found)});
  return group;
}

}  // namespace

const Synonyms& Synonyms::shipped() {
  static const Synonyms made = [] {
    Synonyms read(embedded("synonyms.tsv"));
    for (const auto& names : dcat::publisher_names()) {
      Group group;
      for (const auto name : names)
        if (auto found = content_words(name); !found.empty()) group.push_back({name, std::move(found)});
      read.add(std::move(group));
    }
    return read;
  }();
  return made;
}

Synonyms::Synonyms(std::string_view table) {
  for (const auto line : split(table, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    add(group_of(line.substr(0, line.find('\t'))));
  }
}

void Synonyms::add(Group group) {
  // Spellings that differ in stop words or plurals alone are one term.
  std::vector<std::string> keys;
  Group distinct;
  for (auto& term : group) {
    auto key = name_key(term.words);
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    keys.push_back(std::move(key));
    distinct.push_back(std::move(term));
  }
  if (distinct.size() < 2) return;
  for (std::size_t i = 0; i < distinct.size(); ++i) {
    longest_ = std::max(longest_, distinct[i].words.size());
    by_name_.emplace(keys[i], Said{groups_.size(), i});
  }
  groups_.push_back(std::move(distinct));
}

std::vector<Synonyms::Match> Synonyms::find(std::span<const std::string> content) const {
  std::vector<Match> found;
  for (std::size_t begin = 0; begin < content.size(); ++begin) {
    const auto most = std::min(longest_, content.size() - begin);
    for (std::size_t count = most; count > 0; --count) {
      const auto [first, last] = by_name_.equal_range(name_key(content.subspan(begin, count)));
      for (auto at = first; at != last; ++at) {
        if (found.size() == most_matches) return found;
        found.push_back({begin, begin + count, &groups_[at->second.group], at->second.term});
      }
    }
  }
  return found;
}

}  // namespace moisson::index
