#include "ckan_portal.h"

#include <gtest/gtest.h>

#include <array>

namespace moisson::api::ckan {
namespace {

constexpr std::array<std::string_view, 3> publishers{"Ville d'Aix", "Région Sud", "Métropole de Lyon"};
constexpr std::array<std::string_view, 3> themes{"ENVI", "TRAN", "EDUC"};
constexpr std::array<std::string_view, 4> keywords{"eau", "bus", "école", "Vélo"};
constexpr std::array<std::string_view, 3> formats{"CSV", "GeoJSON", "PDF"};

}  // namespace

harvest::HarvestedRecord portal_record(int number) {
  const auto n = static_cast<std::size_t>(number);
  dcat::Dataset dataset;
  dataset.iri = "https://portal.example/dataset/" + std::to_string(number);
  dataset.identifier = {"urn:alpha:" + std::to_string(number)};
  dataset.title = {{"Jeu numéro " + std::to_string(number) + " " + std::string(keywords[n % 4]), "fr"}};
  dataset.description = {{"Description **du jeu** " + std::to_string(number), "fr"}};
  dataset.keyword = {{std::string(keywords[n % 4]), "fr"}, {"commun", "fr"}};
  dataset.theme = {{"http://publications.europa.eu/resource/authority/data-theme/" + std::string(themes[n % 3]), {}}};
  dcat::Agent publisher;
  publisher.name = {{std::string(publishers[n % 3]), "fr"}};
  dataset.publisher = {publisher};
  dataset.contact_point = {{"", {{"Service données", "fr"}}, "donnees@example.org", "", ""}};
  dataset.licence = dcat::Concept{"https://www.etalab.gouv.fr/licence-ouverte-open-licence", {}};
  dataset.language = {{"http://publications.europa.eu/resource/authority/language/FRA", {}}};
  dataset.frequency = dcat::Concept{"http://publications.europa.eu/resource/authority/frequency/DAILY", {}};
  dataset.spatial = {{"", {{"Aix", "fr"}}, "", dcat::BoundingBox{5, 43, 6, 44}}};
  dataset.landing_page = {{dataset.iri}};
  dataset.modified = Moment{std::chrono::sys_days{std::chrono::year{2024} / 1 / 2}, Precision::day};
  for (int i = 0; number % 10 != 9 && i < 2; ++i) {
    dcat::Distribution file;
    file.title = {{"Fichier " + std::to_string(i), "fr"}};
    file.download_url = {{"https://portal.example/files/" + std::to_string(number) + "-" + std::to_string(i)}};
    file.format = dcat::Concept{"", {{std::string(formats[(n + static_cast<std::size_t>(i)) % 3]), ""}}};
    file.byte_size = 1000 + n;
    dataset.distribution.push_back(std::move(file));
  }
  harvest::HarvestedRecord record;
  record.remote_id = "r" + std::to_string(number);
  record.remote_url = dataset.iri;
  record.raw = {"application/json", "{\"id\":\"" + record.remote_id + "\"}", "https://portal.example/api", ""};
  record.record = std::move(dataset);
  return record;
}

Portal::Portal() {
  add_source("alpha", "Portail Alpha");
  add_source("beta", "Portail Bêta");
  std::vector<harvest::HarvestedRecord> records;
  for (int i = 0; i < portal_records - 2; ++i) records.push_back(portal_record(i));
  harvest_records("alpha", std::move(records));
  clock().turn(std::chrono::hours(24));
  harvest("beta", {{"b1", "Lignes de tramway", "TRAN"}, {"b2", "Qualité de l'air", "ENVI"}});
  project();
}

Reply Portal::ask(std::string_view action_and_query) const {
  auto reply = get("/api/3/action/" + std::string(action_and_query));
  EXPECT_EQ(reply.status, 200) << action_and_query << ": " << reply.body;
  EXPECT_EQ(reply.root()["success"].boolean(), true) << action_and_query;
  return reply;
}

Reply Portal::post(std::string_view action, std::string body) const {
  return send("POST", "/api/action/" + std::string(action),
              {{"Content-Type", "application/json"},
               {"User-Agent", "ckanapi/4.11 (+https://github.com/ckan/ckanapi)"},
               {"X-CKAN-API-Key", "secret"},
               {"Authorization", "secret"}},
              std::move(body));
}

std::vector<std::string> texts(json::View list) {
  std::vector<std::string> found;
  for (const auto item : list.items()) found.push_back(item.text());
  return found;
}

std::vector<std::string> texts(json::View list, std::string_view key) {
  std::vector<std::string> found;
  for (const auto item : list.items()) found.push_back(item[key].text());
  return found;
}

}  // namespace moisson::api::ckan
