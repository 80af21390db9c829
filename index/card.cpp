#include "index/card.h"

#include "core/text.h"
#include "dcat/publisher.h"
#include "dcat/territory.h"
#include "dcat/vocabulary.h"
#include "index/analysis.h"
#include "index/plain_text.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

using search::Field;

constexpr std::size_t longest_value = 200;     // bytes; a filter's cap too (search/query.h)
constexpr std::size_t longest_title = 1'000;   // bytes
constexpr std::size_t longest_excerpt = 600;   // bytes, for snippets; a hit shows 300 characters
constexpr std::size_t longest_markup = 8'192;  // bytes read to make an excerpt
constexpr std::size_t most_values = 100;       // of one field of one record
constexpr std::size_t most_languages = 24;     // of one text: those of the Union
constexpr std::size_t most_places = 32;

void add(Values& values, std::string value, std::string_view label = {}) {
  value.resize(cut(value, longest_value).size());
  if (value.empty() || values.size() >= most_values) return;
  if (std::any_of(values.begin(), values.end(), [&](const auto& known) { return known.value == value; })) return;
  values.push_back({std::move(value), std::string(cut(trim(label), longest_value))});
}

std::string_view label_of(const dcat::Concept& stated, std::string_view language) {
  const auto* label = best(stated.label, language);
  return label ? std::string_view(label->value) : std::string_view{};
}

// "BUS" of http://data.europa.eu/bna/BUS or …#BUS.
std::string_view last_segment(std::string_view iri) {
  while (iri.ends_with('/')) iri.remove_suffix(1);
  return iri.substr(iri.find_last_of("/#") + 1);
}

void add_publishers(Values& values, const dcat::Resource& resource, std::string_view language) {
  const auto& agents = resource.publisher.empty() ? resource.creator : resource.publisher;
  for (const auto& agent : agents) {
    const auto* name = best(agent.name, language);
    std::string key = !agent.key.empty() ? agent.key : name ? slug(name->value) : std::string{};
    const std::string known = dcat::publisher_name(agent.key, "fr");
    std::string_view label = !known.empty() ? std::string_view(known)
                             : name         ? std::string_view(name->value)
                                            : std::string_view{};
    if (key.empty() && !agent.identifier.empty()) key = slug(label = agent.identifier.front());
    if (key.empty()) key = slug(label = agent.iri);
    add(values, std::move(key), label);
  }
}

void add_formats(Card& card, const dcat::Record& record) {
  for (const auto& distribution : dcat::distributions(record)) {
    if (const auto* format = dcat::format_of(distribution)) {
      add(card[Field::format], std::string(format->key), format->label);
      add(card[Field::format_family], std::string(format->family));
    }
  }
}

void add_licence(Card& card, const dcat::Record& record) {
  const auto stated = dcat::licence_of(record);
  const auto* known = stated ? dcat::licence(*stated) : nullptr;
  if (known) {
    add(card[Field::licence], std::string(known->key), known->label);
  } else if (stated) {
    const auto label = label_of(*stated, card.language);
    add(card[Field::licence], slug(label.empty() ? last_segment(stated->iri) : label),
        label.empty() ? stated->iri : label);
  }
  add(card[Field::open], known ? (known->open ? "yes" : "no") : "unknown");
}

void add_languages(Card& card, const dcat::Resource& resource) {
  for (const auto& stated : resource.language) {
    auto tag = language_tag(stated.iri);
    if (tag.empty()) tag = language_tag(label_of(stated, card.language));
    add(card[Field::language], std::move(tag));
  }
  if (card[Field::language].empty()) add(card[Field::language], card.language);
}

// The territories that its places are, and all that they lie within.
void add_places(Card& card, const dcat::Resource& resource) {
  for (const auto& place : resource.spatial) {
    if (card.boxes.size() >= most_places) return;
    if (place.bbox) card.boxes.push_back(*place.bbox);
    for (const auto& key : place.territory) {
      const auto* territory = dcat::territory(key);
      if (territory == nullptr) continue;
      add(card[Field::territory], territory->key);
      for (const auto* outer : dcat::containing(*territory)) add(card[Field::territory], outer->key);
    }
  }
}

