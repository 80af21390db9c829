// Iso19139Reader: the values that ISO 19139 wraps (gco:CharacterString, gmx:Anchor, code lists, PT_FreeText, CI_…),
// each read by one function, and which elements they were taken from. What cannot be read is a finding with the path of
// its element. One record a reader.
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
  using Elements = std::vector<const xml::Element*>;

  // `language`: of texts where the metadata names none. The reader keeps references to both others.
  Iso19139Reader(const xml::Element& metadata, std::string language, std::vector<dcat::Finding>& findings);

  const std::string& language() const { return language_; }

  // The property element's own words: its string, anchor, code or date. Empty for nullptr. For looking: it consumes
  // nothing.
  static std::string text(const xml::Element* property);
  static std::string href(const xml::Element* property);  // of its gmx:Anchor, where that is an IRI; else empty
  static std::string iri(const xml::Element* property);   // the same, or its words where they are a web address

  // Each consumes the properties that it gives a value of.
  std::string take(const xml::Element* property);                                  // text()
  LangStrings words(const xml::Element* property, std::size_t max_bytes = 4'000);  // with PT_FreeText's translations
  std::optional<dcat::Concept> term(const xml::Element* property);                 // IRI of the anchor, words as label
  std::optional<Moment> moment(const xml::Element* property);
  std::optional<dcat::Iri> link(const xml::Element* linkage);
  // EX_Extent: its boxes and polygons, the first with its names.
  std::vector<dcat::Location> places(const xml::Element& extent);
  std::vector<dcat::PeriodOfTime> periods(const xml::Element& extent);
  void found(std::string_view cause, const xml::Element* property, std::string message, std::string hint = {});

  // Properties of which something stands in the record. Mappers consume what decided over a value together with it (its
  // role, the type of its date), and hold back what they read and may not need.
  const Elements& consumed() const { return consumed_; }
  void consume(const xml::Element* property);  // nullptr: nothing
  void consume(const Elements& properties) { consumed_.insert(consumed_.end(), properties.begin(), properties.end()); }
  // What was consumed since consumed() had this size, no longer consumed.
  Elements hold(std::size_t since);

 private:
  std::string clean(std::string_view value, const xml::Element* property, std::size_t max_bytes);
  std::optional<dcat::BoundingBox> box(const xml::Element& element);
  std::optional<dcat::Location> polygon(const xml::Element& property);

  std::string language_;
  std::map<std::string, std::string> locales_;  // "#EN" → "en"
  std::vector<dcat::Finding>& findings_;
  Elements consumed_;
};

}  // namespace moisson::harvesters
