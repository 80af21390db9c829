#include "app/demo_ckan.h"

#include "core/json.h"
#include "core/text.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <regex>
#include <set>
#include <utility>

namespace moisson::app {
namespace {

http::Response json_response(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/json;charset=utf-8");
  response.body = std::move(body);
  return response;
}

http::Response success(std::string_view result) {
  json::Writer out;
  out.begin_object().key("success").boolean(true).key("result").raw(result).end_object();
  return json_response(200, out.take());
}

// CKAN names the kind of an error in __type, and clients go by that alone.
http::Response failure(int status, std::string_view type, std::string_view field, std::string_view message) {
  json::Writer out;
  out.begin_object().key("success").boolean(false).key("error").begin_object().field("__type", type);
  if (field.empty())
    out.field("message", message);
  else
    out.key(field).begin_array().string(message).end_array();
  out.end_object().end_object();
  return json_response(status, out.take());
}

std::optional<std::size_t> natural(std::string_view text, std::size_t otherwise) {
  if (text.empty()) return otherwise;
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// What is left of a list once its window is taken; `start` may lie beyond the end.
template <class T>
void keep_window(std::vector<T>& list, std::size_t start, std::size_t rows) {
  start = std::min(start, list.size());
  list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(start));
  if (rows < list.size()) list.resize(rows);
}

// The part of CKAN's filter language that harvesters send. An empty set of names stands for every name.
struct Filter {
  std::string modified_from, modified_to;  // compared as text, to the second
  std::set<std::string> organizations;
  bool without_organizations = false;
};

std::string to_the_second(const std::string& bound) {
  return bound == "*" || bound.starts_with("NOW") ? std::string{} : bound.substr(0, 19);
}

std::optional<Filter> read_filter(std::string text) {
  static const std::regex range(R"(\+?metadata_modified:\[(\S+) TO (\S+)\])");
  static const std::regex names(R"(([-+]?)organization:(\("[^)]*"\)|"[^"]*"|[^\s()]+))");
  static const std::regex name(R"re("([^"]*)"|([^\s()"]+))re");
  Filter filter;
  std::smatch match;
  if (std::regex_search(text, match, range)) {
    filter.modified_from = to_the_second(match[1]);
    filter.modified_to = to_the_second(match[2]);
    text = match.prefix().str() + match.suffix().str();
  }
  if (std::regex_search(text, match, names)) {
    filter.without_organizations = match[1] == "-";
    const std::string list = match[2];
    for (std::sregex_iterator it(list.begin(), list.end(), name), end; it != end; ++it)
      if (const auto word = (*it)[1].matched ? (*it)[1].str() : (*it)[2].str(); word != "OR")
        filter.organizations.insert(word);
    text = match.prefix().str() + match.suffix().str();
  }
  text = std::regex_replace(text, std::regex(R"(\bAND\b)"), "");
  if (!trim(text).empty()) return std::nullopt;
  return filter;
}

}  // namespace

Result<DemoCkan> DemoCkan::read(std::string_view json_lines, std::string_view site_title) {
  DemoCkan portal;
  portal.site_title_ = site_title;
  std::size_t number = 0;
  for (const auto line : split(json_lines, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
    const auto document = json::Document::parse(line);
    if (!document) return at(std::to_string(number), document.error());
    const auto package = document->root();
    portal.packages_.push_back({line, package["id"].text(), package["name"].text(),
                                package["organization"]["name"].text(), package["metadata_created"].text(),
                                package["metadata_modified"].text()});
  }
  std::sort(portal.packages_.begin(), portal.packages_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return portal;
}

http::Response DemoCkan::answer(std::string_view action, const http::Parameters& parameters) const {
  if (action == "package_search") return search(parameters);
  if (action == "package_list") return list(parameters);
  if (action == "package_show") return show(parameters);
  if (action == "status_show") {
    json::Writer out;
    out.begin_object().field("site_title", site_title_).field("ckan_version", "2.10.4").field("locale_default", "fr");
    out.key("extensions").begin_array().end_array().end_object();
    return success(out.take());
  }
  json::Writer out;
  out.string("Bad request: Action name not known: " + std::string(cut(action, 100)));
  return json_response(400, out.take());
}

http::Response DemoCkan::search(const http::Parameters& parameters) const {
  constexpr std::size_t default_rows = 10, most_rows = 1000;
  const auto rows = natural(http::first(parameters, "rows"), default_rows);
  if (!rows) return failure(409, "Validation Error", "rows", "Must be a natural number");
  const auto start = natural(http::first(parameters, "start"), 0);
  if (!start) return failure(409, "Validation Error", "start", "Must be a natural number");
  const auto filter = read_filter(std::string(http::first(parameters, "fq")));
  if (!filter) return failure(400, "Search Query Error", {}, "Search Query is invalid: fq");

  std::string sort(http::first(parameters, "sort"));
  if (sort.empty()) sort = "metadata_modified desc";
  const auto blank = sort.find(' ');
  const auto field = sort.substr(0, blank);
  const bool descending = blank != std::string::npos && sort.substr(blank + 1) == "desc";
  static const std::pair<std::string_view, std::string Package::*> fields[] = {
      {"id", &Package::id},
      {"name", &Package::name},
      {"metadata_created", &Package::created},
      {"metadata_modified", &Package::modified}};
  const auto* key =
      std::find_if(std::begin(fields), std::end(fields), [&](const auto& row) { return row.first == field; });
  if (key == std::end(fields)) return failure(400, "Search Query Error", {}, "Search Query is invalid: sort");

  std::vector<const Package*> found;
  for (const auto& package : packages_) {
    const auto modified = package.modified.substr(0, 19);
    if (!filter->modified_from.empty() && modified < filter->modified_from) continue;
    if (!filter->modified_to.empty() && modified > filter->modified_to) continue;
    if (!filter->organizations.empty() &&
        filter->organizations.contains(package.organization) == filter->without_organizations)
      continue;
    found.push_back(&package);
  }
  std::stable_sort(found.begin(), found.end(), [member = key->second, descending](const Package* a, const Package* b) {
    return descending ? b->*member < a->*member : a->*member < b->*member;
  });

  json::Writer out;
  out.begin_object().key("count").unsigned_integer(found.size()).field("sort", sort);
  keep_window(found, *start, std::min(*rows, most_rows));
  out.key("results").begin_array();
  for (const auto* package : found) out.raw(package->json);
  out.end_array()
      .key("facets")
      .begin_object()
      .end_object()
      .key("search_facets")
      .begin_object()
      .end_object()
      .end_object();
  return success(out.take());
}

http::Response DemoCkan::list(const http::Parameters& parameters) const {
  const auto limit = natural(http::first(parameters, "limit"), packages_.size());
  const auto offset = natural(http::first(parameters, "offset"), 0);
  if (!limit) return failure(409, "Validation Error", "limit", "Must be a natural number");
  if (!offset) return failure(409, "Validation Error", "offset", "Must be a natural number");
  std::vector<std::string_view> names;
  for (const auto& package : packages_) names.push_back(package.name);
  std::sort(names.begin(), names.end());
  keep_window(names, *offset, *limit);
  json::Writer out;
  out.begin_array();
  for (const auto name : names) out.string(name);
  out.end_array();
  return success(out.take());
}

http::Response DemoCkan::show(const http::Parameters& parameters) const {
  const auto wanted = http::first(parameters, "id");
  if (wanted.empty()) return failure(409, "Validation Error", "name_or_id", "Missing value");
  for (const auto& package : packages_)
    if (package.id == wanted || package.name == wanted) return success(package.json);
  return failure(404, "Not Found Error", {}, "Not found");
}

}  // namespace moisson::app
