#include "core/text.h"
#include "web/calendar.h"
#include "web/dated_list.h"
#include "web/france_map.h"
#include "web/harvest_words.h"
#include "web/pages.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <algorithm>

namespace moisson::web {
namespace {

constexpr std::size_t shown_harvests = 7;
constexpr std::uint32_t shown_news = 7;

void figure(Model& model, const Words& words, std::string_view key, std::uint64_t n) {
  model.add("FIGURE").set("NUMBER", number(words, n)).set("LABEL", words.plural(key, n));
}

void news(const Page& page, const search::Results& results, Model& model) {
  if (results.hits.empty()) return;
  Model& list = model.add("NEWS");
  for (const search::Hit& hit : results.hits) dated_item(page, hit, WithPublisher::yes, list);
}

void themes(const Page& page, const search::Results& results, Model& model) {
  if (results.facets.empty() || results.facets.front().values.empty()) return;
  auto values = results.facets.front().values;
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return fold(a.label) < fold(b.label); });
  Model& section = model.add("THEMES");
  for (const auto& value : values)
    section.add("THEME")
        .set("LABEL", value.label)
        .set("COUNT", number(page.words(), value.count))
        .set("URL", page.local(page.context().links.theme(value.value)));
}

// Large sources first: that is where a fault costs most.
void harvests(const Page& page, std::vector<store::SourceStatus> sources, Model& model) {
  if (sources.empty()) {
    model.show("NO_HARVESTS");
    return;
  }
  std::stable_sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) { return a.records > b.records; });
  Model& table = model.add("HARVESTS");
  table.set("ALL_SOURCES", page.words().plural("home.all_sources", sources.size()));
  sources.resize(std::min(sources.size(), shown_harvests));
  for (const auto& status : sources) {
    const StateWord outcome = state_word(page.words(), status.last_job);
    Model& row = table.add("ROW");
    row.set("URL", page.local(page.context().links.source(status.source.id))).set("NAME", shown(status.source.title));
    row.set("RECORDS", number(page.words(), status.records)).set("OUTCOME", outcome.word).set("MARK", outcome.mark);
    if (status.last_job && status.last_job->ended)
      row.maybe("AGO", ago(page.words(), *status.last_job->ended, page.now()));
  }
}

// A dot for each region that a source is about.
void dots(const std::vector<store::SourceStatus>& sources, Model& model) {
  for (const auto& status : sources)
    if (const auto point = middle_of(status.source.territory))
      model.add("DOT").set("X", fmt::format("{:.1f}", point->x)).set("Y", fmt::format("{:.1f}", point->y));
}

// Searches to begin with: those of the table that find something here.
void examples(const Page& page, const index::Snapshot& snapshot, Model& model) {
  Model* row = nullptr;
  for (std::string_view key : {"home.example.1", "home.example.2", "home.example.3", "home.example.4"}) {
    search::Query query;
    query.text = std::string(page.words()(key));
    query.page_size = 0;
    if (const auto found = snapshot.search(query); !found || found->total == 0) continue;
    query.page_size = search::Query{}.page_size;
    if (row == nullptr) row = &model.add("EXAMPLES");
    row->add("EXAMPLE").set("TEXT", query.text).set("URL", page.to_search(query));
  }
}

}  // namespace

http::Response home_page(const Page& page) {
  const Words& words = page.words();
  auto sources = page.context().store.sources();
  if (!sources) return page.failed(sources.error());
  std::erase_if(*sources, [](const auto& status) { return status.source.state != harvest::SourceState::active; });

  Model model;
  const std::string lead =
      sources->empty() ? std::string(words("home.lead.none")) : words.plural("home.lead", sources->size());
  model.set("LEAD", lead);
  dots(*sources, model);
  if (const auto snapshot = page.context().slot.current()) {
    search::Query all;
    all.language = page.language();
    all.page_size = 0;
    all.facets = {search::Field::theme, search::Field::publisher};
    all.facet_size = 20;
    const auto counts = snapshot->search(all);
    if (!counts) return page.failed(counts.error());

    search::Query recent;
    recent.language = page.language();
    recent.sort = search::Sort::modified;
    recent.page_size = shown_news;
    recent.modified.from = page.now() - std::chrono::days{7};
    recent.modified.to = page.now();  // some portals date their data in the future
    auto week = snapshot->search(recent);
    if (!week) return page.failed(week.error());
    const std::uint64_t this_week = week->total;
    if (week->hits.size() < shown_news) {
      recent.modified.from.reset();
      week = snapshot->search(recent);
      if (!week) return page.failed(week.error());
    }

    figure(model, words, "home.datasets", counts->total);
    if (counts->facets.size() > 1) figure(model, words, "home.publishers", counts->facets[1].distinct);
    figure(model, words, "home.portals", sources->size());
    if (this_week > 0) figure(model, words, "home.this_week", this_week);
    examples(page, *snapshot, model);
    themes(page, *counts, model);
    news(page, *week, model);
    model.show_if(week->hits.empty(), "NO_NEWS");
    search::Query newest;
    newest.sort = search::Sort::modified;
    const std::string feed = page.plain(page.context().links.search_as(newest, "atom"));
    model.set("ALL_NEW_URL", page.to_search(newest)).set("ATOM_URL", feed);
    model.add("ALTERNATE")
        .set("MEDIA_TYPE", "application/atom+xml")
        .set("TITLE", page.context().title)
        .set("URL", feed);
  } else {
    model.show("STARTING").show("NO_NEWS");
  }
  harvests(page, std::move(*sources), model);
  return page.render("home.html", model,
                     {.title = std::string(words("home.title")),
                      .summary = lead,
                      .canonical = page.context().links.home(),
                      .section = Section::none});
}

}  // namespace moisson::web
