#include "harvesters/iso19139.h"

#include "harvesters/iso19139_standards.h"

#include <gtest/gtest.h>

namespace moisson::harvesters {
namespace {

// gmd:MD_Metadata with what a test adds: beside, in the identification, in its citation.
std::string metadata(std::string_view beside, std::string_view info, std::string_view citation = {}) {
  return R"(<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco")"
         R"( xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:srv="http://www.isotc211.org/2005/srv" xmlns:gml="http://www.opengis.net/gml/3.2")"
         R"( xmlns:xlink="http://www.w3.org/1999/xlink"><gmd:fileIdentifier><gco:CharacterString>file-1</gco:CharacterString></gmd:fileIdentifier>)"
         R"(<gmd:language><gmd:LanguageCode codeListValue="fre"/></gmd:language>)" +
         std::string(beside) +
         "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title><gco:"
         "CharacterString>Titre"
         "</gco:CharacterString></gmd:title>" +
         std::string(citation) + "</gmd:CI_Citation></gmd:citation>" + std::string(info) +
         "</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>";
}
std::string words(std::string_view name, std::string_view value) {
  return "<gmd:" + std::string(name) + "><gco:CharacterString>" + std::string(value) +
         "</gco:CharacterString></gmd:" + std::string(name) + ">";
}
std::string code(std::string_view name, std::string_view value) {
  return "<gmd:" + std::string(name) + "><gmd:Code codeListValue=\"" + std::string(value) +
         "\"/></gmd:" + std::string(name) + ">";
}
std::string date(std::string_view value, std::string_view type) {
  return "<gmd:date><gmd:CI_Date><gmd:date><gco:Date>" + std::string(value) + "</gco:Date></gmd:date>" +
         code("dateType", type) + "</gmd:CI_Date></gmd:date>";
}
std::string party(std::string_view element, std::string_view name, std::string_view role) {
  return "<gmd:" + std::string(element) + "><gmd:CI_ResponsibleParty>" + words("organisationName", name) +
         "<gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address>" + words("electronicMailAddress", "a@x.fr") +
         "</gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>" + code("role", role) +
         "</gmd:CI_ResponsibleParty></gmd:" + std::string(element) + ">";
}
std::string online(std::string_view url, std::string_view protocol, std::string_view function = "") {
  return "<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions><gmd:onLine><"
         "gmd:CI_OnlineResource>"
         "<gmd:linkage><gmd:URL>" +
         std::string(url) + "</gmd:URL></gmd:linkage>" + words("protocol", protocol) + words("name", "Fichier") +
         code("function", function) +
         "</gmd:CI_OnlineResource></gmd:onLine></gmd:MD_DigitalTransferOptions></gmd:transferOptions></"
         "gmd:MD_Distribution></gmd:distributionInfo>";
}

class Iso19139 : public testing::Test {
 protected:
  dcat::Record map(std::string xml) {
    auto made = map_iso19139(source_, {"application/xml", std::move(xml), "https://x.fr/csw", "record 1"});
    EXPECT_TRUE(made) << to_string(made.error());
    if (!made) return {};
    made_ = std::move(*made);
    return made_.record;
  }
  dcat::Dataset dataset(std::string_view beside, std::string_view info, std::string_view citation = {}) {
    return std::get<dcat::Dataset>(map(metadata(beside, info, citation)));
  }
  harvest::HarvestSource source_;
  harvest::HarvestedRecord made_;
};

TEST_F(Iso19139, ReadsIdentityWordsAndDates) {
  const auto made = dataset(words("dateStamp", "2024-02-03"), words("abstract", "Résumé"),
                            words("alternateTitle", "TTR") + words("edition", "3.0") +
                                date("2007-01-01", "publication") + date("2020-01-01", "revision") +
                                date("2025-01-01", "revision") + "<gmd:identifier><gmd:MD_Identifier>" +
                                words("code", "https://x.fr/d/1") + "</gmd:MD_Identifier></gmd:identifier>");
  EXPECT_EQ(made_.remote_id, "file-1");
  EXPECT_EQ(made.iri, "https://x.fr/d/1");
  EXPECT_EQ(made.identifier, std::vector<std::string>{"https://x.fr/d/1"});
  EXPECT_EQ(made.other_identifier, std::vector<std::string>{"file-1"});
  EXPECT_EQ(made.title, (LangStrings{{"Titre", "fr"}}));
  EXPECT_EQ(made.alternative, (LangStrings{{"TTR", "fr"}}));
  EXPECT_EQ(made.description, (LangStrings{{"Résumé", "fr"}}));
  EXPECT_EQ(format_moment(*made.issued), "2007-01-01");
  EXPECT_EQ(format_moment(*made.modified), "2025-01-01");
  EXPECT_EQ(made.version, "3.0");
}

TEST_F(Iso19139, ACreationIsNoPublication) {
  const auto made = dataset("", "", date("2019-05-15", "creation"));
  EXPECT_FALSE(made.issued);
  EXPECT_FALSE(made.modified);
}

TEST_F(Iso19139, TakesTermsOfEveryVocabularyForThemes) {
  const auto anchored = [](std::string_view iri, std::string_view word) {
    return "<gmd:keyword><gmx:Anchor xlink:href=\"" + std::string(iri) + "\">" + std::string(word) +
           "</gmx:Anchor></gmd:keyword>";
  };
  const auto made = dataset(
      "", "<gmd:descriptiveKeywords><gmd:MD_Keywords>" +
              anchored("https://www.eionet.europa.eu/gemet/en/concept/4614", "occupation du sol") +
              words("keyword", "sol") +
              anchored("http://inspire.ec.europa.eu/metadata-codelist/SpatialDataServiceCategory/infoMapAccessService",
                       "infoMapAccessService") +
              "</gmd:MD_Keywords></gmd:descriptiveKeywords>");
  ASSERT_EQ(made.theme.size(), 1u);
  EXPECT_EQ(made.theme[0].iri, "https://www.eionet.europa.eu/gemet/en/concept/4614");
  EXPECT_EQ(made.keyword.size(), 3u) << "by its words a term is found";
  ASSERT_EQ(made.type.size(), 1u);
  EXPECT_TRUE(made.type[0].iri.ends_with("SpatialDataServiceCategory/infoMapAccessService"));
}

TEST_F(Iso19139, KnowsInspireThemesAndTopicsFromKeywords) {
  const auto made =
      dataset("", "<gmd:descriptiveKeywords><gmd:MD_Keywords>" + words("keyword", "Hydrographie") +
                      "<gmd:thesaurusName><gmd:CI_Citation>" + words("title", "GEMET - INSPIRE themes, version 1.0") +
                      "</gmd:CI_Citation></gmd:thesaurusName></gmd:MD_Keywords></"
                      "gmd:descriptiveKeywords><gmd:descriptiveKeywords><gmd:MD_Keywords>" +
                      words("keyword", "rivière") +
                      "</gmd:MD_Keywords></gmd:descriptiveKeywords><gmd:topicCategory><gmd:MD_TopicCategoryCode>"
                      "inlandWaters</gmd:MD_TopicCategoryCode></gmd:topicCategory>");
  EXPECT_EQ(made.keyword.size(), 2u);
  ASSERT_EQ(made.theme.size(), 2u);
  EXPECT_EQ(made.theme[0].label.at(0).value, "Hydrographie");
  EXPECT_EQ(made.theme[1].iri, "http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/inlandWaters");
}

TEST_F(Iso19139, TakesThePublisherByRole) {
  auto made = dataset(
      "", party("pointOfContact", "Contact", "pointOfContact") + party("pointOfContact", "Éditeur", "publisher") +
              party("pointOfContact", "Auteur", "author") + party("pointOfContact", "Origine", "originator"));
  ASSERT_EQ(made.publisher.size(), 1u);
  EXPECT_EQ(made.publisher[0].name.at(0).value, "Éditeur");
  ASSERT_EQ(made.creator.size(), 1u);
  EXPECT_EQ(made.creator[0].name.at(0).value, "Auteur");
  EXPECT_EQ(made.contact_point.at(0).name.at(0).value, "Contact");
  EXPECT_EQ(made.contact_point.at(0).email, "a@x.fr");
  made = dataset(party("contact", "Service", "pointOfContact"), party("pointOfContact", "Propriétaire", "owner"));
  EXPECT_EQ(made.publisher.at(0).name.at(0).value, "Propriétaire");
}

TEST_F(Iso19139, ReadsBoxesPlacesAndPeriods) {
  const auto made = dataset(
      "", "<gmd:extent><gmd:EX_Extent>" + words("description", "Bretagne") +
              "<gmd:geographicElement><gmd:EX_GeographicBoundingBox>"
              "<gmd:westBoundLongitude><gco:Decimal>-5.2</gco:Decimal></"
              "gmd:westBoundLongitude><gmd:eastBoundLongitude><gco:Decimal>-1,0</gco:Decimal></gmd:eastBoundLongitude>"
              "<gmd:southBoundLatitude><gco:Decimal>47</gco:Decimal></"
              "gmd:southBoundLatitude><gmd:northBoundLatitude><gco:Decimal>+49</gco:Decimal></gmd:northBoundLatitude>"
              "</gmd:EX_GeographicBoundingBox></"
              "gmd:geographicElement><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod><gml:"
              "beginPosition>2001"
              "</gml:beginPosition><gml:endPosition "
              "indeterminatePosition=\"now\"/></gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></"
              "gmd:temporalElement></gmd:EX_Extent></gmd:extent>");
  EXPECT_EQ(made.spatial.at(0).bbox, (dcat::BoundingBox{-5.2, 47, -1, 49}));
  EXPECT_EQ(made.spatial.at(0).label.at(0).value, "Bretagne");
  EXPECT_EQ(format_moment(*made.temporal.at(0).start), "2001");
  EXPECT_FALSE(made.temporal.at(0).end);
  EXPECT_TRUE(made_.findings.empty());
}

TEST_F(Iso19139, EachFurtherBoxIsAPlace) {
  const auto box = [](const std::string& west) {
    const auto degrees = [](const std::string& name, const std::string& value) {
      return "<gmd:" + name + "><gco:Decimal>" + value + "</gco:Decimal></gmd:" + name + ">";
    };
    return "<gmd:geographicElement><gmd:EX_GeographicBoundingBox>" + degrees("westBoundLongitude", west) +
           degrees("eastBoundLongitude", "9") + degrees("southBoundLatitude", "1") +
           degrees("northBoundLatitude", "2") + "</gmd:EX_GeographicBoundingBox></gmd:geographicElement>";
  };
  const auto made = dataset("", "<gmd:extent><gmd:EX_Extent>" + words("description", "Ici") + box("1") + box("3") +
                                    box("x") + "</gmd:EX_Extent></gmd:extent>");
  ASSERT_EQ(made.spatial.size(), 2u);
  EXPECT_EQ(made.spatial[0].label.at(0).value, "Ici");
  EXPECT_EQ(made.spatial[1].bbox, (dcat::BoundingBox{3, 1, 9, 2}));
  EXPECT_EQ(made_.findings.at(0).cause, "geometry_unreadable");
}

TEST_F(Iso19139, DrawsPolygonsWithinTheirBox) {
  const auto polygon = [](std::string_view positions, std::string_view inclusive = "1") {
    return "<gmd:geographicElement><gmd:EX_BoundingPolygon><gmd:extentTypeCode><gco:Boolean>" + std::string(inclusive) +
           "</gco:Boolean></gmd:extentTypeCode><gmd:polygon><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>" +
           std::string(positions) +
           "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gmd:polygon></gmd:EX_BoundingPolygon>"
           "</gmd:geographicElement>";
  };
  const auto made =
      dataset("", "<gmd:extent><gmd:EX_Extent>" + polygon("1 45 2 45 2 46 1 45", "0") + polygon("5 46 6 46 6 47 5 46") +
                      polygon("Paris") + polygon("7 46 8 46 8 47 7 46") + "</gmd:EX_Extent></gmd:extent>");
  ASSERT_EQ(made.spatial.size(), 2u);
  EXPECT_EQ(made.spatial[0].bbox, (dcat::BoundingBox{5, 46, 6, 47}));
  EXPECT_TRUE(made.spatial[0].geometry.starts_with("<gml:Polygon>")) << made.spatial[0].geometry;
  EXPECT_EQ(made.spatial[1].bbox, (dcat::BoundingBox{7, 46, 8, 47}));
  ASSERT_EQ(made_.findings.size(), 1u);
  EXPECT_EQ(made_.findings[0].cause, "geometry_unreadable");
}

TEST_F(Iso19139, KeepsTheBoxOfAPolygonThatIsTooLong) {
  std::string positions;
  for (int i = 0; i < 40'000; ++i) positions += "5.5 46.5 ";
  const auto made = dataset("",
                            "<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_BoundingPolygon><gmd:polygon>"
                            "<gml:LineString><gml:posList>" +
                                positions +
                                "6 47</gml:posList></gml:LineString></gmd:polygon></gmd:EX_BoundingPolygon>"
                                "</gmd:geographicElement></gmd:EX_Extent></gmd:extent>");
  ASSERT_EQ(made.spatial.size(), 1u);
  EXPECT_EQ(made.spatial[0].bbox, (dcat::BoundingBox{5.5, 46.5, 6, 47}));
  EXPECT_TRUE(made.spatial[0].geometry.empty());
  EXPECT_EQ(made_.findings.at(0).cause, "text_cut");
}

TEST_F(Iso19139, ConformsToWhatItPassedAndToItsReferenceSystems) {
  const auto result = [](const std::string& title, std::string_view pass) {
    return "<gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:report><gmd:DQ_DomainConsistency><gmd:result>"
           "<gmd:DQ_ConformanceResult><gmd:specification><gmd:CI_Citation>" +
           title + "</gmd:CI_Citation></gmd:specification><gmd:pass><gco:Boolean>" + std::string(pass) +
           "</gco:Boolean></gmd:pass></gmd:DQ_ConformanceResult></gmd:result></gmd:DQ_DomainConsistency></gmd:report>"
           "</gmd:DQ_DataQuality></gmd:dataQualityInfo>";
  };
  const auto system = [](const std::string& code) {
    return "<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier>" +
           code +
           "</gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>";
  };
  const auto made = dataset(
      system(words("code", "RGF93 / Lambert-93 (EPSG:2154)")) +
          system(words("code", "4326") + words("codeSpace", "EPSG")) + system(words("code", "Lambert 93")) +
          result(words("title", "Règlement (UE) n° 1253/2013 modifiant le règlement (UE) n° 1089/2010"), "true") +
          result("<gmd:title><gmx:Anchor xlink:href=\"https://x.fr/norme\">Norme</gmx:Anchor></gmd:title>", "1") +
          result("<gmd:title><gmx:Anchor xlink:href=\"https://x.fr/autre\">Autre</gmx:Anchor></gmd:title>", "false") +
          result(words("title", "Guide technique"), "true"),
      "");
  EXPECT_EQ(made.conforms_to, (std::vector<dcat::Iri>{{"http://data.europa.eu/eli/reg/2013/1253"},
                                                      {"https://x.fr/norme"},
                                                      {"http://www.opengis.net/def/crs/EPSG/0/2154"},
                                                      {"http://www.opengis.net/def/crs/EPSG/0/4326"}}));
}

TEST(Iso19139Standards, KnowReferenceSystemsHoweverTheyAreWritten) {
  const std::string lambert = "http://www.opengis.net/def/crs/EPSG/0/2154";
  const struct {
    std::string_view text, space;
    std::string wanted;
  } rows[] = {{"EPSG:2154", "", lambert},
              {"EPSG 2154", "", lambert},
              {"epsg::2154", "", lambert},
              {"urn:ogc:def:crs:EPSG::2154", "", lambert},
              {"urn:ogc:def:crs:EPSG:8.6:2154", "", lambert},
              {"urn:x-ogc:def:crs:EPSG:6.11:2154", "", lambert},
              {"http://www.opengis.net/gml/srs/epsg.xml#2154", "", lambert},
              {lambert, "", lambert},
              {"2154", "EPSG", lambert},
              {"2154", "urn:ogc:def:crs:EPSG", lambert},
              {"RGF93 / Lambert-93 (EPSG:2154)", "", lambert},
              {"urn:ogc:def:crs:OGC:1.3:CRS84", "", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"},
              {"2154", "", ""},
              {"urn:ogc:def:crs:IGNF:1.1", "", ""},
              {"EPSG", "", ""},
              {"EPSG:12", "", ""},
              {"WGS 84", "", ""},
              {"", "EPSG", ""}};
  for (const auto& [text, space, wanted] : rows) EXPECT_EQ(reference_system(text, space), wanted) << text;
}

TEST(Iso19139Standards, KnowTheProtocolsOfServices) {
  const std::string wms = "http://www.opengeospatial.org/standards/wms";
  for (const char* spelled : {"OGC:WMS", "OGC:WMS-1.3.0-http-get-map", "WMS",
                              "http://www.opengis.net/def/serviceType/ogc/wms", "ogc wms 1.3"})
    EXPECT_EQ(protocol_standard(spelled), wms) << spelled;
  EXPECT_EQ(protocol_standard("OGC:WMTS"), "http://www.opengeospatial.org/standards/wmts");
  EXPECT_EQ(protocol_standard("OGC:CSW"), "http://www.opengeospatial.org/standards/cat");
  for (const char* other : {"", "WWW:LINK-1.0-http--link", "OGC:WMSX", "WWW:DOWNLOAD"})
    EXPECT_EQ(protocol_standard(other), "") << other;
}

TEST_F(Iso19139, LinksToOtherDataSetsByTheirIris) {
  const auto aggregate = [](const std::string& identifier, std::string_view type) {
    return "<gmd:aggregationInfo><gmd:MD_AggregateInformation><gmd:aggregateDataSetIdentifier><gmd:MD_Identifier>" +
           words("code", identifier) + "</gmd:MD_Identifier></gmd:aggregateDataSetIdentifier>" +
           code("associationType", type) + "</gmd:MD_AggregateInformation></gmd:aggregationInfo>";
  };
  const auto made = dataset(words("parentIdentifier", "https://x.fr/series/1"),
                            aggregate("https://x.fr/d/2", "crossReference") + aggregate("https://x.fr/d/3", "source") +
                                aggregate("8454f7d9-e3f2", "source"));
  EXPECT_EQ(made.in_series, (std::vector<dcat::Iri>{{"https://x.fr/series/1"}}));
  EXPECT_EQ(made.relation, (std::vector<dcat::Iri>{{"https://x.fr/d/2"}}));
  EXPECT_EQ(made.source, (std::vector<dcat::Iri>{{"https://x.fr/d/3"}}));
  EXPECT_TRUE(dataset(words("parentIdentifier", "8454f7d9-e3f2"), "").in_series.empty());
}

TEST_F(Iso19139, TellsLicencesFromConditions) {
  const auto constraints = [](const std::string& inside) {
    return "<gmd:resourceConstraints><gmd:MD_LegalConstraints>" + inside +
           "</gmd:MD_LegalConstraints></gmd:resourceConstraints>";
  };
  const auto made =
      dataset(online("https://x.fr/a.zip", "WWW:DOWNLOAD"),
              constraints(words("useLimitation", "Licence Ouverte version 2.0")) +
                  constraints(words("useLimitation", "Ne pas utiliser en mer")) +
                  constraints(code("accessConstraints", "otherRestrictions") +
                              "<gmd:otherConstraints><gmx:Anchor "
                              "xlink:href=\"http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/"
                              "noLimitations\">Pas de restriction</gmx:Anchor></gmd:otherConstraints>"));
  EXPECT_EQ(made.licence->label.at(0).value, "Licence Ouverte version 2.0");
  EXPECT_EQ(made.distribution.at(0).licence, made.licence);
  EXPECT_EQ(made.rights.at(0).value, "Ne pas utiliser en mer");
  EXPECT_TRUE(made.access_rights->iri.ends_with("noLimitations"));
}

TEST_F(Iso19139, TakesAnAddressAmongTheConstraintsOfUseForTheLicence) {
  const auto constraints = [](const std::string& inside) {
    return "<gmd:resourceConstraints><gmd:MD_LegalConstraints>" + inside +
           "</gmd:MD_LegalConstraints></gmd:resourceConstraints>";
  };
  const std::string address =
      constraints(code("useConstraints", "otherRestrictions") +
                  "<gmd:otherConstraints><gmx:Anchor xlink:href=\"https://x.fr/conditions.pdf\">Conditions</gmx:Anchor>"
                  "</gmd:otherConstraints>");
  auto made = dataset("", address);
  EXPECT_EQ(made.licence->iri, "https://x.fr/conditions.pdf");
  EXPECT_TRUE(made.rights.empty());
  made = dataset("", address + constraints(words("useLimitation", "Licence Ouverte 2.0")));
  EXPECT_EQ(made.licence->label.at(0).value, "Licence Ouverte 2.0") << "one that is known goes before";
  EXPECT_EQ(made.rights.at(0).value, "Conditions");
}

TEST_F(Iso19139, NamesLanguagesAndMediaTypesByTheirTerms) {
  std::string xml = metadata(online("https://x.fr/wfs", "OGC:WFS"), code("language", "fre"));
  xml.insert(
      xml.find("<gmd:transferOptions>"),
      "<gmd:distributionFormat><gmd:MD_Format><gmd:name><gmx:Anchor "
      "xlink:href=\"https://www.iana.org/assignments/media-types/application/gml+xml\">GML</gmx:Anchor></gmd:name>"
      "</gmd:MD_Format></gmd:distributionFormat>");
  const auto made = std::get<dcat::Dataset>(map(xml));
  EXPECT_EQ(made.language.at(0).iri, "http://publications.europa.eu/resource/authority/language/FRA");
  EXPECT_EQ(made.distribution.at(0).media_type->iri,
            "https://www.iana.org/assignments/media-types/application/gml+xml");
  EXPECT_EQ(made.distribution.at(0).format->label.at(0).value, "OGC:WFS");
}

TEST_F(Iso19139, MakesDistributionsOfLinksAndPagesOfInformation) {
  auto made = dataset(online("https://x.fr/a.zip", "WWW:DOWNLOAD-1.0-http--download", "download"), "");
  EXPECT_EQ(made.distribution.at(0).download_url.at(0).value, "https://x.fr/a.zip");
  EXPECT_EQ(made.distribution.at(0).title.at(0).value, "Fichier");
  made = dataset(online("https://x.fr/wms", "OGC:WMS-1.3.0-http-get-map"), "");
  EXPECT_EQ(made.distribution.at(0).format->label.at(0).value, "OGC:WMS-1.3.0-http-get-map");
  EXPECT_TRUE(made.distribution.at(0).download_url.empty());
  made = dataset(online("https://x.fr/page", "WWW:LINK-1.0-http--link", "information"), "");
  EXPECT_TRUE(made.distribution.empty());
  EXPECT_EQ(made.documentation.at(0).value, "https://x.fr/page");
  EXPECT_EQ(made_.remote_url, "https://x.fr/page");
}

TEST_F(Iso19139, TakesAnAddressThatStandsInSeveralLanguages) {
  std::string link = online("", "WWW:DOWNLOAD");
  const std::string plain = "<gmd:URL></gmd:URL>";
  link.replace(
      link.find(plain), plain.size(),
      R"(<che:PT_FreeURL xmlns:che="http://www.geocat.ch/2008/che"><che:URLGroup><che:LocalisedURL locale="#DE">https://x.ch/a.zip)"
      "</che:LocalisedURL></che:URLGroup></che:PT_FreeURL>");
  EXPECT_EQ(dataset(link, "").distribution.at(0).access_url.at(0).value, "https://x.ch/a.zip");
}

TEST_F(Iso19139, TellsSeriesAndServicesByTheirLevel) {
  const std::string series = code("hierarchyLevel", "series"), link = online("https://x.fr/a.zip", "WWW:DOWNLOAD");
  EXPECT_EQ(dcat::type_of(map(metadata(series, ""))), dcat::ResourceType::series);
  EXPECT_EQ(dcat::type_of(map(metadata(series + link, ""))), dcat::ResourceType::dataset) << "its links would be lost";
  const auto service = map(metadata(
      code("hierarchyLevel", "service") + online("https://x.fr/wms?service=WMS&amp;request=GetCapabilities", "OGC:WMS"),
      "<srv:serviceType><gco:LocalName>view</gco:LocalName></srv:serviceType><srv:operatesOn "
      "xlink:href=\"https://x.fr/d/1\"/>"
      "<srv:operatesOn uuidref=\"8454f7d9-e3f2\"/>"));
  ASSERT_EQ(dcat::type_of(service), dcat::ResourceType::service);
  EXPECT_EQ(std::get<dcat::DataService>(service).endpoint_url.at(0).value, "https://x.fr/wms");
  EXPECT_EQ(std::get<dcat::DataService>(service).serves_dataset, (std::vector<dcat::Iri>{{"https://x.fr/d/1"}}));
  EXPECT_EQ(dcat::resource(service).conforms_to,
            (std::vector<dcat::Iri>{{"http://www.opengeospatial.org/standards/wms"}}));
  EXPECT_TRUE(dcat::resource(service).type.at(1).iri.ends_with("/SpatialDataServiceType/view"));
}

TEST_F(Iso19139, KeepsEveryLanguageOfATitle) {
  const auto made = dataset(
      R"(<gmd:locale><gmd:PT_Locale id="EN"><gmd:languageCode><gmd:LanguageCode codeListValue="eng"/></gmd:languageCode></gmd:PT_Locale></gmd:locale>)",
      R"(<gmd:abstract><gco:CharacterString>Eau</gco:CharacterString><gmd:PT_FreeText><gmd:textGroup><gmd:LocalisedCharacterString locale="#EN">Water</gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText></gmd:abstract>)");
  EXPECT_EQ(made.description, (LangStrings{{"Eau", "fr"}, {"Water", "en"}}));
}

TEST_F(Iso19139, RefusesWhatHasNoNameOrTitle) {
  const auto refuse = [&](std::string xml) {
    return map_iso19139(source_, {"application/xml", std::move(xml), "", ""}).error().message;
  };
  EXPECT_EQ(refuse("<gmd:MD_Metadata xmlns:gmd=\"x\"/>"), "the metadata has no identifier");
  EXPECT_EQ(refuse("<Record/>"), "the record is no ISO 19139 metadata");
  std::string untitled = metadata("", "");
  untitled.replace(untitled.find("Titre"), 5, "");
  EXPECT_EQ(refuse(untitled), "the title is missing");
}

}  // namespace
}  // namespace moisson::harvesters
