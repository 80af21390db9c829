// What each product makes of DCAT, in small catalogs of its shape: paging, ids, publishers, licences, languages and
// blank nodes arrive although each writes them in a way of its own. Over HTTP, through the harvester of kind "dcat".
#include "harvesters/dcat.h"

#include "collecting_sink.h"
#include "dcat/normalise.h"
#include "dcat/vocabulary.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace moisson::harvesters {
namespace {

// Replaces PORTAL by the portal's address, which the pages of a catalog name.
std::string at(const std::string& portal, std::string page) {
  constexpr std::string_view mark = "PORTAL";
  for (auto found = page.find(mark); found != page.npos; found = page.find(mark, found + portal.size()))
    page.replace(found, mark.size(), portal);
  return page;
}

class DcatFlavours : public testing::Test {
 protected:
  // `target`: the path with its query.
  void serve(const std::string& target, std::string_view page, std::string type) {
    pages_[target] = {at(portal_.url(), std::string(page)), std::move(type)};
    test::Script script;
    script.before = [pages = pages_](const http::Request& request) -> std::optional<http::Response> {
      const auto found = pages.find(request.target);
      if (found == pages.end()) return std::nullopt;
      return test::answer(200, found->second.first, found->second.second);
    };
    portal_.script(std::move(script));
  }

  // Reads the catalog at `path`, whole.
  void harvest(const std::string& path) {
    harvest::HarvestSource source;
    source.id = "portal";
    source.kind = "dcat";
    source.url = portal_.url(path);
    net::CurlFetcher fetcher(test::fetcher_options(), gate_, {});
    SystemClock clock;
    const auto listing = dcat_harvester().harvest({source, fetcher, clock, {}, false, 0}, sink_);
    ASSERT_TRUE(listing) << to_string(listing.error());
    EXPECT_TRUE(listing->complete);
    EXPECT_TRUE(sink_.failed.empty());
  }

  // The record of this id, as it would be stored.
  dcat::Record record(const std::string& id) const {
    for (const auto& taken : sink_.taken) {
      if (taken.remote_id != id) continue;
      dcat::Record record = taken.record;
      dcat::normalise(record, {});
      return record;
    }
    ADD_FAILURE() << "no record " << id;
    return {};
  }

  static std::string licence(const dcat::Record& record) {
    const auto stated = dcat::licence_of(record);
    const dcat::Licence* known = stated ? dcat::licence(*stated) : nullptr;
    return std::string(known == nullptr ? "" : known->key);
  }
  static std::string name(const std::vector<dcat::Agent>& agents) {
    return agents.empty() || agents.front().name.empty() ? "" : agents.front().name.front().value;
  }
  static std::string format(const dcat::Distribution& file) {
    const dcat::Format* known = dcat::format_of(file);
    return std::string(known == nullptr ? "" : known->key);
  }
  static std::string day(const std::optional<Moment>& moment) {
    return moment ? format_moment(*moment).substr(0, 10) : "";
  }