void add_dataset_facts(Card& card, const dcat::Record& record) {
  const std::vector<dcat::PeriodOfTime>* periods = nullptr;
  const std::optional<dcat::Concept>* frequency = nullptr;
  if (const auto* dataset = std::get_if<dcat::Dataset>(&record)) {
    periods = &dataset->temporal;
    frequency = &dataset->frequency;
  } else if (const auto* series = std::get_if<dcat::DatasetSeries>(&record)) {
    periods = &series->temporal;
    frequency = &series->frequency;
  } else {
    return;
  }
  if (*frequency)
    if (const auto* known = dcat::frequency(**frequency)) add(card[Field::frequency], std::string(known->key));
  for (const auto& period : *periods) {
    if (card.temporal.size() >= most_places) break;
    Period kept;
    if (period.start) kept.from = period.start->instant.time_since_epoch().count();
    if (period.end) kept.to = period.end->instant.time_since_epoch().count();
    if (kept != Period{}) card.temporal.push_back(kept);
  }
}

bool is_wide(const dcat::Resource& resource) {
  bool wide = false;
  for (const auto& place : resource.spatial)
    for (const auto& key : place.territory) {
      const auto* territory = dcat::territory(key);
      if (territory == nullptr) continue;
      if (territory->kind > dcat::TerritoryKind::country) return false;
      wide = true;
    }
  return wide;
}

LangStrings kept_texts(const LangStrings& texts, std::size_t bytes, bool markup) {
  LangStrings kept;
  for (const auto& text : texts) {
    if (kept.size() >= most_languages) break;
    auto value = markup ? plain_text(text.value, longest_markup) : text.value;
    value.resize(cut(value, bytes).size());
    kept.push_back({std::move(value), text.language});
  }
  return kept;
}

}  // namespace

std::string slug(std::string_view text) {
  std::string out;
  for (const auto& word : words(cut(text, 4 * longest_value), 64)) {
    if (!out.empty()) out += '-';
    out += word.folded;
  }
  out.resize(cut(out, longest_value).size());
  return out;
}

Card card_of(const Entry& entry) {
  const auto& resource = dcat::resource(entry.record);
  Card card;
  card.id = entry.id;
  if (entry.family_row != entry.row) card.family_row = entry.family_row;
  card.remote_id = entry.remote_id;
  card.type = dcat::type_of(entry.record);
  card.language = dcat::main_language(entry.record);
  if (card.language.empty()) card.language = entry.source_language;
  card.title = kept_texts(resource.title, longest_title, false);
  card.alternative = kept_texts(resource.alternative, longest_value, false);
  card.description = kept_texts(resource.description, longest_excerpt, true);
  if (!resource.landing_page.empty()) card.landing_page = resource.landing_page.front().value;
  card.modified = resource.modified;
  card.issued = resource.issued;
  card.first_seen = entry.first_seen;
  card.last_changed = entry.last_changed;
  card.popularity = entry.popularity;

  card.wide = is_wide(resource);
  card.first_hand = resource.source.empty();
  card.official = std::any_of(resource.publisher.begin(), resource.publisher.end(),
                              [](const auto& agent) { return !dcat::publisher_name(agent.key, "fr").empty(); });

  for (const auto& theme : resource.theme)
    if (const auto* known = dcat::theme(theme)) add(card[Field::theme], std::string(known->key));
  for (const auto& keyword : resource.keyword) add(card[Field::keyword], fold(trim(keyword.value)), keyword.value);
  for (const auto& category : resource.hvd_category) {
    const auto label = label_of(category, card.language);
    add(card[Field::hvd], slug(category.iri.empty() ? label : last_segment(category.iri)), label);
  }
  add(card[Field::source], entry.source_id, entry.source_title);
  add(card[Field::type], std::string(to_string(card.type)));
  add_publishers(card[Field::publisher], resource, card.language);
  add_formats(card, entry.record);
  add_licence(card, entry.record);
  add_languages(card, resource);
  add_places(card, resource);
  add_dataset_facts(card, entry.record);

  card.quality =
      static_cast<std::uint8_t>((!card.description.empty() && card.description.front().value.size() >= 200) +
                                (card[Field::open].front().value != "unknown") + !card[Field::format].empty() +
                                (card.modified.has_value() || card.issued.has_value()));
  return card;
}

}  // namespace moisson::index
