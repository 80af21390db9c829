#include "harvesters/csw.h"

#include "collecting_sink.h"
#include "feeds.h"
#include "harvesters/csw_page.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"
#include "tests/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace moisson::harvesters {
namespace {

using harvest::Listing;

std::string record(const std::string& id) {
  return "<gmd:MD_Metadata><gmd:fileIdentifier><gco:CharacterString>" + id +
         "</gco:CharacterString></gmd:fileIdentifier><gmd:identificationInfo>"
         "<gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Titre " +
         id +
         "</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation></gmd:MD_DataIdentification></"
         "gmd:identificationInfo></gmd:MD_Metadata>";
}
std::string response(const std::string& records, const std::string& attributes) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:gmd="http://www.isotc211.org/2005/gmd")"
         R"( xmlns:gco="http://www.isotc211.org/2005/gco"><csw:SearchStatus/><csw:SearchResults )" +
         attributes + ">" + records + "</csw:SearchResults></csw:GetRecordsResponse>";
}
std::string described(const std::string& name) {
  return R"(<dcat:Dataset xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/")"
         R"( xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=")" +
         name + "\"><dct:title xml:lang=\"fr\">Titre " + name + "</dct:title></dcat:Dataset>";
}
std::string rdf(const std::string& nodes) {
  return R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">)" + nodes + "</rdf:RDF>";
}
const std::string exception =
    R"(<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception exceptionCode="InvalidParameterValue">)"
    "<ows:ExceptionText>no such property</ows:ExceptionText></ows:Exception></ows:ExceptionReport>";

// A catalogue service with its own ideas.
struct Service {
  std::vector<std::string> ids;
  std::uint64_t cap = 1'000;
  std::string sorts = "dc:identifier:A";       // the only order it takes
  std::string next = "right";                  // right, zero, absent, stuck
  std::set<std::string> poisoned;              // ids that break every page they are on
  std::map<std::string, std::string> instead;  // by id: another record's XML
  bool together = false;                       // the records of a page in one rdf:RDF

  http::Response answer(const http::Request& request) const {
    const auto xml = [](std::string body) { return test::answer(200, std::move(body), "application/xml"); };
    if (const auto id = http::first(request.query, "id"); http::first(request.query, "request") == "GetRecordById") {
      const bool known = std::find(ids.begin(), ids.end(), id) != ids.end();
      return xml(
          R"(<csw:GetRecordByIdResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:gmd="http://www.isotc211.org/2005/gmd")"
          R"( xmlns:gco="http://www.isotc211.org/2005/gco">)" +
          (known ? record(std::string(id)) : "") + "</csw:GetRecordByIdResponse>");
    }
    const std::string sort(http::first(request.query, "sortBy"));
    if (!sort.empty() && sort != sorts) return xml(exception);
    const auto start = std::stoull(std::string(http::first(request.query, "startPosition")));
    const auto rows = std::min<std::uint64_t>(cap, std::stoull(std::string(http::first(request.query, "maxRecords"))));
    std::string records;
    std::uint64_t at = start;
    for (; at < start + rows && at <= ids.size(); ++at) {
      const std::string& id = ids[at - 1];
      if (poisoned.contains(id)) return xml(response(records + "<gmd:MD_Metadata><broken", ""));
      records += instead.contains(id) ? instead.at(id) : record(id);
    }
    std::string attributes = "numberOfRecordsMatched=\"" + std::to_string(ids.size()) + "\"";
    if (next == "right") attributes += " nextRecord=\"" + std::to_string(at > ids.size() ? 0 : at) + "\"";
    if (next == "zero") attributes += " nextRecord=\"0\"";
    if (next == "stuck") attributes += " nextRecord=\"1\"";
    attributes += " numberOfRecordsReturned=\"" + std::to_string(at - start) + "\"";
    if (together && at > start) records = rdf(records);
    return xml(response(records, attributes));
  }
};

class CswHarvester : public testing::Test {
 protected:
  CswHarvester() : portal_([this](const http::Request& request) { return service_.answer(request); }) {
    source_.id = "portal";
    source_.kind = "csw";
    source_.url = portal_.url("/csw?map=x&SERVICE=CSW&request=GetCapabilities");
    source_.language = "fr";
  }
  void fill(int count) {
    for (int i = 0; i < count; ++i) service_.ids.push_back("r" + std::to_string(i));
  }
  net::CurlFetcher polite() { return net::CurlFetcher(test::fetcher_options(), gate_, {}); }
  Result<Listing> run(std::uint64_t limit = 0) {
    auto fetcher = polite();
    SystemClock clock;
    return csw_harvester().harvest({source_, fetcher, clock, {}, false, limit}, sink_);
  }

