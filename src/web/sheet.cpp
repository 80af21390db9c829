#include "web/sheet.h"

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

std::string Sheet::publisher() const {
  const auto& publishers = card[Field::publisher];
  return publishers.empty() ? std::string() : shown(label(Field::publisher, publishers.front()));
}

}  // namespace moisson::web
