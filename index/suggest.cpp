#include "index/suggest.h"

#include "core/text.h"
#include "dcat/vocabulary.h"
#include "index/card.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

constexpr std::size_t longest_typed = 200;     // bytes
constexpr std::size_t most_titles = 2'000;     // looked at for the most popular

std::string typed_words(std::string_view text) {
  std::string out;
  for (const auto& word : words(cut(text, longest_typed), 20)) out += (out.empty() ? "" : " ") + word.folded;
  return out;
}

// Values of `field` whose folded label begins like the words typed.
std::vector<Suggestion> values(const State& state, search::Field field, std::string_view kind, const std::string& typed,
                               std::string_view language, std::size_t limit) {
  const auto& vocabulary = state.column->vocabulary(field);
  const bool free = row(field).free_label;
  const auto begins = slug(typed);
  std::vector<Suggestion> found;
  for (Ordinal ordinal = 0; ordinal < vocabulary.size(); ++ordinal) {
    const auto count = vocabulary.counts[ordinal];
    if (count == 0) continue;
    const auto& entry = vocabulary.entries[ordinal];
    auto label = free ? std::string{} : dcat::label(search::description(field).name, entry.value, language);
    // Publishers' values are slugs and keywords are folded already: no label is folded again for each question.
    const bool match = !free ? typed_words(label).starts_with(typed)
                             : entry.value.starts_with(begins) || entry.value.starts_with(typed);
    if (!match) continue;
    if (free) label = entry.label.empty() ? entry.value : entry.label;
    found.push_back({std::move(label), std::string(kind), entry.value, count});
  }
  const auto kept = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
                    [](const Suggestion& a, const Suggestion& b) { return a.count != b.count ? a.count > b.count : a.value < b.value; });
  found.resize(kept);
  return found;
}

std::vector<Row> titled(const State& state, const std::string& typed, std::size_t limit) {
  const auto& column = *state.column;
  const auto order = state.ranking(search::Sort::title).order();
  auto at = std::lower_bound(order.begin(), order.end(), typed, [&](Row row, const std::string& key) { return column.title(row) < key; });
  std::vector<Row> found;
  for (; at != order.end() && found.size() < most_titles && column.title(*at).starts_with(typed); ++at) found.push_back(*at);
  const auto kept = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), [&](Row a, Row b) {
    const auto &left = column.facts(a), &right = column.facts(b);
    return left.popularity != right.popularity ? left.popularity > right.popularity : a < b;
  });
  found.resize(kept);
  return found;
}

}  // namespace

Result<std::vector<Suggestion>> suggest(const State& state, Handle& handle, std::string_view text, std::string_view language,
                                        std::uint32_t limit) {
  const auto typed = typed_words(text);
  std::vector<Suggestion> out;
  if (typed.empty()) return out;
  const std::size_t most = std::clamp<std::uint32_t>(limit, 1, 20);
  using search::Field;
  // Up to half of the room for values, so that titles are always seen.
  for (const auto& [field, kind] : {std::pair{Field::theme, "theme"}, {Field::publisher, "publisher"}, {Field::keyword, "keyword"}})
    for (auto& value : values(state, field, kind, typed, language, std::max<std::size_t>(1, most / 6))) out.push_back(std::move(value));
  for (const auto row : titled(state, typed, most)) {
    if (out.size() >= most) break;
    auto card = decode(handle.database.get_document(row).get_data());
    if (!card) return card.error();
    const auto* title = best(card->title, language, card->language.empty() ? "fr" : card->language);
    if (title) out.push_back({title->value, "dataset", card->id, 1});
  }
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace moisson::index