  Service service_;
  test::Portal portal_;
  harvest::HarvestSource source_;
  test::CollectingSink sink_;
  net::HostGate gate_;
};

TEST_F(CswHarvester, ReadsEveryRecordInAStableOrder) {
  fill(250);
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 250u);
  EXPECT_EQ(sink_.announced, 250u);
  EXPECT_EQ(sink_.pages, 3u);
  EXPECT_TRUE(sink_.remarks.empty());
  const auto asked = portal_.asked();
  EXPECT_NE(asked.at(1).find("map=x&service=CSW&version=2.0.2&request=GetRecords"), std::string::npos) << asked.at(1);
  EXPECT_NE(asked.at(1).find("startPosition=101&maxRecords=100&sortBy=dc:identifier:A"), std::string::npos)
      << asked.at(1);
}

TEST_F(CswHarvester, ReadsOneRecordByItsIdentifier) {
  fill(250);
  auto fetcher = polite();
  SystemClock clock;
  const harvest::HarvestContext context{source_, fetcher, clock};
  const auto one = csw_harvester().read_one(context, {"r7", {}});
  ASSERT_TRUE(one) << to_string(one.error());
  EXPECT_EQ(one->remote_id, "r7");
  EXPECT_EQ(dcat::resource(one->record).title.front().value, "Titre r7");
  EXPECT_EQ(portal_.asked().size(), 1u);
  EXPECT_EQ(csw_harvester().read_one(context, {"r999", {}}).error().code, ErrorCode::not_found);
}

TEST_F(CswHarvester, BelievesNextRecordOnlyWhereItAdvances) {
  for (const char* next : {"zero", "absent", "stuck"}) {
    sink_ = {};
    service_ = {};
    fill(250);
    service_.next = next;
    const auto listing = run();
    ASSERT_TRUE(listing) << next << ": " << to_string(listing.error());
    EXPECT_TRUE(listing->complete) << next;
    EXPECT_EQ(sink_.taken.size(), 250u) << next;
  }
}

TEST_F(CswHarvester, FollowsAServiceThatCapsItsPages) {
  fill(95);
  service_.cap = 10;
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken.size(), 95u);
}

TEST_F(CswHarvester, TriesOtherOrdersAndThenNone) {
  fill(5);
  service_.sorts = "apiso:identifier:A";
  ASSERT_TRUE(run());
  EXPECT_TRUE(sink_.remarks.empty());
  sink_ = {};
  service_.sorts = "nothing";
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_TRUE(sink_.remarked("sort_refused"));
}

TEST_F(CswHarvester, ARecordThatBreaksItsPageCostsOnlyItself) {
  fill(230);
  service_.poisoned = {"r150"};
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 229u);
  ASSERT_EQ(sink_.failed.size(), 1u);
  EXPECT_TRUE(sink_.failed[0].error.message.starts_with("record 151 ")) << sink_.failed[0].error.message;
  EXPECT_TRUE(sink_.losses.empty());
}

TEST_F(CswHarvester, LeavesItToTheSinkWhichOfSeveralRecordsWithOneIdentifierStays) {
  fill(150);
  std::string other = record("r3");
  other.replace(other.find("Titre"), 5, "Autre titre");
  service_.instead["r7"] = service_.instead["r120"] = other;
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 148u);
  EXPECT_EQ(sink_.repeated.size(), 1u) << "of the two that are alike, on two pages, one is handed over";
}

TEST_F(CswHarvester, ARecordThatCameAgainWithALaterPageIsOne) {
  fill(150);
  service_.instead["r120"] = record("r3");
  auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete) << "the order is stable: nothing is missing";
  EXPECT_EQ(sink_.taken.size(), 149u);
  EXPECT_TRUE(sink_.remarks.empty());
  sink_ = {};
  service_.sorts = "nothing";
  listing = run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete) << "unsorted pages that repeat records may leave others out";
}

