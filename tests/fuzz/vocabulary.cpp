// Any bytes as the theme, format, licence or frequency that a portal states: by IRI, by label and by code.
#include "dcat/vocabulary.h"

#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const std::string said(bytes);
  dcat::Concept by_iri;
  by_iri.iri = said;
  dcat::Concept by_label;
  by_label.label.push_back({said, "fr"});
  for (const dcat::Concept& stated : {by_iri, by_label}) {
    if (const auto* theme = dcat::theme(stated)) require(!dcat::theme_iri(theme->key).empty(), "a theme has an IRI");
    if (const auto* licence = dcat::licence(stated)) require(!licence->key.empty(), "a licence has a key");
    if (const auto* frequency = dcat::frequency(stated)) require(!frequency->key.empty(), "a frequency has a key");
    dcat::Distribution distribution;
    distribution.format = stated;
    distribution.download_url.push_back({said});
    if (const auto* format = dcat::format_of(distribution))
      require(!format->key.empty() && !format->family.empty(), "a format has a key and a family");
  }
  static_cast<void>(dcat::label("theme", bytes, "fr"));
  static_cast<void>(dcat::label("format", bytes, bytes));
}

}  // namespace moisson::fuzz
