// The demo portals: four small catalogs that are part of the program (config/demo/), one for each way of publishing
// that it reads, served over HTTP like anybody's, so that a demo and its tests need no network. Thread-safe.
#pragma once

#include "app/configuration.h"

#include <moisson/http/message.h>

#include <filesystem>
#include <string_view>
#include <vector>

namespace moisson::app {

// For a server of their own, on a loopback port:
//   /communes/api/3/action/{name}   a CKAN portal
//   /national/catalogue.ttl?page=N  Turtle in three Hydra pages
//   /mobilites/catalogue.rdf        RDF/XML
//   /environnement/catalogue.nt     N-Triples
std::vector<http::Route> demo_portal_routes();

// A catalog of the four, at `portals` ("http://127.0.0.1:PORT", without trailing '/'). `listen` is host:port of the
// catalog itself; its links start with http://`listen`, so the port is a real one.
Configuration demo_configuration(std::string_view portals, const std::filesystem::path& data_dir,
                                 std::string_view listen);

}  // namespace moisson::app
