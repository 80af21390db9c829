#include "web/relation.h"

#include "core/text.h"
#include "core/url.h"
#include "web/typography.h"

#include <moisson/search/condition.h>

namespace moisson::web {

std::vector<Related> related(const Sheet& sheet, const std::vector<dcat::Iri>& names, std::size_t most) {
  const auto snapshot = sheet.page.context().slot.current();
  std::vector<Related> found;
  for (const auto& name : names) {
    if (found.size() == most) break;
    search::Query query;
    query.language = sheet.page.language();
    query.page_size = 1;
    query.condition = search::Condition{.kind = search::Condition::Kind::identifier, .text = name.value};
    const auto results =
        snapshot && name.value.size() <= 200 ? snapshot->search(query) : Result<search::Results>(search::Results{});
    if (results && !results->hits.empty()) {
      const search::Hit& hit = results->hits.front();
      if (hit.id == sheet.stored.id) continue;
      const std::string title = hit.title.value.empty() ? std::string(sheet.words()("word.untitled")) : hit.title.value;
      found.push_back({shown(title), sheet.page.local(sheet.links().dataset(hit.id)),
                       foreign_language(sheet.page, hit.title.language)});
    } else if (is_web_url(name.value)) {
      found.push_back({shorten(name.value, 120), name.value, {}});
    }
  }
  return found;
}

}  // namespace moisson::web
