#include "dcat/canonical_json.h"

#include "core/hash.h"
#include "core/json.h"

#include <moisson/dcat/properties.h>

#include <charconv>
#include <type_traits>

namespace moisson::dcat {
namespace {

template <class Class>
concept Tabled = std::tuple_size_v<std::remove_cv_t<decltype(properties<Class>)>> >
0;

// Record → JSON.

bool says(const std::string& text) { return !text.empty(); }
template <class Value>
bool says(const std::vector<Value>& values) {
  return !values.empty();
}
template <class Value>
bool says(const std::optional<Value>& value) {
  return value.has_value();
}

void write(json::Writer& out, const std::string& text) { out.string(text); }
void write(json::Writer& out, const Iri& iri) { out.string(iri.value); }
void write(json::Writer& out, std::uint64_t number) { out.unsigned_integer(number); }
void write(json::Writer& out, double number) { out.number(number); }
void write(json::Writer& out, const Moment& moment) { out.string(format_moment(moment)); }

void write(json::Writer& out, const LangString& text) {
  out.begin_object().field("value", text.value);
  if (!text.language.empty()) out.field("lang", text.language);
  out.end_object();
}

void write(json::Writer& out, const BoundingBox& box) {
  out.begin_array().number(box.west).number(box.south).number(box.east).number(box.north).end_array();
}

template <class Value>
void write(json::Writer& out, const std::vector<Value>& values);
template <Tabled Class>
void write(json::Writer& out, const Class& thing);

void write(json::Writer& out, const Concept& term) {
  out.begin_object();
  if (!term.iri.empty()) out.field("iri", term.iri);
  if (!term.label.empty()) write(out.key("label"), term.label);
  if (term.guessed) out.key("guessed").boolean(true);
  out.end_object();
}

template <class Value>
void write(json::Writer& out, const std::optional<Value>& value) {
  write(out, *value);
}

template <class Class>
void write_members(json::Writer& out, const Class& thing) {
  if constexpr (requires { thing.iri; })
    if (!thing.iri.empty()) out.field("iri", thing.iri);
  for_each_property<Class>([&](const auto& property) {
    if (const auto& value = thing.*property.member; says(value)) write(out.key(property.name), value);
  });
  if constexpr (requires { thing.guessed; })
    if (thing.guessed) out.key("guessed").boolean(true);
}

template <Tabled Class>
void write(json::Writer& out, const Class& thing) {
  out.begin_object();
  write_members(out, thing);
  out.end_object();
}

template <class Value>
void write(json::Writer& out, const std::vector<Value>& values) {
  out.begin_array();
  for (const auto& value : values) write(out, value);
  out.end_array();
}

// Record → JSON.

// The members of an object, asked for in table order: as canonical JSON holds them in that order, the next one is
// nearly always the one wanted.
class Members {
 public:
  explicit Members(json::View object) : object_(object) {}

  json::View take(std::string_view name) {
    if (next_ < object_.size() && object_.key(next_) == name) return object_.member(next_++);
    return object_[name];
  }

 private:
  json::View object_;
  std::size_t next_ = 0;
};

// Reads what write() wrote. On failure `what` names what was expected and `pointer` where, innermost first as it
// unwinds.
class Reader {
 public:
  Error error() const { return {ErrorCode::corrupt, "canonical JSON holds no " + what_, pointer_, ""}; }

  bool expected(std::string_view what) {
    what_ = what;
    return false;
  }

