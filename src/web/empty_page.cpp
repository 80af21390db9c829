#include "core/text.h"
#include "web/facet_panel.h"
#include "web/pages.h"
#include "web/typography.h"

#include <algorithm>

namespace moisson::web {
namespace {

constexpr std::size_t tried_words = 4;

// How many data sets a looser search would give; 0 also when it cannot be answered.
std::uint64_t count_of(const index::Snapshot& snapshot, search::Query query) {
  query.page = 1;
  query.page_size = 0;
  query.facets.clear();
  const auto results = snapshot.search(query);
  return results ? results->total : 0;
}

class Tries {
 public:
  Tries(const Page& page, const index::Snapshot& snapshot, Model& model, std::string_view section)
      : page_(page), snapshot_(snapshot), model_(model), section_(section) {}

  void offer(std::string text, const search::Query& query) {
    const std::uint64_t count = count_of(snapshot_, query);
    if (count == 0) return;
    if (list_ == nullptr) list_ = &model_.add(section_);
    list_->add("TRY")
        .set("TEXT", std::move(text))
        .set("URL", page_.to_search(links::at_page(query, 1)))
        .set("COUNT", number(page_.words(), count));
  }

  bool any() const { return list_ != nullptr; }

 private:
  const Page& page_;
  const index::Snapshot& snapshot_;
  Model& model_;
  std::string_view section_;
  Model* list_ = nullptr;
};

}  // namespace

http::Response empty_page(const Page& page, const index::Snapshot& snapshot, const search::Query& query,
                          const search::Results& results, Model& model) {
  const Words& words = page.words();
  Tries less(page, snapshot, model, "LESS");
  const search::Query unfiltered = links::without_filters(query);
  std::size_t filters = 0;
  for (const auto& filter : query.filters) filters += filter.values.size();
  if (!(unfiltered == query) && !query.text.empty())
    less.offer(words.plural("empty.without_filters", std::max<std::size_t>(filters, 1)), unfiltered);
  if (query.text.find('"') != std::string::npos) {
    search::Query loose = query;
    std::erase(loose.text, '"');
    less.offer(std::string(words("empty.without_quotes")), loose);
  }
  const auto parts = moisson::words(query.text, tried_words);
  for (const auto& part : parts) {
    if (parts.size() < 2) break;
    search::Query alone = unfiltered;
    alone.text = query.text.substr(part.begin, part.end - part.begin);
    less.offer(words.fill("empty.alone", {{"word", alone.text}}), alone);
  }

  Tries elsewhere(page, snapshot, model, "ELSEWHERE");
  if (query.text.empty() || filters > 1)
    for (const auto& filter : query.filters)
      for (const auto& value : filter.values) {
        std::string label = value;
        for (const auto& facet : results.facets)
          for (const auto& candidate : facet.values)
            if (facet.field == filter.field && candidate.value == value && !candidate.label.empty())
              label = candidate.label;
        elsewhere.offer(filter_words(words, filter.field, shown(label)), links::with_value({}, filter.field, value));
      }
  elsewhere.offer(std::string(words("error.catalogue")), {});

  const bool bare = snapshot.document_count() == 0;
  model.set("ADVICE", std::string(words(bare                            ? "empty.none_yet"
                                        : less.any() || elsewhere.any() ? "empty.advice_more"
                                                                        : "empty.advice")));
  const std::string tag = page.etag({snapshot.epoch(), std::to_string(snapshot.seq()), page.request().target});
  return page.render("empty.html", model, {.title = std::string(words("empty.title")), .section = Section::catalogue},
                     tag);
}

}  // namespace moisson::web
