#include <moisson/dcat/record.h>

#include <algorithm>

namespace moisson::dcat {

std::string_view to_string(ResourceType type) {
  switch (type) {
    case ResourceType::dataset:
      return "dataset";
    case ResourceType::series:
      return "series";
    case ResourceType::service:
      return "service";
  }
  return "dataset";
}

const Resource& resource(const Record& record) {
  return std::visit([](const auto& any) -> const Resource& { return any; }, record);
}

Resource& resource(Record& record) {
  return std::visit([](auto& any) -> Resource& { return any; }, record);
}

const std::vector<Distribution>& distributions(const Record& record) {
  static const std::vector<Distribution> none;
  const auto* dataset = std::get_if<Dataset>(&record);
  return dataset == nullptr ? none : dataset->distribution;
}

std::string main_language(const Record& record) {
  const Resource& common = resource(record);
  // Several stated languages say what the data is in, not which of them the title is in: only a single one decides.
  if (common.language.size() == 1) {
    const Concept& stated = common.language.front();
    if (auto tag = language_tag(stated.iri); !tag.empty()) return tag;
    for (const auto& label : stated.label)
      if (auto tag = language_tag(label.value); !tag.empty()) return tag;
  }
  // A translated title alone does not make a record foreign.
  const auto texts_in = [&](const std::string& language) {
    std::ptrdiff_t found = 0;
    for (const auto* texts : {&common.title, &common.description, &common.keyword})
      found += std::count_if(texts->begin(), texts->end(),
                             [&](const LangString& text) { return text.language == language; });
    return found;
  };
  std::string main;
  std::ptrdiff_t most = 0;
  for (const auto& title : common.title) {
    if (title.language.empty()) continue;
    if (const auto texts = texts_in(title.language); texts > most) {
      most = texts;
      main = title.language;
    }
  }
  return main;
}

}  // namespace moisson::dcat
