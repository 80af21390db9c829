#include "web/copies.h"

#include "core/text.h"
#include "core/url.h"
#include "web/typography.h"

#include <algorithm>

namespace moisson::web {
namespace {

constexpr std::size_t most_copies = 20, most_reasons = 3, most_characters = 120;

// The key as people write what it stands for.
std::string spelled(std::string_view key) {
  for (const std::string_view form : {"//", "uuid:", "id:"})
    if (key.starts_with(form)) key.remove_prefix(form.size());
  return shorten(key, most_characters);
}

std::string reason(const Words& words, const dcat::SharedKey& key) {
  const auto name = [&](dcat::Signal signal) { return std::string(words("signal." + std::string(to_string(signal)))); };
  const std::string form = key.mine == key.its ? "family.same" : "family.differing";
  return words.fill(form, {{"here", name(key.mine)}, {"there", name(key.its)}});
}

}  // namespace

std::string copies(const Sheet& sheet, Model& model) {
  if (sheet.family.empty()) return {};
  const Words& words = sheet.words();
  Model& family = model.add("FAMILY");
  const auto leader =
      std::find_if(sheet.family.begin(), sheet.family.end(), [](const auto& copy) { return copy.leads; });
  if (leader == sheet.family.end())
    family.show("LEADS");
  else
    family.add("FOLLOWS")
        .set("LEADER", shown(leader->source_title))
        .set("LEADER_URL", sheet.page.local(sheet.links().dataset(leader->id)));
  std::string held;
  for (std::size_t i = 0; i < std::min(sheet.family.size(), most_copies); ++i) {
    const auto& copy = sheet.family[i];
    Model& item = family.add("COPY");
    item.set("SOURCE", shown(copy.source_title)).set("URL", sheet.page.local(sheet.links().dataset(copy.id)));
    if (is_web_url(copy.remote_url)) item.add("REMOTE").set("REMOTE_URL", copy.remote_url);
    if (!copy.direct) item.show("VIA");
    for (std::size_t n = 0; n < std::min(copy.why.size(), most_reasons); ++n)
      item.add("WHY").set("TEXT", reason(words, copy.why[n])).set("VALUE", spelled(copy.why[n].value));
    (held += copy.id) += copy.source_title;
  }
  if (sheet.family.size() > most_copies)
    family.add("REST").set("REST_TEXT", words.plural("family.rest", sheet.family.size() - most_copies));
  return held;
}

}  // namespace moisson::web
