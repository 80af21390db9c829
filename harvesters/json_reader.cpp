#include "harvesters/json_reader.h"

#include "core/text.h"
#include "core/url.h"

#include <algorithm>
#include <charconv>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_findings = 200;
constexpr std::size_t max_quoted = 120;  // characters of a value in a finding

// Findings after which nothing of the value is left.
bool loses_the_value(std::string_view cause) {
  return cause.ends_with("_unreadable") || cause.ends_with("_invalid") || cause == "type_wrong";
}

// "/resources/12" → "resources/*/": what the records of a portal have in common.
std::string path_of(std::string_view pointer) {
  std::string path;
  for (const std::string_view part : split(pointer, '/')) {
    if (part.empty()) continue;
    const bool index = part.find_first_not_of("0123456789") == part.npos;
    path.append(index ? "*" : part) += '/';
  }
  return path;
}

// Nothing said: null, "", [] and {}.
bool is_empty(json::View value) {
  if (!value.exists()) return true;
  switch (value.kind()) {
    case json::Kind::null:
      return true;
    case json::Kind::string:
      return trim(*value.string()).empty();
    case json::Kind::array:
    case json::Kind::object:
      return value.size() == 0;
    default:
      return false;
  }
}

std::string quoted(std::string_view value) {
  return "\"" + shorten(clean_utf8(value.substr(0, 1000)), max_quoted) + "\"";
}

// "www.example.org/file.csv": a host and a path, the scheme forgotten.
bool looks_like_a_host(std::string_view text) {
  const auto host = text.substr(0, text.find_first_of("/?#"));
  const auto dot = host.rfind('.');
  return dot != std::string_view::npos && dot > 0 && host.size() - dot > 2 &&
         host.find_first_of(" @") == std::string_view::npos &&
         std::all_of(host.begin() + static_cast<std::ptrdiff_t>(dot) + 1, host.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ':' || (c >= '0' && c <= '9');
         });
}

}  // namespace

JsonReader::JsonReader(const PortalContext& context, json::View object, std::string pointer,
                       std::vector<dcat::Finding>& findings, std::vector<Extra> extras)
    : context_(context),
      object_(object),
      pointer_(std::move(pointer)),
      findings_(findings),
      extras_(std::move(extras)) {}

JsonReader::Field JsonReader::find(std::string_view names) const {
  while (!names.empty()) {
    const auto blank = names.find(' ');
    const auto name = names.substr(0, blank);
    names.remove_prefix(blank == std::string_view::npos ? names.size() : blank + 1);
    Field found{name, object_[name], 0};
    if (is_empty(found.value)) {
      found.value = {};
      for (std::size_t i = 0; i < extras_.size() && found.extra == 0; ++i) {
        if (extras_[i].key == name && !is_empty(extras_[i].value)) found = {name, extras_[i].value, i + 1};
      }
    }
    if (!found.value.exists()) continue;
    if (context_.mapping != nullptr) asked_.emplace_back(name);
    return found;
  }
  return {};
}

void JsonReader::use(std::string_view names) const {
  if (context_.mapping == nullptr) return;
  for (const std::string_view name : split(names, ' ')) asked_.emplace_back(name);
}

void JsonReader::tell() const {
  if (context_.mapping == nullptr) return;
  const std::string path = path_of(pointer_);
  for (std::size_t i = 0; i < object_.size(); ++i) tell(path, object_.key(i), object_.member(i));
  const std::string extras = path + "extras/";
  for (const Extra& extra : extras_) tell(extras, extra.key, extra.value);
}

void JsonReader::tell(std::string_view path, std::string_view name, json::View value) const {
  if (is_empty(value) || (name == "extras" && !extras_.empty())) return;
  const bool lost = std::find(lost_.begin(), lost_.end(), name) != lost_.end();
  const bool read = !lost && std::find(asked_.begin(), asked_.end(), name) != asked_.end();
  const auto use = read ? dcat::PropertyUse::read : dcat::PropertyUse::dropped;
  auto* const fresh = context_.mapping->add(use, std::string(path).append(name));
  if (fresh == nullptr) return;
  const bool plain = !value.is(json::Kind::array) && !value.is(json::Kind::object);
  dcat::MappingReport::set_example(*fresh, plain ? value.text() : value.dump());
}

