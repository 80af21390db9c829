#include "dcat/normalise.h"

#include "core/hash.h"
#include "core/language_name.h"
#include "dcat/embedded.h"
#include "dcat/language_guess.h"
#include "dcat/publisher.h"
#include "dcat/territory.h"
#include "dcat/vocabulary.h"

#include <algorithm>

namespace moisson::dcat {
namespace {

// Raised when what normalise() does with equal tables changes, or what all mappers share (clean_utf8).
constexpr std::uint64_t rules_version = 3;

Concept guessed(std::string iri, LangStrings label = {}) { return {std::move(iri), std::move(label), true}; }

// Words get the address that the table gives them; an address of the publisher's own stays.
void settle(std::optional<Concept>& stated, std::string_view iri) {
  if (!stated || !stated->iri.empty() || iri.empty()) return;
  stated->iri = iri;
  stated->guessed = true;
}

// Where no licence is stated, a right that names one is it: udata writes the licences that have no address of their own so.
void settle_licence(std::optional<Concept>& stated, const LangStrings& rights) {
  if (stated && says_unknown("licence", *stated)) stated.reset();
  for (auto right = rights.begin(); !stated && right != rights.end(); ++right) {
    if (const auto* named = named_licence({{}, {*right}, false})) stated = guessed(std::string(named->iri), {*right});
  }
  if (!stated) return;
  if (const auto* known = licence(*stated)) settle(stated, known->iri);
}

void settle_format(Distribution& file) {
  for (auto* stated : {&file.format, &file.media_type})
    if (*stated && says_unknown("format", **stated)) stated->reset();
  const auto* known = format_of(file);
  if (known == nullptr) return;
  if (!file.format)
    file.format = guessed(std::string(known->iri), {{std::string(known->label), {}}});
  else if (format(*file.format) == known)
    settle(file.format, known->iri);
}

// EU data themes: of the stated themes, in whatever vocabulary; of the keywords where no stated theme is one.
void settle_themes(Resource& resource) {
  constexpr std::size_t most_of_keywords = 2;
  std::vector<const Term*> known;
  const auto add = [&](const Term* found, bool stated) {
    if (found == nullptr || std::find(known.begin(), known.end(), found) != known.end()) return;
    known.push_back(found);
    if (!stated) resource.theme.push_back(guessed(theme_iri(found->key)));
  };
  for (auto& stated : resource.theme) {
    const Term* found = theme(stated);
    if (found == nullptr) continue;
    if (stated.iri.empty()) {
      stated.iri = theme_iri(found->key);
      stated.guessed = true;
    }
    if (stated.iri == theme_iri(found->key)) add(found, true);
  }
  const std::size_t stated_themes = resource.theme.size();
  for (std::size_t i = 0; i < stated_themes; ++i) add(theme(resource.theme[i]), false);
  if (!known.empty()) return;
  for (const auto& keyword : resource.keyword) {
    if (known.size() >= most_of_keywords) return;
    add(theme({{}, {{keyword.value, {}}}, false}), false);
  }
}

// The language that the texts without one are in: stated, else told by the letters, else the source's.
void settle_language(Resource& resource, const NormaliseDefaults& defaults) {
  if (!resource.language.empty()) return;
  const auto tagged = [](const LangString& text) { return !text.language.empty(); };
  if (std::any_of(resource.title.begin(), resource.title.end(), tagged)) return;
  std::string text;
  for (const auto* texts : {&resource.title, &resource.description})
    for (const auto& each : *texts)
      if (each.language.empty() && text.size() < 400) text.append(each.value).append("\n");
  std::string tag = guess_language(text, defaults.language);
  if (tag.empty()) tag = defaults.language;
  if (tag.empty()) return;
  resource.language.push_back(guessed(language_iri(tag), {{tag, {}}}));
}

// Result: the territory that they serve; nullptr: not known.
const Territory* settle_publishers(Resource& resource, const NormaliseDefaults& defaults, const Territory* near) {
  const Territory* served = nullptr;
  for (auto* agents : {&resource.publisher, &resource.creator})
    for (auto& agent : *agents) {
      auto facts = publisher(agent, defaults.source, near);
      agent.key = std::move(facts.key);
      agent.guessed = facts.guessed;
      if (served == nullptr) served = facts.territory;
    }
  return served;
}

// Which territories the stated places are. A record that names none takes its publisher's, else its source's: said by us.
void settle_places(Resource& resource, const Territory* publishers, const Territory* near) {
  bool known = false, named = false;
  for (auto& stated : resource.spatial) {
    known |= stated.guessed;
    if (stated.guessed) continue;
    stated.territory.clear();
    for (const Territory* found : territories_of(stated, near)) stated.territory.push_back(found->key);
    known |= !stated.territory.empty();
    named |= !stated.iri.empty() || !stated.label.empty();
  }
  if (known || named) return;
  const Territory* inferred = publishers != nullptr ? publishers : near;
  if (inferred == nullptr) return;
  Location& made = resource.spatial.emplace_back();
  made.territory.push_back(inferred->key);
  made.guessed = true;
}

void settle_frequency(std::optional<Concept>& stated) {
  if (stated)
    if (const auto* known = frequency(*stated)) settle(stated, frequency_iri(known->key));
}

}  // namespace

void normalise(Record& record, const NormaliseDefaults& defaults) {
  Resource& common = resource(record);
  const Territory* near = defaults.territory.empty() ? nullptr : territory(defaults.territory);
  settle_language(common, defaults);
  settle_places(common, settle_publishers(common, defaults, near), near);
  settle_themes(common);
  settle_licence(common.licence, common.rights);
  if (common.access_rights)
    if (const auto* known = access_rights(*common.access_rights))
      settle(common.access_rights, access_rights_iri(known->key));
  if (auto* dataset = std::get_if<Dataset>(&record)) {
    settle_frequency(dataset->frequency);
    for (auto& file : dataset->distribution) {
      settle_format(file);
      settle_licence(file.licence, file.rights);
    }
  } else if (auto* series = std::get_if<DatasetSeries>(&record)) {
    settle_frequency(series->frequency);
  }
}

std::uint64_t vocabulary_version() {
  static const std::uint64_t version = [] {
    std::uint64_t hash = hash64("rules " + std::to_string(rules_version)) ^ language_table_version();
    for (const auto& file : all_embedded()) hash = hash * 0x9e3779b97f4a7c15ULL + hash64(file.bytes);
    return hash;
  }();
  return version;
}

}  // namespace moisson::dcat