  test::Portal portal_;
  test::CollectingSink sink_;
  net::HostGate gate_;
  std::map<std::string, std::pair<std::string, std::string>> pages_;  // body and type
};

// /api/explore/v2.1/catalog/exports/rdf: one document without paging; files are the exports, their formats plain words,
// the page a literal, the licence a name, the publisher a name.
TEST_F(DcatFlavours, Opendatasoft) {
  serve("/api/explore/v2.1/catalog/exports/rdf", R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
         xmlns:dct="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/">
  <dcat:Catalog rdf:about="PORTAL/api/explore/v2.1/catalog"><dct:title>Ville</dct:title>
    <dcat:dataset rdf:resource="PORTAL/api/explore/v2.1/catalog/datasets/arbres"/>
  </dcat:Catalog>
  <dcat:Dataset rdf:about="PORTAL/api/explore/v2.1/catalog/datasets/arbres">
    <dct:identifier>arbres</dct:identifier>
    <dct:title xml:lang="fr">Arbres</dct:title>
    <dct:description xml:lang="fr">&lt;p&gt;Les arbres de la ville.&lt;/p&gt;</dct:description>
    <dct:language>fr</dct:language>
    <dct:modified>2024-05-01T03:00:12+00:00</dct:modified>
    <dct:publisher><foaf:Agent><foaf:name>Ville de Nantes</foaf:name></foaf:Agent></dct:publisher>
    <dct:license>Licence Ouverte v2.0 (Etalab)</dct:license>
    <dcat:theme>Environnement</dcat:theme>
    <dcat:keyword>arbre</dcat:keyword><dcat:keyword>parc</dcat:keyword>
    <dcat:landingPage>PORTAL/explore/dataset/arbres/</dcat:landingPage>
    <dcat:distribution>
      <dcat:Distribution rdf:about="PORTAL/api/explore/v2.1/catalog/datasets/arbres/exports/csv">
        <dct:title>arbres (csv)</dct:title><dct:format>csv</dct:format>
        <dcat:accessURL rdf:resource="PORTAL/api/explore/v2.1/catalog/datasets/arbres/exports/csv"/>
      </dcat:Distribution>
    </dcat:distribution>
    <dcat:distribution>
      <dcat:Distribution rdf:about="PORTAL/api/explore/v2.1/catalog/datasets/arbres/exports/shp">
        <dct:format>shp</dct:format>
        <dcat:accessURL rdf:resource="PORTAL/api/explore/v2.1/catalog/datasets/arbres/exports/shp"/>
      </dcat:Distribution>
    </dcat:distribution>
  </dcat:Dataset>
</rdf:RDF>)",
        "application/rdf+xml");
  harvest("/api/explore/v2.1/catalog/exports/rdf");
  const std::string iri = portal_.url("/api/explore/v2.1/catalog/datasets/arbres");
  const auto made = std::get<dcat::Dataset>(record(iri));
  EXPECT_EQ(made.identifier, std::vector<std::string>{"arbres"});
  EXPECT_EQ(name(made.publisher), "Ville de Nantes");
  EXPECT_EQ(made.publisher.front().key, "fr-commune-44109");
  EXPECT_EQ(licence(made), "lov2");
  EXPECT_EQ(day(made.modified), "2024-05-01");
  EXPECT_EQ(made.title.front().language, "fr");
  ASSERT_EQ(made.landing_page.size(), 1U);
  EXPECT_EQ(made.landing_page[0].value, portal_.url("/explore/dataset/arbres/"));
  ASSERT_EQ(made.distribution.size(), 2U);
  EXPECT_EQ(format(made.distribution[0]) + " " + format(made.distribution[1]), "csv shp");
  EXPECT_EQ(made.theme.size(), 1U);
  EXPECT_EQ(dcat::theme(made.theme.front())->key, "ENVI");
}

