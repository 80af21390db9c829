#include "web/routes.h"

#include "core/hash.h"
#include "core/media_type.h"
#include "http/problem.h"
#include "http/router.h"
#include "links/format.h"
#include "web/account_page.h"
#include "web/care.h"
#include "web/embedded.h"
#include "web/pages.h"
#include "web/people_page.h"

#include <fmt/format.h>

#include <array>
#include <functional>

namespace moisson::web {
namespace {

// The one set of templates and strings: they are part of the program, so every context shares them.
const Result<Renderer>& renderer() {
  static const Result<Renderer> loaded = Renderer::load();
  return loaded;
}

http::Route page_route(const Context& context, std::string_view pattern,
                       std::function<http::Response(const Page&)> make) {
  return {.method = "GET",
          .pattern = pattern,
          .handler = [context, make = std::move(make)](
                         const http::Request& request) { return make(Page(context, *renderer(), request)); },
          .media_type = "text/html"};
}

// The pages of people who have an account. What a form asks for has no page of its own: it leads to one.
void add_account_routes(const Context& context, std::vector<http::Route>& table) {
  using Make = http::Response (*)(const Page&);
  const auto add = [&](std::string_view method, std::string_view pattern, Make make) -> http::Route& {
    http::Route route = page_route(context, pattern, make);
    route.method = method;
    route.access = http::Role::everyone;  // of those who are known: the gate lets nobody else change anything
    route.personal = true;
    return table.emplace_back(std::move(route));
  };
  add("GET", "/sign-in", sign_in_page);
  add("GET", "/sign-in/start", sign_in_start);
  add("GET", "/sign-in/callback", sign_in_callback);
  add("POST", "/sign-out", sign_out);
  add("GET", "/signed-out", signed_out_page);
  add("GET", "/account", account_page);
  add("POST", "/account/notice", take_notice);
  add("POST", "/account/tokens", make_token);
  add("POST", "/account/tokens/revoke", revoke_token);
  add("POST", "/account/watch", watch_events);
  add("POST", "/account/webhooks", add_webhook);
  add("POST", "/account/webhooks/remove", remove_webhook);
  add("POST", "/account/erase", erase_account);
  add("GET", "/audit", audit_page).access = http::Role::administrator;
  add("GET", "/people", people_page).access = http::Role::administrator;
  add("POST", "/people", invite_person).access = http::Role::administrator;
  add("POST", "/people/role", change_person).access = http::Role::administrator;
  add("POST", "/people/erase", erase_person).access = http::Role::administrator;
}

std::string_view asset_type(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".txt")) return "text/plain; charset=utf-8";
  return "image/svg+xml";
}

http::Response asset(const http::Request& request) {
  const std::string name(http::first(request.captures, "name"));
  const std::string_view bytes = embedded("assets/" + name);
  if (bytes.empty()) return http::problem(404, "no such file");
  http::Response response;
  response.headers.set("Content-Type", std::string(asset_type(name)));
  response.headers.set("ETag", fmt::format("\"{:016x}\"", hash64(bytes)));
  response.body = std::string(bytes);
  return response;
}

// Combinations of filters are endless, while every record has an address of its own; other portals may read the API.
// What crawlers follow nobody downloads (RFC 9309 §2.2.3 for the star).
http::Response robots(const links::Links& links) {
  http::Response response;
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  response.body =
      "User-agent: *\nDisallow: /datasets?\nDisallow: /datasets/*/files/\n\nSitemap: " + links.page("/sitemap.xml") +
      "\n";
  return response;
}

// A record has one address for people and programs: who asks for data is sent to it (RFC 9110 §12.5.1).
http::Response dataset_in_its_format(const Page& page) {
  const std::string_view format = links::wanted_format(page.request().headers.get("Accept"), "html");
  http::Response response;
  if (format == "html") {
    response = dataset_page(page);
  } else {
    response.status = 303;
    response.headers.set("Location",
                         page.context().links.dataset_as(http::first(page.request().captures, "id"), format));
  }
  response.headers.set("Vary", "Accept, Accept-Language");
  return response;
}

}  // namespace

Result<std::vector<http::Route>> routes(const Context& context) {
  if (!renderer()) return renderer().error();
  std::vector<http::Route> table;
  const auto page = [&](std::string_view pattern, std::function<http::Response(const Page&)> make) {
    table.push_back(page_route(context, pattern, std::move(make)));
  };
  page("/", home_page);
  page("/datasets", results_page);
  page("/datasets/{id}", dataset_in_its_format);
  page("/datasets/{id}/files/{file}", file_link);
  page("/datasets/{id}.bib", [](const Page& p) { return citation_file(p, "bib"); });
  page("/datasets/{id}.ris", [](const Page& p) { return citation_file(p, "ris"); });
  page("/publishers/{key}", [](const Page& p) { return shelf_page(p, search::Field::publisher); });
  page("/themes/{key}", [](const Page& p) { return shelf_page(p, search::Field::theme); });
  // Who looks after a source sees more of it than others.
  const auto personal = [&](std::string_view pattern, http::Response (*make)(const Page&)) {
    page(pattern, make);
    table.back().personal = true;
  };
  personal("/sources", sources_page);
  personal("/sources/{id}", source_page);
  personal("/jobs/{id}", job_page);
  page("/stats", stats_page);
  page("/stats/clients", clients_page);
  page("/docs", docs_page);
  page("/reuse", [](const Page& p) { return prose_page(p, "reuse"); });
  page("/help", [](const Page& p) { return prose_page(p, "help"); });
  page("/about", [](const Page& p) { return prose_page(p, "about"); });
  page("/accessibility", accessibility_page);
  if (context.desk != nullptr) add_account_routes(context, table);
  for (http::Route& route : care_routes(context, *renderer())) table.push_back(std::move(route));
  table.push_back({.method = "GET",
                   .pattern = "/assets/{name}",
                   .handler = asset,
                   .media_type = "text/javascript",
                   .max_age_s = 3600});
  table.push_back({.method = "GET",
                   .pattern = "/robots.txt",
                   .handler = [links = context.links](const http::Request&) { return robots(links); },
                   .media_type = "text/plain",
                   .max_age_s = 3600});
  return table;
}

http::Response error_page(const Context& context, const http::Request& request, int status) {
  constexpr std::array<std::string_view, 3> offers{"application/problem+json", "application/json", "text/html"};
  const int wanted = negotiate(request.headers.get("Accept"), offers);
  const bool for_programs = wanted != 2 || request.path.starts_with("/api/") || !renderer();
  return for_programs ? http::unanswered(status) : Page(context, *renderer(), request).failed(status);
}

}  // namespace moisson::web
