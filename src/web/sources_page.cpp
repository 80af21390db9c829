#include "web/calendar.h"
#include "web/harvest_words.h"
#include "web/pages.h"
#include "web/typography.h"
#include "web/visible_source.h"

#include <fmt/format.h>

#include <algorithm>

namespace moisson::web {

namespace {

constexpr std::size_t charted_jobs = 12;
constexpr double bar_pitch = 8, bar_height = 24;

// What each of the last harvests created or changed, as bars; the newest at the right, whatever the count.
void trend(const Words& words, const std::vector<std::uint64_t>& changed, Model& row) {
  if (changed.empty()) return;
  const auto [least, most] = std::minmax_element(changed.begin(), changed.end());
  Model& chart = row.add("TREND");
  chart.set("LABEL", words.plural("sources.trend_label", changed.size(),
                                  {{"min", number(words, *least)},
                                   {"max", number(words, *most)},
                                   {"last", number(words, changed.back())}}));
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const double share = *most == 0 ? 0 : static_cast<double>(changed[i]) / static_cast<double>(*most);
    const double height = std::max(1.0, bar_height * share);
    chart.add("BAR")
        .set("X", fmt::format("{:.0f}", bar_pitch * static_cast<double>(charted_jobs - changed.size() + i)))
        .set("Y", fmt::format("{:.1f}", bar_height - height))
        .set("HEIGHT", fmt::format("{:.1f}", height));
  }
}

}  // namespace

http::Response sources_page(const Page& page) {
  const Words& words = page.words();
  const auto sources = visible_sources(page);
  if (!sources) return page.failed(sources.error());
  const auto changes = page.context().store.recent_changes(charted_jobs);
  if (!changes) return page.failed(changes.error());
  Model model;
  std::uint64_t records = 0;
  for (const auto& status : *sources) records += status.records;
  model.set("LEAD", words.plural("sources.lead", sources->size(), {{"records", number(words, records)}}));
  Model* table = sources->empty() ? nullptr : &model.add("TABLE");
  for (const auto& status : *sources) {
    const StateWord state = state_word(words, status.source.state);
    const StateWord outcome = state_word(words, status.last_job);
    Model& row = table->add("ROW");
    row.set("URL", page.local(page.context().links.source(status.source.id)))
        .set("NAME", shown(status.source.title))
        .set("KIND", kind_word(words, status.source.kind))
        .set("RECORDS", number(words, status.records))
        .set("STATE", state.word)
        .set("STATE_MARK", state.mark)
        .set("OUTCOME", outcome.word)
        .set("MARK", outcome.mark)
        .set("NEXT", next_run_words(words, status, page.now()));
    if (const auto changed = changes->find(status.source.id); changed != changes->end())
      trend(words, changed->second, row);
    if (status.last_job && status.last_job->ended) row.maybe("AGO", ago(words, *status.last_job->ended, page.now()));
  }
  model.show_if(sources->empty(), "NONE");
  if (page.request().identity.may(http::Role::operator_))
    model.add("NEW").set("URL", page.local(page.context().links.page("/sources/new")));
  return page.render("sources.html", model,
                     {.title = std::string(words("sources.title")),
                      .summary = words.plural("sources.lead", sources->size(), {{"records", number(words, records)}}),
                      .canonical = page.context().links.sources(),
                      .section = Section::sources,
                      .section_is_page = true});
}

}  // namespace moisson::web