// /api/feed/dcat-ap/2.0.1.json (koop-output-dcat-ap-201): a stream of objects in the catalog's, "dcat:accessUrl" as
// plain words, a type that is no IRI, texts of its template that nothing was put into, files of the metadata without
// prefixes.
TEST_F(DcatFlavours, ArcGisHub) {
  serve("/api/feed/dcat-ap/2.0.1.json", R"({
	"@context": {
		"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
		"vcard": "http://www.w3.org/2006/vcard/ns#",
		"ftype": "http://publications.europa.eu/resource/authority/file-type/",
		"lang": "http://publications.europa.eu/resource/authority/language/"
	},
	"@id": "PORTAL", "@type": "dcat:Catalog", "dct:title": "Hub", "dct:publisher": "Stadt Bonn",
	"foaf:homepage": {"foaf:Document": "PORTAL/search"}, "dct:language": {"@id": "lang:GER"},
	"dcat:dataset": [
		{
			"@type": "dcat:Dataset", "@id": "PORTAL/datasets/0_0",
			"dct:title": "Tahoe places", "dct:description": "<div>Fire</div>",
			"dcat:contactPoint": {"@id": "PORTAL/sharing/rest/community/users/jane?f=json", "@type": "Contact",
			                      "vcard:fn": "jane", "vcard:hasEmail": "{{orgContactEmail}}"},
			"dct:publisher": "Stadt Bonn", "dcat:theme": "geospatial", "dct:accessRights": "public",
			"dct:identifier": "PORTAL/datasets/0_0", "dcat:keyword": ["fire", "tahoe"], "dct:provenance": "",
			"dct:issued": "2021-01-29T15:34:38.000Z", "dct:language": {"@id": "lang:ENG"},
			"dcat:distribution": [
				{"@type": "dcat:Distribution", "dcat:accessUrl": "PORTAL/datasets/0_0", "dct:format": {"@id": "ftype:HTML"},
				 "dct:description": "Web Page", "dct:title": "ArcGIS Hub Dataset"},
				{"@type": "dcat:Distribution", "dcat:accessUrl": "PORTAL/datasets/0_0.csv?outSR=%7B%22wkid%22%3A102100%7D",
				 "dct:format": {"@id": "ftype:CSV"}, "dct:description": "CSV", "dct:title": "CSV"},
				{"@type": "dcat:Distribution", "title": null, "format": "ISO 19139", "accessURL": null, "description": null}
			]
		}
	]
})",
        "application/json");
  harvest("/api/feed/dcat-ap/2.0.1.json");
  const auto made = std::get<dcat::Dataset>(record(portal_.url("/datasets/0_0")));
  EXPECT_EQ(name(made.publisher), "Stadt Bonn");
  EXPECT_EQ(day(made.issued), "2021-01-29");
  EXPECT_EQ(made.language.at(0).iri, "http://publications.europa.eu/resource/authority/language/ENG");
  EXPECT_EQ(dcat::access_rights(*made.access_rights)->key, "PUBLIC");
  ASSERT_EQ(made.contact_point.size(), 1U);
  EXPECT_EQ(made.contact_point[0].name.front().value, "jane");
  EXPECT_EQ(made.contact_point[0].email, "") << "nothing was put into its template";
  std::map<std::string, std::string> files;  // their order is that of what stays when blank nodes are named anew
  for (const auto& file : made.distribution) {
    if (!file.access_url.empty()) files[format(file)] = file.access_url.front().value;
  }
  EXPECT_EQ(files, (std::map<std::string, std::string>{
                       {"html", portal_.url("/datasets/0_0")},
                       {"csv", portal_.url("/datasets/0_0.csv?outSR=%7B%22wkid%22%3A102100%7D")}}));
  EXPECT_TRUE(made.provenance.empty());
}

