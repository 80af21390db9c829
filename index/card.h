// Card: what the index keeps of a record: hits are rendered and facets counted from it, without the store. Value.
#pragma once

#include "index/entry.h"

#include <moisson/core/lang_string.h>
#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/search/field.h>
#include <moisson/search/results.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index {

// Coverage in milliseconds since 1970; an open end is the least or greatest number.
struct Period {
  std::int64_t from = INT64_MIN;
  std::int64_t to = INT64_MAX;
  bool operator==(const Period&) const = default;
};

// The values of one field: distinct, in the record's order. A label is kept only where schema.h says free_label.
using Values = std::vector<search::Labelled>;

struct Card {
  std::string id;
  std::uint64_t family_row = 0;  // of the record that leads its family; 0: it leads, or stands alone
  std::string remote_id;
  std::string landing_page;
  dcat::ResourceType type = dcat::ResourceType::dataset;
  LangStrings title;
  LangStrings alternative;  // at most 200 bytes each
  LangStrings description;  // plain text, at most 600 bytes each
  std::array<Values, search::fields.size()> values;
  std::optional<Moment> modified, issued;
  Instant first_seen{};
  Instant last_changed{};
  std::optional<std::uint64_t> popularity;
  std::vector<Period> temporal;
  std::vector<dcat::BoundingBox> boxes;
  std::string language;      // to read it in
  std::uint8_t quality = 0;  // 0 to 4: described, licensed, in a known format, dated
  bool first_hand = true;    // it names no other place that it was taken from
  bool official = false;     // its publisher is a body that the vocabularies know
  bool wide = false;         // about a country or more, and no part of one

  const Values& operator[](search::Field field) const { return values[static_cast<std::size_t>(field)]; }
  Values& operator[](search::Field field) { return values[static_cast<std::size_t>(field)]; }
  bool operator==(const Card&) const = default;
};

// Normalises by dcat/vocabulary.h; caps every text and list. Pure.
Card card_of(const Entry& entry);

// A compact binary form, and back. corrupt: not such a form.
std::string encode(const Card& card);
Result<Card> decode(std::string_view bytes);

// The key of a publisher, keyword or other free value: folded, everything but letters and digits a dash, at most 200 bytes.
std::string slug(std::string_view text);

}  // namespace moisson::index
