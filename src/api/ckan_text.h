// A record's texts as CKAN has them: one each, in the package's language; beside it all of them, in ckanext-fluent's
// shape, where one does not say everything. Pure.
#pragma once

#include "api/ckan_package.h"

#include <string_view>

namespace moisson::api::ckan {

// The text that a reader of the package sees; empty: there is none.
std::string_view text_of(const LangStrings& texts, const Package& package, const Context& context);

// The language that the package's own texts are tagged with, which the extra metadata_language says: that of its title.
std::string_view words_language(const Package& package, const Context& context);

// "key":{"fr":…,"en":…}, unless there is one text alone, in `words` or in no stated language.
void write_translations(json::Writer& out, std::string_view key, const LangStrings& texts, std::string_view words);

// The same of keywords, a list for each language; unless all of them are in `words`, or none in a stated language.
void write_tag_translations(json::Writer& out, const LangStrings& keywords, std::string_view words);

}  // namespace moisson::api::ckan