// rdf.metadata.get and its like: an IRI of words that the metadata gave, dct:updated, every ISO restriction code a
// dct:license, a licence's IRI with words inside, a publisher that the document of one record does not describe, a
// period and WKT on several lines.
TEST_F(DcatFlavours, GeoNetwork) {
  serve("/geonetwork/srv/api/records/0c45/formatters/rdf", R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"
         xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dcat="http://www.w3.org/ns/dcat#">
  <dcat:CatalogRecord rdf:about="PORTAL/geonetwork/records/0c45">
    <foaf:primaryTopic rdf:resource="PORTAL/geonetwork/srv/resources/0c45%20x"/>
    <dct:modified>2021-07-28</dct:modified>
  </dcat:CatalogRecord>
  <dcat:Dataset rdf:about="PORTAL/geonetwork/srv/resources/datasets/0c45 PORTAL/geonetwork/srv/resources0c45">
    <dct:identifier>0c45 PORTAL/geonetwork/srv/resources0c45</dct:identifier>
    <dct:title>Chemistry of Le Gardon</dct:title>
    <dct:abstract>Data of the basin.</dct:abstract>
    <dcat:theme rdf:resource="http://inspire.ec.europa.eu/theme/ef">Environmental monitoring facilities</dcat:theme>
    <dct:spatial>
      <ogc:Polygon xmlns:ogc="http://www.opengis.net/rdf#">
        <ogc:asWKT rdf:datatype="http://www.opengis.net/rdf#WKTLiteral">
          &lt;http://www.opengis.net/def/crs/OGC/1.3/CRS84&gt;
          Polygon((3.98 44.05, 3.98 44.11, 4.00 44.11, 4.00 44.05, 3.98 44.05))
        </ogc:asWKT>
      </ogc:Polygon>
    </dct:spatial>
    <dct:temporal>2004-11-03T00:00:00+01:00
          /
          2005-03-30T00:00:00+02:00</dct:temporal>
    <dct:issued>2004-11-03</dct:issued>
    <dct:updated>2021-05-05</dct:updated>
    <dct:publisher rdf:resource="PORTAL/geonetwork/srv/resources/organizations/UMR%20HydroSciences%20%28HSM%29"/>
    <dct:accrualPeriodicity>continual</dct:accrualPeriodicity>
    <dct:language>eng</dct:language>
    <dct:license>copyright</dct:license>
    <dct:license>license</dct:license>
    <dct:license rdf:resource="http://inspire.ec.europa.eu/metadata-codelist/ConditionsApplyingToAccessAndUse/noConditionsApply">No conditions apply to access and use.</dct:license>
    <dcat:distribution rdf:resource="PORTAL/geonetwork/records/0c45#OGC%3AWMS-station"/>
  </dcat:Dataset>
  <dcat:Distribution rdf:about="PORTAL/geonetwork/records/0c45#OGC%3AWMS-station">
    <dcat:accessURL>PORTAL/geoserver/wms</dcat:accessURL>
    <dct:format><dct:IMT><rdf:value>OGC:WMS</rdf:value></dct:IMT></dct:format>
  </dcat:Distribution>
</rdf:RDF>)",
        "application/rdf+xml");
  harvest("/geonetwork/srv/api/records/0c45/formatters/rdf");
  ASSERT_EQ(sink_.taken.size(), 1U);
  const auto made = std::get<dcat::Dataset>(record(sink_.taken.front().remote_id));
  EXPECT_EQ(made.description.front().value, "Data of the basin.");
  EXPECT_EQ(day(made.issued) + " " + day(made.modified), "2004-11-03 2021-05-05");
  EXPECT_EQ(licence(made), "notice-inspire");
  EXPECT_EQ(name(made.publisher), "UMR HydroSciences (HSM)");
  EXPECT_EQ(dcat::frequency(*made.frequency)->key, "continuous");
  EXPECT_EQ(dcat::theme(made.theme.at(0))->key, "ENVI");
  ASSERT_EQ(made.temporal.size(), 1U);
  EXPECT_EQ(day(made.temporal[0].start) + " " + day(made.temporal[0].end), "2004-11-02 2005-03-29");
  ASSERT_FALSE(made.spatial.empty());
  EXPECT_TRUE(made.spatial[0].geometry.starts_with("Polygon") || made.spatial[0].bbox) << made.spatial[0].geometry;
  ASSERT_EQ(made.distribution.size(), 1U);
  EXPECT_EQ(format(made.distribution[0]), "wms");
}

