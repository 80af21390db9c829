#include "web/dated_list.h"

#include "web/calendar.h"
#include "web/typography.h"

namespace moisson::web {

void dated_item(const Page& page, const search::Hit& hit, WithPublisher with, Model& list) {
  const Moment changed = hit.modified ? *hit.modified : Moment{hit.last_changed, Precision::second};
  Model& item = list.add("ITEM");
  item.set("ISO", format_moment(changed)).set("WHEN", when(page.words(), changed, page.now()));
  item.set("URL", page.local(page.context().links.dataset(hit.id)));
  item.set("TITLE", hit.title.value.empty() ? std::string(page.words()("word.untitled")) : shown(hit.title.value));
  item.maybe("TEXT_LANG", foreign_language(page, hit.title.language));
  if (with == WithPublisher::yes && !hit.publisher.empty()) item.maybe("BY", shown(hit.publisher.front().label));
}

}  // namespace moisson::web
