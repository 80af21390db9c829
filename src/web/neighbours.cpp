#include "web/neighbours.h"

#include "core/text.h"
#include "web/dated_list.h"
#include "web/typography.h"

#include <algorithm>

namespace moisson::web {
namespace {

using search::Field;

constexpr std::size_t title_words = 10, read_keywords = 2, keyword_words = 2;
constexpr std::uint32_t most_similar = 5, most_of_publisher = 4;
// Of the best score, which is mostly the record's own: below, the records share no more than a common word.
constexpr double least_share = 0.2;

// What the record is about. Folded words are no operators of the query's language; figures (a year, a sheet's number)
// are rare and would outweigh the words, though a neighbour is the same thing of another year.
std::string subject_words(const Sheet& sheet) {
  std::string text;
  const auto add = [&](std::string_view from, std::size_t limit) {
    for (const auto& word : words(from, limit))
      if (word.folded.find_first_of("0123456789") == word.folded.npos) (text += text.empty() ? "" : " ") += word.folded;
  };
  add(sheet.value(sheet.common().title), title_words);
  const auto& keywords = sheet.common().keyword;
  for (std::size_t i = 0; i < std::min(keywords.size(), read_keywords); ++i) add(keywords[i].value, keyword_words);
  return text;
}

}  // namespace

std::string neighbours(const Sheet& sheet, Model& model) {
  const auto snapshot = sheet.page.context().slot.current();
  if (!snapshot) return {};
  const auto is_same = [&](const std::string& id) {
    return id == sheet.stored.id ||
           std::any_of(sheet.family.begin(), sheet.family.end(), [&](const auto& copy) { return copy.id == id; });
  };
  std::string held;
  const auto list = [&](const search::Query& query, std::string_view section, std::uint32_t most, bool by_score) {
    const auto results = snapshot->search(query);
    if (!results || results->hits.empty()) return;
    double best = 0;
    for (const auto& hit : results->hits) best = std::max(best, hit.score);
    Model* into = nullptr;
    for (const auto& hit : results->hits) {
      if (is_same(hit.id) || most == 0 || (by_score && hit.score < least_share * best)) continue;
      if (into == nullptr) into = &model.add(section);
      dated_item(sheet.page, hit, by_score ? WithPublisher::yes : WithPublisher::no, *into);
      (held += hit.id) += ' ';
      --most;
    }
  };

  search::Query alike;
  alike.language = sheet.page.language();
  alike.text = subject_words(sheet);
  alike.page_size = most_similar + 1;
  if (!alike.text.empty()) list(alike, "SIMILAR", most_similar, true);

  const auto& publishers = sheet.card[Field::publisher];
  if (publishers.empty()) return held;
  search::Query others = links::with_value({}, Field::publisher, publishers.front().value);
  others.language = sheet.page.language();
  others.sort = search::Sort::modified;
  others.page_size = most_of_publisher + 1;
  list(others, "SAME_PUBLISHER", most_of_publisher, false);
  return held;
}

}  // namespace moisson::web