// /catalog.jsonld, of data.gouv.fr and its like: pages of a hydra:Collection whose view names the next, the portal's
// own copy of the context, the record's own address beside the portal's in a blank adms:Identifier, the licence a right
// of the files, a service that serves the data sets.
TEST_F(DcatFlavours, Udata) {
  const std::string context = R"("@context": "PORTAL/api/1/site/context.jsonld")";
  const auto page = [&](std::string_view number, std::string_view next, std::string_view graph) {
    return "{" + context + R"(, "@graph": [
      {"@id": "PORTAL/catalog", "@type": ["Catalog", "hydra:Collection"], "title": "Portail", "hydra:totalItems": 2,
       "hydra:view": {"@id": "PORTAL/catalog.jsonld?page=)" +
           std::string(number) + R"(", "@type": "hydra:PartialCollectionView", "hydra:next": )" +
           (next.empty() ? std::string("null")
                         : R"({"@id": "PORTAL/catalog.jsonld?page=)" + std::string(next) + "\"}") +
           "}}, " + std::string(graph) + "]}";
  };
  const auto dataset = [](const std::string& id, const std::string& licence) {
    return R"({"@id": "https://ville.example/explore/dataset/)" + id + R"(/", "@type": "Dataset",
      "http://purl.org/dc/terms/identifier": "https://ville.example/explore/dataset/)" +
           id + R"(/", "http://www.w3.org/ns/adms#identifier": {"@id": "_:b)" + id + R"("},
      "http://purl.org/dc/terms/title": "Bureaux )" +
           id + R"(", "http://purl.org/dc/terms/publisher": {"@id": "https://www.data.gouv.fr/organizations/54884a/"},
      "http://purl.org/dc/terms/issued": {"@value": "2019-04-19T12:21:56", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
      "http://www.w3.org/ns/dcat#distribution": {"@id": "https://www.data.gouv.fr/datasets/6189/#resource-)" +
           id + R"("}},
     {"@id": "_:b)" +
           id +
           R"(", "@type": "http://www.w3.org/ns/adms#Identifier", "http://purl.org/dc/terms/creator": "data.gouv.fr",
      "http://www.w3.org/2004/02/skos/core#notation": "https://www.data.gouv.fr/datasets/)" +
           id + R"(/"},
     {"@id": "https://www.data.gouv.fr/organizations/54884a/", "@type": "http://xmlns.com/foaf/0.1/Organization",
      "http://xmlns.com/foaf/0.1/name": "Ville de Vanves", "http://www.w3.org/2000/01/rdf-schema#label": "Ville de Vanves"},
     {"@id": "https://www.data.gouv.fr/datasets/6189/#resource-)" +
           id + R"(", "@type": "http://www.w3.org/ns/dcat#Distribution", "http://purl.org/dc/terms/format": "csv",
      "http://purl.org/dc/terms/rights": ")" +
           licence + R"(", "http://www.w3.org/ns/dcat#downloadURL": {"@id": "https://ville.example/f.csv"},
      "http://www.w3.org/ns/dcat#accessURL": {"@id": "https://www.data.gouv.fr/datasets/r/)" +
           id + R"("}})";
  };
  serve("/catalog.jsonld", page("1", "2", dataset("a", "License Not Specified")), "application/ld+json");
  serve("/catalog.jsonld?page=2", page("2", "", dataset("b", "Licence Ouverte / Open Licence version 2.0") + R"(,
     {"@id": "https://ville.example/api/", "@type": "http://www.w3.org/ns/dcat#DataService", "http://purl.org/dc/terms/title": "Explore API",
      "http://www.w3.org/ns/dcat#endpointURL": {"@id": "https://ville.example/api/"},
      "http://www.w3.org/ns/dcat#servesDataset": {"@id": "https://ville.example/explore/dataset/a/"}})"),
        "application/ld+json");
  harvest("/catalog.jsonld");
  EXPECT_EQ(sink_.taken.size(), 3U);
  const auto made = std::get<dcat::Dataset>(record("https://ville.example/explore/dataset/b/"));
  EXPECT_EQ(made.other_identifier, std::vector<std::string>{"https://www.data.gouv.fr/datasets/b/"});
  EXPECT_EQ(name(made.publisher), "Ville de Vanves");
  EXPECT_EQ(day(made.issued), "2019-04-19");
  EXPECT_EQ(licence(made), "lov2");
  EXPECT_EQ(made.distribution.at(0).access_url.at(0).value, "https://www.data.gouv.fr/datasets/r/b");
  EXPECT_EQ(licence(record("https://ville.example/explore/dataset/a/")), "")
      << "what says that it is not known is none";
  EXPECT_EQ(std::get<dcat::DataService>(record("https://ville.example/api/")).serves_dataset.at(0).value,
            "https://ville.example/explore/dataset/a/");
}

