#include "web/mapping_uses.h"

#include "core/text.h"
#include "web/typography.h"

#include <algorithm>

namespace moisson::web {

void mapping_uses(const Words& words, const std::vector<dcat::PropertyTally>& tallies, Model& section) {
  for (const auto use : {dcat::PropertyUse::dropped, dcat::PropertyUse::guessed, dcat::PropertyUse::read}) {
    const auto of_use = [use](const dcat::PropertyTally& tally) { return tally.use == use; };
    const auto count = std::count_if(tallies.begin(), tallies.end(), of_use);
    if (count == 0) continue;
    const std::string word = "mapping." + std::string(dcat::to_string(use));
    Model& group = section.add("USE");
    group.set("USE_TITLE", words.plural(word, static_cast<std::uint64_t>(count)))
        .set("USE_NOTE", std::string(words(word + ".note")));
    for (const auto& tally : tallies) {
      if (!of_use(tally)) continue;
      group.add("TALLY")
          .set("PROPERTY", tally.property)
          .set("COUNT", number(words, tally.count))
          .set("EXAMPLE", tally.example)
          .set("RECORD", std::string(cut(tally.record, 120)));
    }
  }
}

}  // namespace moisson::web
