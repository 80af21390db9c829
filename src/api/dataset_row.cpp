#include "api/dataset_row.h"

#include "api/csv.h"
#include "core/text.h"

namespace moisson::api {
namespace {

using search::Field;

constexpr std::size_t description_characters = 299;  // as the index keeps it for hits

std::string text(const std::optional<Moment>& moment) { return moment ? format_moment(*moment) : std::string(); }

LangString best_text(const LangStrings& texts, std::string_view language, const index::Card& card) {
  const auto* found = best(texts, language, card.language.empty() ? "fr" : card.language);
  return found ? *found : LangString{};
}

}  // namespace

std::span<const std::string> dataset_columns() {
  static const std::vector<std::string> columns{"id",        "type",         "title",     "description", "publisher_id",
                                                "publisher", "source",       "remote_id", "themes",      "keywords",
                                                "formats",   "licence",      "open",      "language",    "issued",
                                                "modified",  "last_changed", "url",       "landing_page"};
  return columns;
}

std::vector<std::string> dataset_cells(const search::Hit& hit, const links::Links& links) {
  std::vector<std::string> publisher_ids, publishers, themes;
  for (const auto& publisher : hit.publisher) {
    publisher_ids.push_back(publisher.value);
    publishers.push_back(publisher.label);
  }
  for (const auto& theme : hit.themes) themes.push_back(theme.value);
  return {hit.id,
          std::string(dcat::to_string(hit.type)),
          hit.title.value,
          hit.description.value,
          joined_cell(publisher_ids),
          joined_cell(publishers),
          hit.source.value,
          hit.remote_id,
          joined_cell(themes),
          joined_cell(hit.keywords),
          joined_cell(hit.formats),
          hit.licence ? hit.licence->value : std::string(),
          hit.open,
          hit.language,
          text(hit.issued),
          text(hit.modified),
          format_rfc3339(hit.last_changed),
          links.dataset(hit.id),
          hit.landing_page};
}

search::Hit hit_of(const index::Card& card, std::string_view language) {
  search::Hit hit;
  hit.id = card.id;
  hit.type = card.type;
  hit.title = best_text(card.title, language, card);
  hit.description = best_text(card.description, language, card);
  hit.description.value = shorten(hit.description.value, description_characters);
  hit.publisher = card[Field::publisher];
  if (!card[Field::source].empty()) hit.source = card[Field::source].front();
  hit.remote_id = card.remote_id;
  hit.modified = card.modified;
  hit.issued = card.issued;
  hit.last_changed = card.last_changed;
  for (const auto& format : card[Field::format]) hit.formats.push_back(format.value);
  if (!card[Field::licence].empty()) hit.licence = card[Field::licence].front();
  if (!card[Field::open].empty()) hit.open = card[Field::open].front().value;
  hit.themes = card[Field::theme];
  for (const auto& keyword : card[Field::keyword])
    hit.keywords.push_back(keyword.label.empty() ? keyword.value : keyword.label);
  hit.language = card.language;
  hit.landing_page = card.landing_page;
  return hit;
}

}  // namespace moisson::api