  bool read(json::View view, std::string& text) {
    const auto string = view.string();
    if (!string) return expected("string");
    text = *string;
    return true;
  }
  bool read(json::View view, Iri& iri) { return read(view, iri.value); }
  bool read(json::View view, bool& truth) {
    const auto value = view.boolean();
    if (!value) return expected("boolean");
    truth = *value;
    return true;
  }
  bool read(json::View view, double& number) {
    const auto value = view.number();
    if (!value) return expected("number");
    number = *value;
    return true;
  }
  bool read(json::View view, std::uint64_t& number);
  bool read(json::View view, Moment& moment) {
    const auto string = view.string();
    const auto parsed = string ? parse_moment(*string) : Result<Moment>(Error{});
    if (!parsed) return expected("date");
    moment = *parsed;
    return true;
  }
  bool read(json::View view, LangString& text) {
    if (!view.is(json::Kind::object)) return expected("object");
    Members members(view);
    return member(members, "value", text.value) && member(members, "lang", text.language);
  }
  bool read(json::View view, BoundingBox& box) {
    if (!view.is(json::Kind::array) || view.size() != 4) return expected("array of four numbers");
    return read(view[0], box.west) && read(view[1], box.south) && read(view[2], box.east) && read(view[3], box.north);
  }
  bool read(json::View view, Concept& term) {
    if (!view.is(json::Kind::object)) return expected("object");
    Members members(view);
    return member(members, "iri", term.iri) && member(members, "label", term.label) &&
           member(members, "guessed", term.guessed);
  }
  template <class Value>
  bool read(json::View view, std::optional<Value>& value) {
    return read(view, value.emplace());
  }
  template <class Value>
  bool read(json::View view, std::vector<Value>& values) {
    if (!view.is(json::Kind::array)) return expected("array");
    values.resize(view.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      if (!read(view[i], values[i])) return inside(std::to_string(i));
    return true;
  }
  template <Tabled Class>
  bool read(json::View view, Class& thing) {
    if (!view.is(json::Kind::object)) return expected("object");
    Members members(view);
    bool good = true;
    if constexpr (requires { thing.iri; }) good = member(members, "iri", thing.iri);
    for_each_property<Class>(
        [&](const auto& property) { good = good && member(members, property.name, thing.*property.member); });
    if constexpr (requires { thing.guessed; }) good = good && member(members, "guessed", thing.guessed);
    return good;
  }

 private:
  // A member that is not there leaves the value as it is: empty.
  template <class Value>
  bool member(Members& members, std::string_view name, Value& value) {
    const json::View view = members.take(name);
    return !view.exists() || read(view, value) || inside(name);
  }
  bool inside(std::string_view token) {
    pointer_.insert(0, "/" + std::string(token));
    return false;
  }

  std::string what_;
  std::string pointer_;
};

bool Reader::read(json::View view, std::uint64_t& number) {
  if (!view.is(json::Kind::number)) return expected("number");
  const auto digits = view.text();
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return (failed == std::errc{} && end == digits.data() + digits.size()) || expected("whole number");
}

template <class Class>
Result<Record> read_as(json::View root) {
  Class thing;
  Reader reader;
  if (!reader.read(root, thing)) return reader.error();
  return Record(std::move(thing));
}

}  // namespace

std::string to_json(const Record& record) {
  Record settled = record;
  canonicalise(settled);
  json::Writer out;
  out.begin_object().field("kind", to_string(type_of(record)));
  std::visit([&](const auto& any) { write_members(out, any); }, settled);
  out.end_object();
  return out.take();
}

Result<Record> from_json(std::string_view json) {
  const auto document = json::Document::parse(json);
  if (!document) {
    Error error = document.error();
    error.code = ErrorCode::corrupt;
    return error;
  }
  const json::View root = document->root();
  const auto kind = root["kind"].string();
  if (kind == to_string(ResourceType::dataset)) return read_as<Dataset>(root);
  if (kind == to_string(ResourceType::series)) return read_as<DatasetSeries>(root);
  if (kind == to_string(ResourceType::service)) return read_as<DataService>(root);
  return Error{ErrorCode::corrupt, "canonical JSON names no kind that we know", "/kind", ""};
}

std::string content_hash(std::string_view canonical_json) { return sha256_hex(canonical_json); }

}  // namespace moisson::dcat
