#include "web/harvest_words.h"
#include "web/pages.h"

#include <array>

namespace moisson::web {
namespace {

using harvest::JobOutcome;

// The ends of a harvest, in the order in which help explains them.
constexpr std::array<JobOutcome, 8> ends{
    JobOutcome::succeeded, JobOutcome::nothing_changed,   JobOutcome::partial,     JobOutcome::held,
    JobOutcome::stopped,   JobOutcome::refused_by_source, JobOutcome::unreachable, JobOutcome::failed};

}  // namespace

http::Response prose_page(const Page& page, std::string_view name) {
  const Words& words = page.words();
  const std::string key(name);
  Model model;
  model.set("BUILD", page.context().build)
      .set("OPENAPI_URL", page.plain(page.context().links.page("/openapi.json")))
      .set("REUSE_URL", page.local(page.context().links.page("/reuse")))
      .set("BASE", page.context().links.base());
  for (JobOutcome end : ends) {
    const StateWord word = state_word(words, end);
    model.add("STATE")
        .set("WORD", word.word)
        .set("MARK", word.mark)
        .set("MEANING", std::string(words("meaning." + std::string(to_string(end)))));
  }
  const bool help = name == "help";
  return page.render(std::string(name) + ".html", model,
                     {.title = std::string(words(key + ".title")),
                      .summary = std::string(words(key + ".lead")),
                      .canonical = page.context().links.page("/" + std::string(name)),
                      .section = help ? Section::help : Section::none,
                      .section_is_page = help},
                     page.etag({name}));
}

}  // namespace moisson::web