// /catalog.ttl (ckanext-dcat): pages of the old vocabulary of Hydra that stand beside the catalog, IRIs of the portal,
// agents and files by address, dates with microseconds and no zone, media types as addresses of IANA.
TEST_F(DcatFlavours, Ckan) {
  const std::string head =
      "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
      "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n"
      "@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
  const auto dataset = [](const std::string& id) {
    return "<PORTAL> a dcat:Catalog ; dct:title \"CKAN\" ; dcat:dataset <PORTAL/dataset/" + id +
           "> .\n"
           "<PORTAL/dataset/" +
           id + "> a dcat:Dataset ; dct:identifier \"" + id + "\" ; dct:title \"Jeu " + id +
           "\" ;\n"
           " dcat:contactPoint [ a vcard:Organization ; vcard:fn \"Open data\" ; vcard:hasEmail <mailto:o@ville.fr> ] "
           ";\n"
           " dct:publisher <PORTAL/organization/o1> ; dct:issued \"2015-06-26T15:21:09.034694\"^^xsd:dateTime ;\n"
           " dcat:distribution <PORTAL/dataset/" +
           id +
           "/resource/r1> .\n<PORTAL/organization/o1> a foaf:Organization ; foaf:name \"Ville\" .\n<PORTAL/dataset/" +
           id +
           "/resource/r1> a dcat:Distribution ; dct:license <http://www.opendefinition.org/licenses/cc-by> ;\n"
           " dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ; dct:format \"CSV\" ;\n"
           " dcat:accessURL <https://ville.fr/a.csv> ; dcat:byteSize 12323.0 .\n";
  };
  const auto paging = [](int page, const std::string& next) {
    return "<PORTAL/catalog.ttl?page=" + std::to_string(page) +
           "> a hydra:PagedCollection ; hydra:totalItems 2 ; hydra:itemsPerPage 1 ; hydra:firstPage "
           "\"PORTAL/catalog.ttl?page=1\" ; hydra:lastPage \"PORTAL/catalog.ttl?page=2\"" +
           (next.empty() ? "" : " ; hydra:nextPage \"" + next + "\"") + " .\n";
  };
  serve("/catalog.ttl", head + dataset("a") + paging(1, "PORTAL/catalog.ttl?page=2"), "text/turtle");
  serve("/catalog.ttl?page=2", head + dataset("b") + paging(2, ""), "text/turtle");
  harvest("/catalog.ttl");
  EXPECT_EQ(sink_.taken.size(), 2U);
  EXPECT_EQ(sink_.announced, 2U);
  const auto made = std::get<dcat::Dataset>(record(portal_.url("/dataset/b")));
  EXPECT_EQ(made.identifier, std::vector<std::string>{"b"});
  EXPECT_EQ(name(made.publisher), "Ville");
  EXPECT_EQ(made.contact_point.at(0).email, "o@ville.fr");
  EXPECT_EQ(day(made.issued), "2015-06-26");
  EXPECT_EQ(licence(made), "cc-by");
  EXPECT_EQ(format(made.distribution.at(0)), "csv");
  EXPECT_EQ(made.distribution[0].byte_size, 12323U);
}

