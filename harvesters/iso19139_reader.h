// Iso19139Reader: the values that ISO 19139 wraps (gco:CharacterString, gmx:Anchor, code lists, PT_FreeText, CI_…),
// each read by one function. What cannot be read is a finding with the path of its element. One record a reader.
#pragma once

#include "core/xml_tree.h"

#include <moisson/core/lang_string.h>
#include <moisson/core/time.h>
#include <moisson/dcat/finding.h>
#include <moisson/dcat/record.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

class Iso19139Reader {
 public:
  // `language`: of texts where the metadata names none. The reader keeps references to both others.
  Iso19139Reader(const xml::Element& metadata, std::string language, std::vector<dcat::Finding>& findings);

  const std::string& language() const { return language_; }

  // The property element's own words: its string, anchor, code or date. Empty for nullptr.
  static std::string text(const xml::Element* property);
  static std::string href(const xml::Element* property);  // of its gmx:Anchor, where that is an IRI; else empty

  LangStrings words(const xml::Element* property, std::size_t max_bytes = 4'000);  // with PT_FreeText's translations
  std::optional<dcat::Concept> term(const xml::Element* property);                 // IRI of the anchor, words as label
  std::optional<Moment> moment(const xml::Element* property);
  std::optional<dcat::Iri> link(const xml::Element* linkage);
  std::optional<dcat::Location> place(const xml::Element& extent);  // EX_Extent: its box and names
  std::vector<dcat::PeriodOfTime> periods(const xml::Element& extent);
  void found(std::string_view cause, const xml::Element* property, std::string message, std::string hint = {});

 private:
  std::string clean(std::string_view value, const xml::Element* property, std::size_t max_bytes);
  std::optional<double> degrees(const xml::Element& box, std::string_view name);

  std::string language_;
  std::map<std::string, std::string> locales_;  // "#EN" → "en"
  std::vector<dcat::Finding>& findings_;
};

}  // namespace moisson::harvesters