std::string JsonReader::place(std::string_view name) const { return pointer_ + "/" + json::pointer_token(name); }

void JsonReader::found(std::string_view cause, std::string_view name, std::string message, std::string hint) {
  if (context_.mapping != nullptr && loses_the_value(cause)) lost_.emplace_back(name);
  if (findings_.size() >= max_findings) return;
  std::string where = place(name);
  if (object_[name].exists() == false) {
    for (std::size_t i = 0; i < extras_.size(); ++i) {
      if (extras_[i].key == name) where = pointer_ + "/extras/" + std::to_string(i) + "/value";
    }
  }
  findings_.push_back({std::string(cause), std::move(where), std::move(message), std::move(hint)});
}

std::string JsonReader::clean(std::string_view value, std::string_view name, std::size_t max_bytes) {
  value = trim(value);
  if (is_template_field(value)) {
    found("value_missing", name, "nothing was put into the template's field " + quoted(value),
          "leave the property out");
    return {};
  }
  if (value.size() > max_bytes) {
    found(
        "text_cut", name,
        "the text has " + std::to_string(value.size()) + " bytes; the first " + std::to_string(max_bytes) + " are kept",
        "shorten it and link to the document");
    value = cut(value, max_bytes);
  }
  bool mended = false;
  std::string clean = clean_utf8(value, &mended);
  if (mended)
    found("control_characters", name, "the text holds control characters; they were removed, or read as windows-1252");
  return clean;
}

bool JsonReader::has(std::string_view names) const { return find(names).value.exists(); }

std::string JsonReader::text(std::string_view names, std::size_t max_bytes) {
  const Field field = find(names);
  if (!field.value.exists()) return {};
  if (const auto string = field.value.string()) return clean(*string, field.name, max_bytes);
  if (field.value.is(json::Kind::array) || field.value.is(json::Kind::object)) {
    found("type_wrong", field.name, "text was expected, not an " + std::string(json::to_string(field.value.kind())));
    return {};
  }
  return field.value.text();
}

LangStrings JsonReader::literal(std::string value) const {
  if (value.empty()) return {};
  return {{std::move(value), context_.language}};
}

LangStrings JsonReader::literals(std::string_view names, std::size_t max_bytes) {
  const Field field = find(names);
  if (!field.value.is(json::Kind::object)) return literal(text(names, max_bytes));
  LangStrings strings;
  for (std::size_t i = 0; i < std::min(field.value.size(), max_items); ++i) {
    const auto value = field.value.member(i).string();
    if (!value || trim(*value).empty()) continue;
    strings.push_back({clean(*value, field.name, max_bytes), language_tag(field.value.key(i))});
  }
  return strings;
}