// piveau-hub (data.europa.eu): pages by Hydra in the body of the catalog's own address, one title a language with
// machine translations marked by their tag, the source's own address and id in the catalog record, vocabularies by IRI.
TEST_F(DcatFlavours, Piveau) {
  serve("/catalogues/ville.rdf", R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"
         xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:adms="http://www.w3.org/ns/adms#"
         xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:hydra="http://www.w3.org/ns/hydra/core#"
         xmlns:spdx="http://spdx.org/rdf/terms#" xmlns:vcard="http://www.w3.org/2006/vcard/ns#">
  <hydra:PagedCollection rdf:about="PORTAL/catalogues/ville.rdf">
    <hydra:totalItems rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</hydra:totalItems>
    <hydra:firstPage rdf:resource="PORTAL/catalogues/ville.rdf?page=1"/>
    <hydra:lastPage rdf:resource="PORTAL/catalogues/ville.rdf?page=1"/>
  </hydra:PagedCollection>
  <dcat:Catalog rdf:about="http://data.europa.eu/88u/catalogue/ville"><dct:title>Ville</dct:title>
    <dcat:record rdf:resource="http://data.europa.eu/88u/record/arbres"/>
    <dcat:dataset rdf:resource="http://data.europa.eu/88u/dataset/arbres"/>
  </dcat:Catalog>
  <dcat:CatalogRecord rdf:about="http://data.europa.eu/88u/record/arbres">
    <dct:identifier>arbres</dct:identifier>
    <dct:modified rdf:datatype="http://www.w3.org/2001/XMLSchema#dateTime">2026-01-02T03:04:05Z</dct:modified>
    <foaf:primaryTopic rdf:resource="http://data.europa.eu/88u/dataset/arbres"/>
    <spdx:checksum><spdx:Checksum><spdx:algorithm rdf:resource="http://spdx.org/rdf/terms#checksumAlgorithm_md5"/>
      <spdx:checksumValue>d41d8cd98f00b204e9800998ecf8427e</spdx:checksumValue></spdx:Checksum></spdx:checksum>
  </dcat:CatalogRecord>
  <dcat:Dataset rdf:about="http://data.europa.eu/88u/dataset/arbres">
    <dct:title xml:lang="fr">Arbres</dct:title>
    <dct:title xml:lang="de-t-fr-t0-mtec">Bäume</dct:title>
    <dct:title xml:lang="en-t-fr-t0-mtec">Trees</dct:title>
    <dct:identifier>https://ville.example/d/arbres</dct:identifier>
    <adms:identifier><adms:Identifier><skos:notation rdf:datatype="http://purl.org/spar/datacite/doi">10.1/abc</skos:notation></adms:Identifier></adms:identifier>
    <dct:publisher><foaf:Organization><foaf:name>Ville</foaf:name></foaf:Organization></dct:publisher>
    <dct:language rdf:resource="http://publications.europa.eu/resource/authority/language/FRA"/>
    <dcat:theme rdf:resource="http://publications.europa.eu/resource/authority/data-theme/ENVI"/>
    <dct:spatial rdf:resource="http://publications.europa.eu/resource/authority/country/FRA"/>
    <dcat:contactPoint><vcard:Organization><vcard:fn>Mairie</vcard:fn><vcard:hasEmail rdf:resource="mailto:m@ville.example"/></vcard:Organization></dcat:contactPoint>
    <dcat:distribution>
      <dcat:Distribution rdf:about="http://data.europa.eu/88u/distribution/1">
        <dct:format rdf:resource="http://publications.europa.eu/resource/authority/file-type/GEOJSON"/>
        <dct:license rdf:resource="http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"/>
        <dcat:accessURL rdf:resource="https://ville.example/arbres.geojson"/>
      </dcat:Distribution>
    </dcat:distribution>
  </dcat:Dataset>
</rdf:RDF>)",
        "application/rdf+xml");
  harvest("/catalogues/ville.rdf");
  const auto made = std::get<dcat::Dataset>(record("http://data.europa.eu/88u/dataset/arbres"));
  EXPECT_EQ(made.identifier, std::vector<std::string>{"https://ville.example/d/arbres"});
  EXPECT_EQ(made.other_identifier, std::vector<std::string>{"10.1/abc"});
  ASSERT_EQ(made.title.size(), 3U);
  const auto in = [&](std::string_view language) {
    const auto found = std::find_if(made.title.begin(), made.title.end(),
                                    [&](const LangString& title) { return title.language.starts_with(language); });
    return found == made.title.end() ? std::string() : found->value;
  };
  EXPECT_EQ(in("fr") + " " + in("de") + " " + in("en"), "Arbres Bäume Trees");
  EXPECT_EQ(licence(made), "cc-by-4.0");
  EXPECT_EQ(format(made.distribution.at(0)), "geojson");
  EXPECT_EQ(dcat::theme(made.theme.at(0))->key, "ENVI");
  EXPECT_FALSE(made.spatial.empty());
  EXPECT_EQ(made.contact_point.at(0).email, "m@ville.example");
  EXPECT_EQ(sink_.taken.front().raw.bytes.find("2026-01-02"), std::string::npos)
      << "when the portal looked at it last is nothing of the data";
}

