#include "api/ckan_parameters.h"

#include "core/json.h"
#include "core/text.h"
#include "http/query_string.h"

#include <charconv>

namespace moisson::api::ckan {
namespace {

constexpr std::size_t most_parameters = 200;

bool is_plain(json::View value) { return !value.is(json::Kind::object) && !value.is(json::Kind::array); }

Outcome<Parameters> from_json(std::string_view text) {
  const auto document = json::Document::parse(text);
  if (!document) return bad_request("JSON Error: Error decoding JSON data. Error: " + document.error().message);
  const auto root = document->root();
  if (!root.is(json::Kind::object))
    return bad_request("JSON Error: Request data JSON decoded to " + std::string(json::to_string(root.kind())) +
                       " but must be a dictionary.");
  if (root.size() > most_parameters) return bad_request("JSON Error: more than 200 parameters");
  Parameters parameters;
  for (std::size_t i = 0; i < root.size(); ++i) {
    const auto member = root.member(i);
    if (member.is(json::Kind::null)) continue;
    const std::string name(root.key(i));
    Parameters::Value value;
    if (is_plain(member)) {
      value.items.push_back(member.text());
    } else if (member.is(json::Kind::array)) {
      value.list = true;
      for (const auto item : member.items()) {
        if (!is_plain(item)) return integrity("Badly nested data: " + name);
        value.items.push_back(item.text());
      }
    } else {
      // Only `extras` of package_search may be an object, and it changes nothing.
      if (name != "extras") return integrity("Badly nested data: " + name);
      value.items.push_back(member.dump());
    }
    parameters.set(name, std::move(value));
  }
  return parameters;
}

void add(Parameters& parameters, const http::Parameters& rows) {
  std::map<std::string, Parameters::Value> met;
  for (const auto& [name, value] : rows) met[name].items.push_back(value);
  for (auto& [name, value] : met) {
    value.list = value.items.size() > 1;
    parameters.set(name, std::move(value));
  }
}

// curl -d '{"id": "x"}' sends JSON as if it were a form, which is why a body is looked at before its type.
Outcome<Parameters> from_body(const http::Request& request) {
  const auto body = trim(request.body);
  if (body.empty()) return Parameters{};
  if (body.starts_with('{')) return from_json(body);
  const auto type = lower_ascii(request.headers.get("Content-Type"));
  if (type.starts_with("application/json")) return from_json(body);
  const auto form = http::parse_query_string(body);
  if (!form) return bad_request("JSON Error: " + form.error().message);
  if (form->size() == 1 && form->front().second.empty()) return from_json(form->front().first);
  Parameters parameters;
  add(parameters, *form);
  return parameters;
}

}  // namespace

std::optional<std::vector<std::string>> list_in(std::string_view text) {
  if (!trim(text).starts_with('[')) return std::nullopt;
  const auto document = json::Document::parse(text);
  if (!document || !document->root().is(json::Kind::array)) return std::nullopt;
  std::vector<std::string> items;
  for (const auto item : document->root().items()) items.push_back(item.text());
  return items;
}

Outcome<Parameters> Parameters::read(const http::Request& request) {
  auto parameters = request.method == "POST" ? from_body(request) : Outcome<Parameters>(Parameters{});
  if (parameters) add(*parameters, request.query);
  return parameters;
}

std::string Parameters::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.items.empty() ? std::string() : found->second.items.front();
}

std::vector<std::string> Parameters::list(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return {};
  const auto& value = found->second;
  if (value.list || value.items.empty()) return value.items;
  if (auto items = list_in(value.items.front())) return *items;
  return value.items.front().empty() ? std::vector<std::string>{} : value.items;
}

Outcome<std::uint64_t> Parameters::natural(std::string_view name, std::uint64_t standard) const {
  const auto value = text(name);
  if (value.empty()) return standard;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) return validation(name, "Invalid integer");
  if (number < 0) return validation(name, "Must be a natural number");
  return static_cast<std::uint64_t>(number);
}

bool Parameters::flag(std::string_view name, bool standard) const {
  if (!has(name)) return standard;
  const auto word = lower_ascii(text(name));
  return word == "true" || word == "yes" || word == "on" || word == "t" || word == "y" || word == "1";
}

}  // namespace moisson::api::ckan
