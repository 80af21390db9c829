#include "app/demo_portals.h"

#include "app/demo_ckan.h"
#include "configuration/embedded.h"

#include <memory>
#include <string>
#include <utility>

namespace moisson::app {
namespace {

constexpr std::string_view communes_title = "Communes et métropoles, portail de démonstration";

http::Response document(std::string_view media_type, std::string_view bytes) {
  http::Response response;
  response.headers.set("Content-Type", std::string(media_type));
  response.body = std::string(bytes);
  return response;
}

http::Response turtle_page(const http::Request& request) {
  const auto page = http::first(request.query, "page");
  const auto bytes = demo::embedded("national-" + std::string(page.empty() ? "1" : page) + ".ttl");
  auto response = document("text/turtle", bytes);
  if (bytes.data() == nullptr) response.status = 404;
  return response;
}

http::Route file(std::string_view pattern, std::string_view media_type, std::string_view name,
                 std::string_view summary) {
  return {
      "GET",   pattern, [media_type, name](const http::Request&) { return document(media_type, demo::embedded(name)); },
      summary, "",      media_type};
}

http::Handler ckan_actions() {
  auto portal = DemoCkan::read(demo::embedded("communes.jsonl"), communes_title);
  const auto shared = std::make_shared<const DemoCkan>(std::move(portal).value());
  return [shared](const http::Request& request) {
    return shared->answer(http::first(request.captures, "name"), request.query);
  };
}

harvest::HarvestSource source(std::string id, std::string_view title, std::string_view kind, std::string url) {
  harvest::HarvestSource made;
  made.id = std::move(id);
  made.title = title;
  made.kind = kind;
  made.url = std::move(url);
  made.schedule = "hourly";
  made.timezone = "Europe/Paris";
  made.language = "fr";
  made.private_networks = true;
  return made;
}

}  // namespace

std::vector<http::Route> demo_portal_routes() {
  std::vector<http::Route> routes;
  routes.push_back({"GET", "/communes/api/3/action/{name}", ckan_actions(), "The CKAN portal of the demo", ""});
  routes.push_back({"GET", "/communes",
                    [](const http::Request&) {
                      return document("text/plain; charset=utf-8",
                                      std::string(communes_title) + "\n/communes/api/3/action/package_search\n");
                    },
                    "What stands here", "", "text/plain"});
  routes.push_back({"GET", "/national/catalogue.ttl", turtle_page, "The Turtle portal of the demo", "", "text/turtle"});
  routes.push_back(
      file("/mobilites/catalogue.rdf", "application/rdf+xml", "mobilites.rdf", "The RDF/XML portal of the demo"));
  routes.push_back(file("/environnement/catalogue.nt", "application/n-triples", "environnement.nt",
                        "The N-Triples portal of the demo"));
  return routes;
}

Configuration demo_configuration(std::string_view portals, const std::filesystem::path& data_dir,
                                 std::string_view listen) {
  Configuration configuration;
  configuration.catalog.title = "Catalogue de démonstration";
  configuration.catalog.base_url = "http://" + std::string(listen);
  configuration.catalog.data_dir = data_dir;
  configuration.server.listen = listen;
  configuration.harvest.allow_networks = {*net::parse_network("127.0.0.0/8")};
  const std::string base(portals);
  configuration.sources = {
      source("national", "Portail national de démonstration", "dcat", base + "/national/catalogue.ttl"),
      source("communes", communes_title, "ckan", base + "/communes"),
      source("mobilites", "Mobilités, portail de démonstration", "dcat", base + "/mobilites/catalogue.rdf"),
      source("environnement", "Environnement et santé, portail de démonstration", "dcat",
             base + "/environnement/catalogue.nt"),
  };
  return configuration;
}

}  // namespace moisson::app
