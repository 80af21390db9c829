// FacetColumn: in memory, for each document, the values it is filtered, counted and sorted by; in the order of row ids,
// so that a pass over many documents reads memory in sequence. A FacetColumn is immutable and thread-safe; a
// ColumnBuilder belongs to the writer and makes the next one by rebuilding only the chunks that changed.
#pragma once

#include "index/card.h"
#include "index/dictionary.h"
#include "index/record_key.h"
#include "index/value_sets.h"

#include <moisson/search/field.h>

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace moisson::index {

using Row = std::uint32_t;  // the store's row id and Xapian's document id

inline constexpr std::size_t chunk_rows = 1024;

// What a document is ranked and sorted by.
struct Facts {
  std::int64_t modified = INT64_MIN;  // stated modification, else issue; ms since 1970, the least number if unknown
  std::int64_t created = INT64_MIN;   // stated issue, else first seen
  std::int64_t changed = 0;           // here, by content
  std::int64_t first_seen = 0;
  std::uint64_t popularity = 0;  // views; 0 where the source publishes none
  std::uint32_t length = 0;      // words searched, as often as they count
  std::uint8_t title_words = 0;  // content words of the shortest title, at most 255
  RecordKey id;
  std::uint8_t quality = 0;
  Row family = 0;        // of the document that leads its family: its own if it leads, or stands alone
  bool counted = false;  // its source publishes views
  bool first_hand = false;
  bool official = false;
  bool wide = false;
  bool operator==(const Facts&) const = default;
};

struct Chunk {
  std::bitset<chunk_rows> present;
  std::array<std::array<SetNumber, chunk_rows>, search::fields.size()> values{};  // of FacetColumn::sets()
  std::array<Facts, chunk_rows> facts{};
  Ragged<Period, chunk_rows> temporal;
  Ragged<dcat::BoundingBox, chunk_rows> boxes;
  std::array<std::string, chunk_rows> titles;  // folded, at most 80 bytes: to sort and to complete
};

class FacetColumn {
 public:
  std::uint64_t documents() const { return documents_; }
  std::uint64_t followers() const { return followers_; }                          // documents that another one leads
  Row rows_end() const { return static_cast<Row>(chunks_.size() * chunk_rows); }  // greater than every row
  const Vocabulary& vocabulary(search::Field field) const { return vocabularies_[static_cast<std::size_t>(field)]; }

  const ValueSets& sets(search::Field field) const { return sets_[static_cast<std::size_t>(field)]; }

  // The values of a field that some document has, most frequent first, then by value. Made when it is first asked for.
  const std::vector<Ordinal>& by_count(search::Field field) const;

  // nullptr: no document of that chunk is or was there.
  const Chunk* chunk(std::size_t number) const { return number < chunks_.size() ? chunks_[number].get() : nullptr; }
  std::size_t chunk_count() const { return chunks_.size(); }

  // The row must be present.
  const Facts& facts(Row row) const { return chunks_[row / chunk_rows]->facts[row % chunk_rows]; }
  const std::string& title(Row row) const { return chunks_[row / chunk_rows]->titles[row % chunk_rows]; }
  std::span<const Ordinal> values(search::Field field, Row row) const {
    return sets(field).of(chunks_[row / chunk_rows]->values[static_cast<std::size_t>(field)][row % chunk_rows]);
  }
  bool has(Row row) const {
    const auto* found = chunk(row / chunk_rows);
    return found && found->present[row % chunk_rows];
  }

 private:
  friend class ColumnBuilder;
  std::vector<std::shared_ptr<const Chunk>> chunks_;
  std::array<Vocabulary, search::fields.size()> vocabularies_;
  std::array<ValueSets, search::fields.size()> sets_;
  struct ByCount {
    std::once_flag once;
    std::vector<Ordinal> values;
  };
  mutable std::array<ByCount, search::fields.size()> by_count_;
  std::uint64_t documents_ = 0;
  std::uint64_t followers_ = 0;
};

class ColumnBuilder {
 public:
  struct Change {
    Row row = 0;
    const Card* card = nullptr;  // nullptr: removed
    std::uint32_t length = 0;    // Facts::length
  };
  // Ascending by row, each row once.
  void apply(std::span<const Change> changes);

  std::shared_ptr<const FacetColumn> freeze();

 private:
  std::shared_ptr<const Chunk> rebuilt(std::size_t number, const Chunk* old, std::span<const Change> changes);
  std::vector<std::shared_ptr<const Chunk>> chunks_;
  std::array<Dictionary, search::fields.size()> dictionaries_;
  std::array<ValueSetsBuilder, search::fields.size()> sets_;
  std::uint64_t documents_ = 0;
  std::uint64_t followers_ = 0;
};

}  // namespace moisson::index