// /catalogs of the Fellesdatakatalog: Turtle with one catalog record a data set, Skolem addresses and blank nodes
// within blank nodes, titles in bokmål and nynorsk, series without data sets of their own, licences as nodes that name
// their IRI.
TEST_F(DcatFlavours, Fdk) {
  serve("/catalogs", R"(@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix cpsv: <http://purl.org/vocab/cpsv#> . @prefix eli: <http://data.europa.eu/eli/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://dir.example/catalog/0> a dcat:Catalog ; dct:title "Katalog"@nb ; dct:publisher <https://dir.example/org/1> ;
  dcat:dataset <https://dir.example/dataset/0>, <https://dir.example/series/1> .
<https://dir.example/dataset/0> a dcat:Dataset ; dct:identifier "adb4cf00" ; dct:title "Datasett"@nb, "Datasett på nynorsk"@nn ;
  dct:publisher <https://dir.example/org/1> ; dct:language <http://publications.europa.eu/resource/authority/language/NOR> ;
  dct:issued "2019-03-22T13:11:16.546902"^^xsd:dateTime ;
  dct:temporal <https://dir.example/dataset/0/.well-known/skolem/5ee5> ; dcat:contactPoint <https://dir.example/dataset/0/.well-known/skolem/1342> ;
  dcat:distribution <https://dir.example/distribution/0> ; dcat:inSeries <https://dir.example/series/1> ;
  cpsv:follows [ a cpsv:Rule ; cpsv:implements [ a eli:LegalResource ; dct:type [ a skos:Concept ; skos:prefLabel "test"@nb ] ] ] .
<https://dir.example/dataset/0/.well-known/skolem/1342> a vcard:Organization ; vcard:hasOrganizationName "Direktoratet"@nb ; vcard:hasURL <https://dir.example> .
<https://dir.example/dataset/0/.well-known/skolem/5ee5> a dct:PeriodOfTime ; dcat:startDate "2019-04-02T00:00:00"^^xsd:dateTime .
<https://dir.example/distribution/0> a dcat:Distribution ; dct:format "CSV" ; dcat:accessURL <http://dir.example/data/test> ;
  dct:license [ a dct:LicenseDocument, skos:Concept ; dct:source "http://creativecommons.org/licenses/by/4.0/" ; skos:prefLabel "Creative Commons Navngivelse 4.0"@nb ] .
<https://dir.example/series/1> a dcat:DatasetSeries ; dct:title "Serie"@nb .
<https://dir.example/org/1> a foaf:Agent ; dct:identifier "910244132" ; foaf:name "Direktoratet"@nb .
<http://fdk/datasets/a1c6> a dcat:CatalogRecord ; dct:identifier "a1c6" ; dct:modified "2020-03-12T11:52:16.122Z"^^xsd:dateTime ;
  foaf:primaryTopic <https://dir.example/dataset/0> .
)",
        "text/turtle");
  harvest("/catalogs");
  EXPECT_EQ(sink_.taken.size(), 2U);
  const auto made = std::get<dcat::Dataset>(record("https://dir.example/dataset/0"));
  EXPECT_EQ(made.identifier, std::vector<std::string>{"adb4cf00"});
  ASSERT_EQ(made.title.size(), 2U);
  EXPECT_EQ(std::set<std::string>({made.title[0].language, made.title[1].language}),
            (std::set<std::string>{"nb", "nn"}));
  EXPECT_EQ(name(made.publisher), "Direktoratet");
  ASSERT_EQ(made.contact_point.size(), 1U);
  EXPECT_EQ(made.contact_point[0].name.front().value, "Direktoratet");
  EXPECT_EQ(day(made.temporal.at(0).start), "2019-04-02");
  EXPECT_EQ(made.in_series.at(0).value, "https://dir.example/series/1");
  EXPECT_EQ(licence(made), "cc-by-4.0");
  EXPECT_EQ(dcat::type_of(record("https://dir.example/series/1")), dcat::ResourceType::series);
}

}  // namespace
}  // namespace moisson::harvesters
