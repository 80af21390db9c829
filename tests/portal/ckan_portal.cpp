#include "portal/ckan_portal.h"

#include "core/json.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace moisson::test {
namespace {

constexpr std::string_view json_type = "application/json;charset=utf-8";

std::uint64_t number_of(const http::Request& request, std::string_view name, std::uint64_t otherwise) {
  const auto text = std::string(http::first(request.query, name));
  return text.empty() ? otherwise : std::stoull(text);
}

http::Response failure(int status, std::string_view type, std::string_view message) {
  json::Writer out;
  out.begin_object().field("help", "").key("success").boolean(false).key("error").begin_object();
  out.field("__type", type).field("message", message).end_object().end_object();
  return answer(status, out.take(), json_type);
}

// The two clauses that a harvest sends: a list of organizations, and metadata_modified from an instant on.
struct Clauses {
  std::string organizations;
  std::string from;
};

std::string between(std::string_view text, std::string_view begin, char end) {
  const auto at = text.find(begin);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + begin.size());
  return std::string(rest.substr(0, rest.find(end)));
}

Clauses clauses(std::string_view fq) {
  return {between(fq, "+organization:(", ')'), between(fq, "metadata_modified:[", ' ')};
}

}  // namespace

CkanPortal::CkanPortal() : portal_([this](const http::Request& request) { return handle(request); }) {}

void CkanPortal::put(std::string id, std::string package) {
  Package made;
  made.json = std::move(package);
  if (const auto parsed = json::Document::parse(made.json)) {
    made.modified = parsed->root()["metadata_modified"].text();
    made.organization = parsed->root()["organization"]["name"].text();
  }
  const std::lock_guard lock(mutex_);
  packages_[std::move(id)] = std::move(made);
}

void CkanPortal::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  packages_.erase(id);
}

void CkanPortal::set(CkanQuirks quirks) {
  const std::lock_guard lock(mutex_);
  quirks_ = std::move(quirks);
}

http::Response CkanPortal::handle(const http::Request& request) {
  const std::lock_guard lock(mutex_);
  if (quirks_.posts_only && request.method != "POST") return answer(405, "Method Not Allowed");
  const std::string actions = quirks_.base + (quirks_.posts_only ? "/api/action/" : "/api/3/action/");
  if (quirks_.posts_only) return posted(request, request.path.substr(std::min(actions.size(), request.path.size())));
  if (request.path == actions + "package_search") return search(request);
  if (request.path == actions + "package_list") return list();
  if (request.path == actions + "package_show") return show(request);
  return answer(404, "<html>Not found</html>", "text/html");
}

http::Response CkanPortal::posted(const http::Request& request, const std::string& action) const {
  const auto body = json::Document::parse(request.body);
  if (!body) return answer(400, "Bad request - JSON Error");
  http::Request asked;
  for (std::size_t i = 0; i < body->root().size(); ++i)
    asked.query.emplace_back(body->root().key(i), body->root().member(i).text());
  if (action == "package_search") return search(asked);
  return action == "package_list" ? list() : show(asked);
}

http::Response CkanPortal::search(const http::Request& request) const {
  if (!quirks_.whole_answer.empty()) return answer(200, quirks_.whole_answer, json_type);
  if (quirks_.refuses_sort && !http::first(request.query, "sort").empty()) {
    return failure(409, "Search Error", "this portal cannot sort");
  }
  const auto asked = number_of(request, "rows", 10);
  if (quirks_.fails_above != 0 && asked > quirks_.fails_above) return answer(504, "too slow");
  const auto rows = std::min(asked, quirks_.rows_cap);
  const auto start = quirks_.ignores_start ? 0 : number_of(request, "start", 0);
  const Clauses wanted = quirks_.ignores_fq ? Clauses{} : clauses(http::first(request.query, "fq"));
  const bool ids_only = http::first(request.query, "fl") == "id";

  std::vector<const std::pair<const std::string, Package>*> found;
  for (const auto& row : packages_) {
    if (quirks_.unindexed.contains(row.first)) continue;
    if (!wanted.organizations.empty() &&
        wanted.organizations.find('"' + row.second.organization + '"') == std::string::npos)
      continue;
    if (!wanted.from.empty() && row.second.modified < wanted.from) continue;
    found.push_back(&row);
  }
  std::string body = R"({"help":"","success":true,"result":{"count":)" + std::to_string(found.size()) +
                     R"(,"sort":"id asc","results":[)";
  const auto first = quirks_.repeats_a_record && start > 0 ? start - 1 : start;
  for (std::uint64_t i = first; i < std::min<std::uint64_t>(found.size(), start + rows); ++i) {
    if (i != first) body += ',';
    body += ids_only ? R"({"id":")" + found[i]->first + "\"}" : found[i]->second.json;
  }
  return answer(200, body + R"(],"facets":{},"search_facets":{}}})", json_type);
}

http::Response CkanPortal::list() const {
  json::Writer out;
  out.begin_object().field("help", "").key("success").boolean(true).key("result").begin_array();
  for (const auto& [id, package] : packages_) out.string(id);
  out.end_array().end_object();
  return answer(200, out.take(), json_type);
}

http::Response CkanPortal::show(const http::Request& request) const {
  const auto found = packages_.find(std::string(http::first(request.query, "id")));
  if (found == packages_.end()) return failure(404, "Not Found Error", "Not found");
  return answer(200, R"({"help":"","success":true,"result":)" + found->second.json + "}", json_type);
}

std::string ckan_package(std::string_view id, std::string_view title, std::string_view modified,
                         std::string_view members) {
  json::Writer out;
  out.begin_object().field("id", id).field("name", id).field("title", title);
  out.field("notes", "Description of " + std::string(title)).field("metadata_modified", modified);
  out.field("metadata_created", "2020-01-01T00:00:00.000000");
  out.key("resources").begin_array().begin_object().field("id", std::string(id) + "-r").field("format", "CSV");
  out.field("url", "https://files.example.org/" + std::string(id) + ".csv").end_object().end_array();
  out.end_object();
  std::string json = out.take();
  if (!members.empty()) json.insert(json.size() - 1, "," + std::string(members));
  return json;
}

std::string numbered(std::uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "p%04llu", static_cast<unsigned long long>(number));
  return text;
}

}  // namespace moisson::test