TEST_F(CswHarvester, KeepsTheOthersWhereOneRecordIsNoMetadata) {
  fill(3);
  service_.instead["r1"] = "<csw:Record/>";
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_EQ(sink_.taken.size(), 2u);
  EXPECT_EQ(sink_.failed.size(), 1u);
  EXPECT_FALSE(listing->complete);
}

TEST_F(CswHarvester, GivesEachRecordAsADocumentOfItsOwn) {
  fill(1);
  ASSERT_TRUE(run());
  const auto& raw = sink_.taken.at(0).raw;
  EXPECT_TRUE(raw.bytes.starts_with("<gmd:MD_Metadata xmlns:")) << raw.bytes.substr(0, 100);
  const auto again = csw_harvester().map(source_, raw);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->record, sink_.taken[0].record);
  sink_.forget_run();
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.unchanged.size(), 1u);
}

TEST_F(CswHarvester, ReadsDcatAsTheKindDcatDoes) {
  for (const bool together : {true, false}) {
    service_ = {};
    sink_ = {};
    fill(95);
    service_.cap = 10;
    for (const std::string& id : service_.ids) service_.instead[id] = described(id);
    service_.together = together;
    const auto listing = run();
    ASSERT_TRUE(listing) << to_string(listing.error());
    EXPECT_TRUE(listing->complete);
    EXPECT_EQ(sink_.pages, 10u);
    ASSERT_EQ(sink_.taken.size(), 95u);
    // A relative IRI is the same on every page of the service.
    EXPECT_EQ(sink_.taken.back().remote_id, portal_.url("/r94"));
    EXPECT_EQ(dcat::resource(sink_.taken.back().record).title, (LangStrings{{"Titre r94", "fr"}}));
    const auto again = csw_harvester().map(source_, sink_.taken.back().raw);
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(again->record, sink_.taken.back().record);
  }
}

TEST_F(CswHarvester, ReadsDcatBesideTheResults) {
  test::Script script;
  script.before = [](const http::Request& request) -> std::optional<http::Response> {
    const bool first = http::first(request.query, "startPosition") == "1";
    std::string body = response("", first ? "numberOfRecordsMatched=\"1\" nextRecord=\"0\"" : "");
    if (first) body.insert(body.rfind("</"), described("https://x.fr/d/1"));
    return test::answer(200, body, "application/xml");
  };
  portal_.script(std::move(script));
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids(), std::set<std::string>{"https://x.fr/d/1"});
}

TEST_F(CswHarvester, ServicesThatDcatDescribesBesideAreNoRecordsOfTheList) {
  fill(4);
  service_.cap = 2;
  service_.next = "absent";
  for (const std::string& id : service_.ids) {
    std::string twice = described(id), service = described(id + "-service");
    for (auto at = service.find("Dataset"); at != service.npos; at = service.find("Dataset", at))
      service.replace(at, 7, "DataService");
    service_.instead[id] = twice + service;
  }
  service_.together = true;
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 8u);
  EXPECT_EQ(sink_.pages, 2u);
}

TEST_F(CswHarvester, LosesNothingForRdfThatCannotBeRead) {
  fill(3);
  service_.instead["r1"] = rdf(
      "<dcat:Dataset xmlns:dcat=\"http://www.w3.org/ns/dcat#\" rdf:parseType=\"x\" rdf:about=\"a\" rdf:nodeID=\"b\"/>");
  const auto listing = run();
  ASSERT_TRUE(listing);
  EXPECT_EQ(sink_.taken.size(), 2u);
  EXPECT_FALSE(listing->complete);
}

TEST_F(CswHarvester, AsksForTheSchemaOfTheOptions) {
  fill(1);
  source_.url += "&outputSchema=x&typeNames=y";
  source_.options["output_schema"] = "http://data.europa.eu/930/";
  ASSERT_TRUE(run());
  const std::string asked = portal_.asked().at(0);
  EXPECT_NE(asked.find("typeNames=csw:Record&outputSchema=http%3A%2F%2Fdata.europa.eu%2F930%2F&"), asked.npos) << asked;
  EXPECT_EQ(asked.find("outputSchema"), asked.rfind("outputSchema")) << asked;
}

