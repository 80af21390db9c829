// The binary form of a Card: numbers as LEB128 (signed ones zigzag), texts as length and bytes, lists as count and items,
// in the order below. schema.h's number stands for its version.
#include "index/card.h"

#include "index/schema.h"

#include <bit>

namespace moisson::index {
namespace {

class Out {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  void operator()(std::uint64_t value) { number(value); }
  void operator()(std::int64_t value) {
    number(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
  }
  void operator()(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void operator()(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(bits >> shift);
  }
  void operator()(const std::string& value) {
    number(value.size());
    bytes_ += value;
  }
  std::size_t count(std::size_t size) {
    number(size);
    return size;
  }
  std::string bytes_;
};

class In {
 public:
  explicit In(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto part = byte();
      value |= static_cast<std::uint64_t>(part & 0x7F) << shift;
      if (part < 0x80) break;
    }
    return value;
  }
  void operator()(std::uint64_t& value) { value = number(); }
  void operator()(std::int64_t& value) {
    const auto raw = number();
    value = static_cast<std::int64_t>(raw >> 1 ^ (~(raw & 1) + 1));
  }
  void operator()(std::uint8_t& value) { value = byte(); }
  void operator()(double& value) {
    std::uint64_t bits = 0;
    for (int shift = 0; shift < 64; shift += 8) bits |= static_cast<std::uint64_t>(byte()) << shift;
    value = std::bit_cast<double>(bits);
  }
  void operator()(std::string& value) {
    const auto size = count(0);
    value.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  // Never more items than bytes left: a broken count cannot ask for memory.
  std::size_t count(std::size_t) {
    const auto size = number();
    if (size > rest_.size()) broken_ = true;
    return broken_ ? 0 : static_cast<std::size_t>(size);
  }
  bool whole() const { return !broken_ && rest_.empty(); }

 private:
  std::uint8_t byte() {
    if (rest_.empty()) {
      broken_ = true;
      return 0;
    }
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  std::string_view rest_;
  bool broken_ = false;
};

template <class Io, class List, class Each>
void list(Io& io, List& items, Each each) {
  const auto size = io.count(items.size());
  if constexpr (!std::is_const_v<List>) items.resize(size);
  for (auto& item : items) each(item);
}

template <class Io, class Time>
void instant(Io& io, Time& time) {
  std::int64_t count = time.time_since_epoch().count();
  io(count);
  if constexpr (!std::is_const_v<Time>) time = Instant{std::chrono::milliseconds{count}};
}

// has_value, then `each` of the value.
template <class Io, class Optional, class Each>
void optional(Io& io, Optional& value, Each each) {
  std::uint8_t present = value.has_value();
  io(present);
  if constexpr (!std::is_const_v<Optional>)
    if (present) value.emplace();
  if (present) each(*value);
}

template <class Io, class Enumeration>
void enumeration(Io& io, Enumeration& value) {
  auto raw = static_cast<std::uint8_t>(value);
  io(raw);
  if constexpr (!std::is_const_v<Enumeration>) value = static_cast<std::remove_cv_t<Enumeration>>(raw);
}

// One walk for both directions, so that they cannot disagree.
template <class Io, class C>
void walk(Io& io, C& card) {
  io(card.id);
  io(card.family_row);
  io(card.remote_id);
  io(card.landing_page);
  io(card.language);
  io(card.quality);
  enumeration(io, card.type);
  enumeration(io, card.first_hand);
  enumeration(io, card.official);
  enumeration(io, card.wide);
  for (auto* texts : {&card.title, &card.alternative, &card.description})
    list(io, *texts, [&](auto& text) {
      io(text.value);
      io(text.language);
    });
  for (std::size_t field = 0; field < card.values.size(); ++field)
    list(io, card.values[field], [&](auto& value) {
      io(value.value);
      if (value_rows[field].free_label) io(value.label);
    });
  for (auto* moment : {&card.modified, &card.issued})
    optional(io, *moment, [&](auto& stated) {
      instant(io, stated.instant);
      enumeration(io, stated.precision);
    });
  instant(io, card.first_seen);
  instant(io, card.last_changed);
  optional(io, card.popularity, [&](auto& views) { io(views); });
  list(io, card.temporal, [&](auto& period) {
    io(period.from);
    io(period.to);
  });
  list(io, card.boxes, [&](auto& box) {
    io(box.west);
    io(box.south);
    io(box.east);
    io(box.north);
  });
}

}  // namespace

std::string encode(const Card& card) {
  Out out;
  walk(out, card);
  return std::move(out.bytes_);
}

Result<Card> decode(std::string_view bytes) {
  Card card;
  In in(bytes);
  walk(in, card);
  if (!in.whole())
    return Error{
        ErrorCode::corrupt, "a document of the index does not read back", {}, "build the index again: moisson reindex"};
  return card;
}

}  // namespace moisson::index
