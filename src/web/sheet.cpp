#include "web/sheet.h"

#include "dcat/canonical_json.h"
#include "dcat/vocabulary.h"
#include "web/typography.h"

namespace moisson::web {

using search::Field;

const LangString* Sheet::text(const LangStrings& strings) const { return best(strings, words().language(), language); }

std::string Sheet::value(const LangStrings& strings) const {
  const LangString* found = text(strings);
  return found == nullptr ? std::string() : found->value;
}

std::string Sheet::lang_attribute(const LangString& string) const {
  return foreign_language(page, string.language.empty() ? language : string.language);
}

std::string Sheet::label(Field field, const search::Labelled& value) const {
  return value.label.empty() ? dcat::label(search::description(field).name, value.value, words().language())
                             : value.label;
}

std::string Sheet::search_for(Field field, const std::string& value) const {
  return page.to_search(links::with_value({}, field, value));
}

std::string Sheet::title() const {
  const std::string title = shown(value(common().title));
  return title.empty() ? std::string(words()("word.untitled")) : title;
}

// As the record calls it; lists and facets have one name for all spellings.
std::string Sheet::publisher() const {
  if (!common().publisher.empty())
    if (std::string own = shown(value(common().publisher.front().name)); !own.empty()) return own;
  const auto& publishers = card[Field::publisher];
  return publishers.empty() ? std::string() : shown(label(Field::publisher, publishers.front()));
}

Result<Sheet> sheet_of(const Page& page) {
  const store::Store& store = page.context().store;
  auto stored = store.record(http::first(page.request().captures, "id"));
  if (!stored) return stored.error();
  auto source = store.source(stored->source_id);
  if (!source) return source.error();
  auto record = dcat::from_json(stored->json);
  if (!record) return record.error();
  auto family = store.family(stored->id);
  if (!family) return family.error();
  index::Card card = index::card_of({.row = stored->row,
                                     .id = stored->id,
                                     .family_row = stored->family_row,
                                     .source_id = stored->source_id,
                                     .source_title = source->source.title,
                                     .source_language = source->source.language,
                                     .remote_id = stored->remote_id,
                                     .record = *record,
                                     .first_seen = stored->first_seen,
                                     .last_changed = stored->last_changed,
                                     .popularity = stored->popularity});
  std::string language = card.language;
  return Sheet{page,
               std::move(*stored),
               std::move(*source),
               std::move(*record),
               std::move(card),
               std::move(language),
               std::move(*family)};
}

}  // namespace moisson::web