TEST_F(CswHarvester, SaysWhatThePortalSays) {
  const auto refused = [&](std::string body, int status = 200) {
    test::Script script;
    script.before = [=](const http::Request&) -> std::optional<http::Response> {
      return test::answer(status, body, "text/xml");
    };
    portal_.script(std::move(script));
    return run().error();
  };
  EXPECT_EQ(refused(exception).message, "the portal says: InvalidParameterValue no such property");
  EXPECT_EQ(refused("<!DOCTYPE html><html></html>").code, ErrorCode::refused);
  EXPECT_EQ(refused("<Capabilities/>").message, "not an answer to CSW's GetRecords but <Capabilities>");
  EXPECT_EQ(refused(response("<csw:Record/>", "")).code, ErrorCode::unsupported);
  EXPECT_EQ(refused("", 403).code, ErrorCode::refused);
  EXPECT_EQ(refused("", 404).code, ErrorCode::not_found);
}

TEST_F(CswHarvester, StopsAtTheLimitAndWhenTold) {
  fill(30);
  const auto listing = run(7);
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 7u);
  sink_ = {};
  sink_.stop_after = 2;
  EXPECT_EQ(run().error().code, ErrorCode::cancelled);
}

TEST(CswPage, KnowsWhereToGoOn) {
  struct Row {
    std::uint64_t start, got, matched;
    std::optional<std::uint64_t> next;
    std::uint64_t wanted;
  };
  for (const Row& row :
       {Row{1, 10, 25, 11, 11}, Row{21, 5, 25, 0, 0}, Row{1, 10, 25, 0, 11}, Row{1, 10, 25, std::nullopt, 11},
        Row{11, 10, 25, 1, 21}, Row{11, 10, 25, 11, 21}, Row{21, 5, 25, 26, 0}, Row{1, 10, 0, 11, 11},
        Row{1, 10, 0, std::nullopt, 11}, Row{1, 3, 0, std::nullopt, 0}, Row{1, 0, 25, 11, 0}, Row{1, 6, 6, 3, 3}}) {
    CswPage page;
    page.records.resize(row.got);
    page.matched = row.matched;
    page.next = row.next;
    EXPECT_EQ(next_position(page, {"", "", row.start, 10}), row.wanted)
        << row.start << " " << row.got << " " << row.matched;
  }
}

// Every ISO 19139 document of the fixtures, served as the one page of a service.
TEST_F(CswHarvester, ReadsEveryDocumentOfTheFixtures) {
  const auto feeds = test::iso19139_feeds(MOISSON_FIXTURES);
  if (feeds.empty()) GTEST_SKIP() << "no fixtures";
  std::string table;
  for (const auto& feed : feeds) {
    const std::string body = test::csw_document(feed.body);
    test::Script script;
    script.before = [&](const http::Request& request) -> std::optional<http::Response> {
      if (request.path != "/csw") return std::nullopt;
      const bool first = http::first(request.query, "startPosition") == "1";
      return test::answer(200, first ? body : response("", "numberOfRecordsMatched=\"0\""), "application/xml");
    };
    portal_.script(std::move(script));
    sink_ = {};
    const auto listing = run();
    table += feed.name + "\t" + std::to_string(sink_.taken.size()) + "\t" + std::to_string(sink_.failed.size()) + "\t";
    if (!listing) table += "refused: " + listing.error().message;
    for (const auto& failure : sink_.failed) table += "failed: " + failure.error.message + " ";
    for (const auto& taken : sink_.taken) {
      const auto& resource = dcat::resource(taken.record);
      std::map<std::string, int> findings;
      for (const auto& finding : taken.findings) ++findings[finding.cause];
      table += "[" + std::string(dcat::to_string(dcat::type_of(taken.record))) +
               " keywords=" + std::to_string(resource.keyword.size()) +
               " themes=" + std::to_string(resource.theme.size()) +
               " publishers=" + std::to_string(resource.publisher.size()) +
               " contacts=" + std::to_string(resource.contact_point.size()) +
               " places=" + std::to_string(resource.spatial.size()) +
               " distributions=" + std::to_string(dcat::distributions(taken.record).size()) +
               (resource.licence ? " licence" : "") + (resource.issued ? " issued" : "") +
               (resource.modified ? " modified" : "");
      for (const auto& [cause, count] : findings) table += " " + cause + "=" + std::to_string(count);
      table += "]";
    }
    table += "\n";
  }
  test::expect_golden(MOISSON_SOURCE_DIR "/tests/harvesters/golden/iso19139.tsv",
                      "document\ttaken\tfailed\trecords\n" + table);
}

}  // namespace
}  // namespace moisson::harvesters
