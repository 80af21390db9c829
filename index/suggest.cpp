#include "index/suggest.h"

#include "core/text.h"
#include "dcat/vocabulary.h"
#include "index/card.h"
#include "index/schema.h"

#include <algorithm>
#include <unordered_set>

namespace moisson::index {
namespace {

using search::Field;

constexpr std::size_t longest_typed = 200;  // bytes
constexpr std::size_t most_titles = 2'000;  // that begin as typed, looked at for the best
constexpr std::size_t most_endings = 24;    // words that the last one typed may become
constexpr std::size_t most_cards = 40;      // read, for titles that differ

struct Kind {
  Field field;
  std::string_view name;
  std::size_t share;  // of the room, one part in so many
};
constexpr std::array kinds{Kind{Field::theme, "theme", 8}, Kind{Field::publisher, "publisher", 4},
                           Kind{Field::territory, "territory", 5}, Kind{Field::keyword, "keyword", 6}};

class Suggester {
 public:
  Suggester(const State& state, Handle& handle, std::string_view language, std::size_t most)
      : state_(state), handle_(handle), language_(language), most_(most) {}

  Result<std::vector<Suggestion>> suggest(const std::string& typed) {
    std::vector<Suggestion> out;
    const auto& completions = state_.completions->get(*state_.column);
    for (const auto& kind : kinds)
      for (const auto& found :
           completions.find(*state_.column, kind.field, typed, std::max<std::size_t>(1, most_ / kind.share)))
        out.push_back(of_value(kind, found));
    std::unordered_set<std::string> shown;
    std::size_t read = 0;
    for (const auto row : titled(typed)) {
      if (out.size() >= most_ || ++read > most_cards) break;
      const auto card = decode(handle_.database.get_document(row).get_data());
      if (!card) return card.error();
      const auto* title = best(card->title, language_, card->language.empty() ? "fr" : card->language);
      if (title && shown.insert(title->value).second) out.push_back({title->value, "dataset", card->id, 1});
    }
    if (out.size() > most_) out.resize(most_);
    return out;
  }

  // The words typed, each that is in no title replaced by the nearest that is; the last is only begun.
  std::string corrected(const std::string& typed) {
    const auto& lexicon = state_.lexicon->get(handle_.database);
    std::string out;
    const auto parts = split(typed, ' ');
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool last = i + 1 == parts.size();
      std::string_view word = parts[i];
      const bool known = last ? !lexicon.beginning(word, 1).empty() : lexicon.find(word).has_value();
      if (!known)
        if (const auto near = last ? lexicon.nearest_beginning(word) : lexicon.nearest(word)) word = near->word.text;
      out.append(i == 0 ? "" : " ").append(word);
    }
    return out;
  }

 private:
  Suggestion of_value(const Kind& kind, const Completions::Found& found) const {
    const auto& entry = state_.column->vocabulary(kind.field).entries[found.value];
    std::string label = row(kind.field).free_label
                            ? (entry.label.empty() ? entry.value : entry.label)
                            : dcat::label(search::description(kind.field).name, entry.value, language_);
    return {std::move(label), std::string(kind.name), entry.value, found.count};
  }

  // Rows whose title begins as typed, best first, then those that have its words in their title.
  std::vector<Row> titled(const std::string& typed) {
    auto rows = by_worth(beginning(typed));
    if (rows.size() >= most_) return rows;
    for (const auto row : by_worth(having(typed)))
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    return rows;
  }

  std::vector<Row> beginning(const std::string& typed) const {
    const auto& column = *state_.column;
    const auto order = state_.ranking(search::Sort::title).order();
    auto at = std::lower_bound(order.begin(), order.end(), typed,
                               [&](Row row, const std::string& key) { return column.title(row) < key; });
    std::vector<Row> found;
    for (; at != order.end() && found.size() < most_titles && column.title(*at).starts_with(typed); ++at)
      found.push_back(*at);
    return found;
  }

  std::vector<Row> having(const std::string& typed) {
    const auto parts = split(typed, ' ');
    const auto postings = [&](std::string_view word) {
      return state_.postings->of(handle_.database, term(prefix::title, word));
    };
    Rows rows;
    for (const auto& ending : state_.lexicon->get(handle_.database).beginning(parts.back(), most_endings))
      rows |= *postings(ending.text);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) rows &= *postings(parts[i]);
    std::vector<Row> found(rows.cardinality());
    rows.toUint32Array(found.data());
    return found;
  }

  std::vector<Row> by_worth(std::vector<Row> rows) const {
    std::erase_if(rows, [this](Row row) { return state_.families->repeated().contains(row); });
    const auto& prior = *state_.prior;
    const auto kept = std::min(most_cards, rows.size());
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end(), [&](Row a, Row b) {
      const float left = prior(a, 1), right = prior(b, 1);
      return left != right ? left > right : a < b;
    });
    rows.resize(kept);
    return rows;
  }

  const State& state_;
  Handle& handle_;
  std::string_view language_;
  std::size_t most_;
};

}  // namespace

Result<std::vector<Suggestion>> suggest(const State& state, Handle& handle, std::string_view text,
                                        std::string_view language, std::uint32_t limit) {
  const auto typed = spaced_words(cut(text, longest_typed));
  if (typed.empty()) return std::vector<Suggestion>{};
  Suggester suggester(state, handle, language, std::clamp<std::uint32_t>(limit, 1, 20));
  auto found = suggester.suggest(typed);
  if (!found || !found->empty()) return found;
  const auto meant = suggester.corrected(typed);
  return meant == typed ? found : suggester.suggest(meant);
}

}  // namespace moisson::index