std::vector<std::string> JsonReader::list(std::string_view names) {
  const Field field = find(names);
  std::vector<std::string> values;
  const auto take = [&](json::View array) {
    if (array.size() > max_items) tell_cut(field.name, max_items);
    for (std::size_t i = 0; i < std::min(array.size(), max_items); ++i) {
      std::string value = clean(array[i].text(), field.name, 4'000);
      if (!value.empty()) values.push_back(std::move(value));
    }
  };
  if (field.value.is(json::Kind::array)) {
    take(field.value);
    return values;
  }
  if (const auto string = field.value.string(); string && trim(*string).starts_with('[')) {
    if (const auto parsed = json::Document::parse(*string); parsed && parsed->root().is(json::Kind::array)) {
      take(parsed->root());
      return values;
    }
  }
  if (std::string one = text(names); !one.empty()) values.push_back(std::move(one));
  return values;
}

std::vector<json::View> JsonReader::values(std::string_view names, std::size_t max) {
  const Field field = find(names);
  if (!field.value.exists()) return {};
  if (!field.value.is(json::Kind::array)) return {field.value};
  std::vector<json::View> items = field.value.items();
  if (items.size() > max) {
    tell_cut(field.name, max);
    items.resize(max);
  }
  return items;
}

void JsonReader::tell_cut(std::string_view name, std::size_t kept) {
  found("list_cut", name, "a list of more than " + std::to_string(kept) + " values; the first are kept",
        "split the record");
}

std::vector<dcat::Iri> JsonReader::iris(std::string_view names) {
  std::vector<dcat::Iri> made;
  for (std::string& value : list(names)) {
    if (is_iri(value)) {
      made.push_back({std::move(value)});
    } else {
      found("iri_invalid", find(names).name, "not an IRI: " + quoted(value), "give an absolute address");
    }
  }
  return made;
}

std::vector<dcat::Concept> JsonReader::terms(std::string_view names) {
  std::vector<dcat::Concept> made;
  for (std::string& value : list(names)) {
    dcat::Concept term;
    if (is_iri(value)) {
      term.iri = std::move(value);
    } else {
      term.label = literal(std::move(value));
    }
    made.push_back(std::move(term));
  }
  return made;
}

std::optional<dcat::Concept> JsonReader::term(std::string_view names) {
  auto all = terms(names);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

std::optional<Moment> JsonReader::moment(std::string_view names) {
  const Field field = find(names);
  if (!field.value.exists()) return std::nullopt;
  const std::string spelled = field.value.text();
  if (auto read = parse_moment(trim(spelled))) return *read;
  found("date_unreadable", field.name, "not a date: " + quoted(spelled),
        "write it as 2024-05-01 or 2024-05-01T12:34:56Z");
  return std::nullopt;
}

std::optional<std::uint64_t> JsonReader::size(std::string_view names) {
  const auto value = number(names);
  if (!value) return std::nullopt;
  if (*value >= 0 && *value < 9.2e18) return static_cast<std::uint64_t>(*value);
  found("size_unreadable", find(names).name, "a size cannot be " + quoted(find(names).value.text()));
  return std::nullopt;
}

std::optional<double> JsonReader::number(std::string_view names) {
  const Field field = find(names);
  if (!field.value.exists()) return std::nullopt;
  if (const auto number = field.value.number()) return number;
  const std::string spelled = field.value.text();
  const auto digits = trim(spelled);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc{} && end == digits.data() + digits.size()) return value;
  found("number_unreadable", field.name, "not a number: " + quoted(spelled));
  return std::nullopt;
}

std::optional<dcat::Iri> JsonReader::link(std::string_view names) {
  return link_of(text(names, 8'000), find(names).name);
}

std::optional<dcat::Iri> JsonReader::link_of(std::string value, std::string_view name) {
  if (value.empty()) return std::nullopt;
  if (is_web_url(value) && is_iri(value)) return dcat::Iri{std::move(value)};
  if (auto absolute = parse_url(value); absolute && !absolute->scheme.empty() && is_iri(absolute->text())) {
    return dcat::Iri{absolute->text()};
  }
  if (looks_like_a_host(value)) {
    if (auto absolute = parse_url("http://" + value)) {
      found("url_schemeless", name, "the address names no scheme: " + quoted(value), "begin it with https://");
      return dcat::Iri{absolute->text()};
    }
  } else if (value.find_first_of("/") == 0) {
    if (auto absolute = resolve_url(context_.base + "/", value); absolute && parse_url(*absolute)) {
      found("url_relative", name, "the address is relative: " + quoted(value), "give the whole address");
      return dcat::Iri{std::move(*absolute)};
    }
  }
  found("url_invalid", name, "not a web address: " + quoted(value), "give the whole address, beginning with https://");
  return std::nullopt;
}

std::string JsonReader::email(std::string_view names) {
  std::string value = text(names);
  if (iequals_ascii(std::string_view(value).substr(0, 7), "mailto:")) value.erase(0, 7);
  return value;
}

std::vector<json::View> JsonReader::array(std::string_view name) {
  const json::View value = object_[name];
  if (is_empty(value)) return {};
  use(name);
  if (value.is(json::Kind::array)) return value.items();
  found("type_wrong", name, "an array was expected, not " + std::string(json::to_string(value.kind())));
  return {};
}

}  // namespace moisson::harvesters
