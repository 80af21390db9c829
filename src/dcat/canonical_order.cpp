// The canonical order of a record: what is a set is sorted and made distinct, what says nothing is left out.
#include "dcat/canonical_json.h"

#include "core/text.h"

#include <moisson/dcat/properties.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <type_traits>

namespace moisson::dcat {
namespace {

// settle(value) puts `value` in canonical order and tells whether it says anything.

bool settle(std::string& text) {
  if (!is_utf8(text)) text = clean_utf8(text);
  return !text.empty();
}

bool settle(Iri& iri) { return settle(iri.value); }

bool settle(LangString& text) {
  settle(text.language);
  return settle(text.value);
}

bool settle(std::uint64_t&) { return true; }

bool settle(double& number) { return std::isfinite(number); }

bool settle(BoundingBox& box) {
  return std::isfinite(box.west) && std::isfinite(box.south) && std::isfinite(box.east) && std::isfinite(box.north);
}

bool settle(Moment& moment) {
  using namespace std::chrono;
  const auto midnight = floor<days>(moment.instant);
  const year_month_day date{midnight};
  if (date.year() < year{1} || date.year() > year{9999}) return false;  // no text of four digits says it
  switch (moment.precision) {
    case Precision::year:
      moment.instant = sys_days{date.year() / January / 1};
      break;
    case Precision::month:
      moment.instant = sys_days{date.year() / date.month() / 1};
      break;
    case Precision::day:
      moment.instant = midnight;
      break;
    case Precision::second:
      break;
  }
  return true;
}

template <class Value>
bool settle(std::optional<Value>& value);
template <class Value>
bool settle(std::vector<Value>& values);
bool settle(Concept& term);

// A class of record.h: its properties by its table. That we guessed a value says nothing where there is no value.
template <class Class>
requires(std::tuple_size_v<std::remove_cv_t<decltype(properties<Class>)>> > 0) bool settle(Class& thing) {
  bool says = false;
  if constexpr (requires { thing.iri; }) says |= settle(thing.iri);
  for_each_property<Class>([&](const auto& property) { says |= settle(thing.*property.member); });
  return says;
}

bool settle(Concept& term) {
  const bool labelled = settle(term.label);
  return settle(term.iri) || labelled;
}

template <class Value>
bool settle(std::optional<Value>& value) {
  if (value && !settle(*value)) value.reset();
  return value.has_value();
}

template <class Value>
bool settle(std::vector<Value>& values) {
  std::erase_if(values, [](Value& value) { return !settle(value); });
  // Publishers put their distributions in the order they are to be read; everything else is a set.
  if constexpr (!std::is_same_v<Value, Distribution>) {
    if (!std::is_sorted(values.begin(), values.end())) std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }
  return !values.empty();
}

}  // namespace

void canonicalise(Record& record) {
  std::visit([](auto& any) { settle(any); }, record);
}

}  // namespace moisson::dcat
