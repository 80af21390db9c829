#include "web/calendar.h"
#include "web/harvest_words.h"
#include "web/pages.h"
#include "web/typography.h"
#include "web/visible_source.h"

namespace moisson::web {

http::Response sources_page(const Page& page) {
  const Words& words = page.words();
  const auto sources = visible_sources(page);
  if (!sources) return page.failed(sources.error());
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
