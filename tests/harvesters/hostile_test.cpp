// Portals that mean harm, or have no idea of measure: what they serve is cut at a cap that the report names, in bounded
// memory, and the records beside it are taken. Over HTTP, through the harvesters.
#include "collecting_sink.h"
#include "net/curl_fetcher.h"
#include "portal/ckan_portal.h"
#include "portal/generated.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"
#include "tests/own_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <string>
#include <string_view>

namespace moisson::harvesters {
namespace {

using test::generated;
using test::gzip_bomb;
using testing::HasSubstr;

constexpr std::uint64_t deep = 100'000;
constexpr long max_memory_mb = 900;

std::string times(std::string_view text, std::uint64_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::uint64_t i = 0; i < count; ++i) out += text;
  return out;
}

std::string in_turtle(std::string_view hostile) {
  return "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
         "<http://e/good> a dcat:Dataset ; dct:title \"Good\" .\n" +
         std::string(hostile);
}

std::string in_rdf_xml(std::string_view hostile, std::string_view doctype = {}) {
  return std::string(doctype) +
         "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dcat='http://www.w3.org/ns/dcat#' "
         "xmlns:dct='http://purl.org/dc/terms/'><dcat:Dataset rdf:about='http://e/good'><dct:title>Good</dct:title>"
         "</dcat:Dataset>" +
         std::string(hostile) + "</rdf:RDF>";
}

std::string in_csw(std::string_view hostile, std::string_view doctype = {}) {
  return std::string(doctype) +
         "<csw:GetRecordsResponse xmlns:csw='http://www.opengis.net/cat/csw/2.0.2'><csw:SearchResults "
         "numberOfRecordsMatched='1' nextRecord='0'>" +
         std::string(hostile) + "</csw:SearchResults></csw:GetRecordsResponse>";
}

// A record of ISO 19139, with what a test adds in its identification and beside it.
std::string iso19139(std::string_view id, std::string_view info, std::string_view beside = {}) {
  return "<MD_Metadata><fileIdentifier><CharacterString>" + std::string(id) +
         "</CharacterString></fileIdentifier><identificationInfo><MD_DataIdentification><citation><CI_Citation><title>"
         "<CharacterString>Titre</CharacterString></title></CI_Citation></citation>" +
         std::string(info) + "</MD_DataIdentification></identificationInfo>" + std::string(beside) + "</MD_Metadata>";
}

// `open`, a number, `close`, as often as asked.
std::string numbered(std::string_view open, std::string_view close, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) ((out += open) += std::to_string(i)) += close;
  return out;
}

std::string in_data_json(std::string_view hostile) {
  return R"({"dataset":[{"identifier":"before","title":"Before"},)" + std::string(hostile) +
         R"(,{"identifier":"after","title":"After"}]})";
}

constexpr std::string_view billion_laughs =
    "<!DOCTYPE x [<!ENTITY a 'ha ha ha ha ha ha ha ha ha ha '>"
    "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
    "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>"
    "<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'><!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'>"
    "<!ENTITY h '&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;'><!ENTITY i '&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;'>]>";
constexpr std::string_view external_entity = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>";
constexpr std::string_view parameter_entity = "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://127.0.0.1/a.dtd'> %a;]>";

// Whatever is asked for, the same.
class Hostile : public testing::Test {
 protected:
  Hostile() : portal_([this](const http::Request&) { return make_(); }) {}

  void serve(std::function<http::Response()> make) { make_ = std::move(make); }
  void serve(std::string type, std::string body) {
    serve([type = std::move(type), body = std::move(body)] { return test::answer(200, body, type); });
  }

  void harvest(std::string_view kind) { harvest(kind, portal_.url("/data.json")); }
  void harvest(std::string_view kind, std::string url) {
    harvest::HarvestSource source;
    source.id = "portal";
    source.kind = kind;
    source.url = std::move(url);
    net::HostGate gate;
    net::CurlFetcher fetcher(test::fetcher_options(), gate, {});
    const SystemClock clock;
    const auto listing = harvest::find_harvester(kind)->harvest({source, fetcher, clock, {}}, sink_);
    complete_ = listing && listing->complete;
    if (!listing) told_ += to_string(listing.error()) + '\n';
    for (const Error& error : sink_.losses) told_ += to_string(error) + '\n';
    for (const auto& failure : sink_.failed) told_ += to_string(failure.error) + '\n';
    for (const auto& record : sink_.taken)
      for (const dcat::Finding& finding : record.findings) told_ += finding.cause + ": " + finding.message + '\n';
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    if (test::own_memory) {
      EXPECT_LT(usage.ru_maxrss / 1024, max_memory_mb);
    }
  }

  // The cap is named, what is beside is taken, and nothing is removed for it.
  void expect_cut(std::string_view cap, const std::set<std::string>& taken) {
    EXPECT_THAT(told_, HasSubstr(cap));
    EXPECT_EQ(sink_.taken_ids(), taken);
    EXPECT_FALSE(complete_);
  }

  std::function<http::Response()> make_;
  test::Portal portal_;
  test::CollectingSink sink_;
  std::string told_;
  bool complete_ = false;
};

TEST_F(Hostile, TurtleOfNestedBlankNodes) {
  serve("text/turtle", in_turtle("<http://e/x> <http://e/p> " + times("[ <http://e/p> ", deep)));
  harvest("dcat");
  expect_cut("brackets nest deeper than the cap of 128", {"http://e/good"});
}

TEST_F(Hostile, TurtleOfNestedLists) {
  serve("text/turtle", in_turtle("<http://e/x> <http://e/p> " + times("(", deep) + times(")", deep) + " ."));
  harvest("dcat");
  expect_cut("brackets nest deeper than the cap of 128", {"http://e/good"});
}

TEST_F(Hostile, RdfXmlOfNestedElements) {
  serve("application/rdf+xml", in_rdf_xml(times("<dcat:Dataset><dct:hasPart>", deep)));
  harvest("dcat");
  expect_cut("XML is nested deeper than 256 elements", {"http://e/good"});
}

TEST_F(Hostile, JsonLdOfNestedArrays) {
  serve("application/ld+json", R"({"@id":"http://e/x","http://e/p":)" + times("[", deep) + times("]", deep) + "}");
  harvest("dcat");
  expect_cut("JSON is nested deeper than 128 levels", {});
}

TEST_F(Hostile, DataJsonWithANestedRecord) {
  serve("application/json", in_data_json(R"({"identifier":"x","title":)" + times("[", deep) + times("]", deep) + "}"));
  harvest("data-json");
  expect_cut("JSON is nested deeper than 128 levels", {"before", "after"});
}

TEST_F(Hostile, DataJsonOfBracketsWithoutEnd) {
  serve([] {
    return generated("application/json", R"({"dataset":[{"identifier":"before","title":"Before"},)", 1'000'000'000,
                     [](std::uint64_t, std::string& out) { out += "[[[[[[[[[[[[[[[["; });
  });
  harvest("data-json");
  expect_cut("brackets nest deeper than the cap of 1000000", {"before"});
}

TEST_F(Hostile, CkanWithANestedRecord) {
  test::CkanPortal ckan;
  ckan.put("a", test::ckan_package("a", "Before"));
  ckan.put("b", R"({"id":"b","title":"Nested","extras":)" + times("[", deep) + times("]", deep) + "}");
  ckan.put("c", test::ckan_package("c", "After"));
  harvest("ckan", ckan.url());
  expect_cut("JSON is nested deeper than 128 levels", {"a", "c"});
}

TEST_F(Hostile, CswWithANestedRecord) {
  serve("application/xml", in_csw(times("<a>", deep) + times("</a>", deep)));
  harvest("csw");
  expect_cut("XML is nested deeper than 256 elements", {});
}

TEST_F(Hostile, RdfXmlOfABillionLaughs) {
  serve("application/rdf+xml",
        in_rdf_xml("<dcat:Dataset rdf:about='http://e/x'><dct:title>&i;</dct:title></dcat:Dataset>", billion_laughs));
  harvest("dcat");
  expect_cut("XML entities grow", {"http://e/good"});
}

TEST_F(Hostile, CswOfABillionLaughs) {
  serve("application/xml", in_csw("<a>&i;</a>", billion_laughs));
  harvest("csw");
  expect_cut("XML entities grow", {});
}

TEST_F(Hostile, ExternalEntitiesAreNotRead) {
  for (const std::string_view doctype : {external_entity, parameter_entity}) {
    serve("application/rdf+xml",
          in_rdf_xml("<dcat:Dataset rdf:about='http://e/x'><dct:title>&a;</dct:title></dcat:Dataset>", doctype));
    harvest("dcat");
    expect_cut("XML declares an external or parameter entity", {});
    serve("application/xml", in_csw("<a>&a;</a>", doctype));
    told_.clear();
    harvest("csw");
    expect_cut("XML declares an external or parameter entity", {});
  }
}

// 2 GiB each, 2 MB on the wire.
TEST_F(Hostile, GzipBombs) {
  const std::string blanks(std::size_t{1} << 20, ' ');
  const std::string triples = times("<http://e/s> <http://e/p> <http://e/o> .\n", blanks.size() / 40);
  const struct {
    std::string_view kind, type, unit;
  } bombs[] = {{"dcat", "text/turtle", triples},
               {"dcat", "text/turtle", blanks},
               {"data-json", "application/json", blanks},
               {"ckan", "application/json", blanks},
               {"csw", "application/xml", blanks}};
  for (const auto& [kind, type, unit] : bombs) {
    serve([&type = type, &unit = unit] { return gzip_bomb(type, unit, 2048); });
    told_.clear();
    harvest(kind);
    EXPECT_THAT(told_, testing::AnyOf(HasSubstr("the body unpacks to more than 250 times what was sent"),
                                      HasSubstr("the body exceeds")))
        << kind;
    EXPECT_FALSE(complete_);
  }
}

TEST_F(Hostile, TenMillionTriplesAboutOneSubject) {
  serve([] {
    return generated("application/n-triples", in_turtle(""), 10'000'000, [](std::uint64_t n, std::string& out) {
      out.append("<http://e/x> <http://e/p> \"").append(std::to_string(n)).append("\" .\n");
    });
  });
  harvest("dcat");
  expect_cut("more than 1000000 triples in a row are about <http://e/x>", {"http://e/good"});
}

TEST_F(Hostile, TenMillionPropertiesOfOneElement) {
  serve([] {
    std::string head = in_rdf_xml("<rdf:Description rdf:about='http://e/x'>");
    return generated(
        "application/rdf+xml", head.substr(0, head.rfind("</rdf:RDF>")), 10'000'000,
        [](std::uint64_t n, std::string& out) {
          out.append("<dct:relation>").append(std::to_string(n)).append("</dct:relation>");
        },
        "</rdf:Description></rdf:RDF>");
  });
  harvest("dcat");
  expect_cut("more than 1000000 triples in a row are about <http://e/x>", {"http://e/good"});
}

TEST_F(Hostile, TenMillionObjectsInOneStatement) {
  serve([] {
    return generated(
        "text/turtle", in_turtle("<http://e/x> <http://e/p> 0"), 10'000'000,
        [](std::uint64_t n, std::string& out) { out.append(", ").append(std::to_string(n)); }, " .");
  });
  harvest("dcat");
  expect_cut("a statement passes the cap of 64 MiB", {"http://e/good"});
}

TEST_F(Hostile, PrefixesWithoutEnd) {
  serve([] {
    return generated("text/turtle", in_turtle(""), 10'000'000, [](std::uint64_t n, std::string& out) {
      out.append("@prefix p").append(std::to_string(n)).append(": <http://e/> .\n");
    });
  });
  harvest("dcat");
  expect_cut("more than 10,000 prefixes are declared", {"http://e/good"});
}

// A list in Turtle is a chain of blank nodes: telling them apart takes a round for each.
TEST_F(Hostile, AListOfFiftyThousandMembers) {
  serve("text/turtle", in_turtle("<http://e/x> a dcat:Dataset ; dct:title \"List\" ; dct:relation (" +
                                 times(" <http://e/r>", 50'000) + ") ."));
  harvest("dcat");
  EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{"http://e/good", "http://e/x"}));
}

// A thousand records that all point to one agent of fifty thousand statements.
TEST_F(Hostile, RecordsThatShareALargeAgent) {
  serve([] {
    std::string agent = "<http://e/agent> a <http://xmlns.com/foaf/0.1/Agent>";
    for (int i = 0; i < 50'000; ++i) agent += " ; <http://xmlns.com/foaf/0.1/name> \"" + std::to_string(i) + "\"";
    return generated("text/turtle", in_turtle(agent + " .\n"), 1'000, [](std::uint64_t n, std::string& out) {
      out +=
          "<http://e/" + std::to_string(n) + "> a dcat:Dataset ; dct:title \"T\" ; dct:publisher <http://e/agent> .\n";
    });
  });
  harvest("dcat");
  EXPECT_THAT(told_, HasSubstr("the records of this page share more than 20 times its triples"));
  EXPECT_FALSE(complete_);
}

TEST_F(Hostile, ARecordOfThirtyFiveThousandKeywords) {
  const auto words = [](std::string_view open, std::string_view close) {
    std::string out;
    for (int i = 0; i < 35'000; ++i) (((out += i == 0 ? "" : ",") += open) += std::to_string(i)) += close;
    return out;
  };
  test::CkanPortal ckan;
  ckan.put("x",
           test::ckan_package("x", "Tags", "2024-05-01T12:00:00", "\"tags\":[" + words("{\"name\":\"w", "\"}") + "]"));
  harvest("ckan", ckan.url());
  EXPECT_THAT(told_, HasSubstr("more than 1,000 tags; the first are kept"));
  serve("application/json",
        in_data_json(R"({"identifier":"x","title":"Tags","keyword":[)" + words("\"w", "\"") + "]}"));
  told_.clear();
  harvest("data-json");
  EXPECT_THAT(told_, HasSubstr("list_cut"));
  serve("text/turtle",
        in_turtle("<http://e/x> a dcat:Dataset ; dct:title \"Tags\" ; dcat:keyword " + words("\"w", "\"") + " ."));
  told_.clear();
  harvest("dcat");
  EXPECT_THAT(told_, HasSubstr("only the first 10,000 values were read"));
}

// Words; and terms, which become themes too.
TEST_F(Hostile, ARecordOfThirtyFiveThousandKeywordsByCsw) {
  const std::pair<std::string_view, std::string_view> spellings[] = {
      {"<keyword><CharacterString>w", "</CharacterString></keyword>"},
      {"<keyword><Anchor href='http://e/t'>w", "</Anchor></keyword>"}};
  for (const auto& [open, close] : spellings) {
    serve("application/xml", in_csw(iso19139("x", "<descriptiveKeywords><MD_Keywords>" + numbered(open, close, 35'000) +
                                                      "</MD_Keywords></descriptiveKeywords>") +
                                    iso19139("y", "")));
    told_.clear();
    sink_ = {};
    harvest("csw");
    EXPECT_EQ(sink_.taken_ids(), (std::set<std::string>{"x", "y"}));
    EXPECT_THAT(told_, HasSubstr("more than 1,000 keywords; the first are kept"));
    EXPECT_EQ(dcat::resource(sink_.taken.at(0).record).keyword.size(), 1'000u);
    EXPECT_LE(dcat::resource(sink_.taken.at(0).record).theme.size(), 1'000u);
  }
}

// DCAT by CSW is under the caps of DCAT.
TEST_F(Hostile, ARecordOfThirtyFiveThousandKeywordsByCswInDcat) {
  serve(
      "application/xml",
      in_csw("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dcat='http://www.w3.org/ns/dcat#' "
             "xmlns:dct='http://purl.org/dc/terms/'><dcat:Dataset rdf:about='http://e/x'><dct:title>T</dct:title>" +
             numbered("<dcat:keyword>w", "</dcat:keyword>", 35'000) + "</dcat:Dataset></rdf:RDF>"));
  harvest("csw");
  EXPECT_EQ(sink_.taken_ids(), std::set<std::string>{"http://e/x"});
  EXPECT_THAT(told_, HasSubstr("only the first 10,000 values were read"));
}

// All that may come several times, as often as a record can hold it.
TEST_F(Hostile, ARecordOfAllThatRepeatsByCsw) {
  const auto string = [](const std::string& name) {
    return std::pair{"<" + name + "><CharacterString>http://e/", "</CharacterString></" + name + ">"};
  };
  const std::pair<std::string, std::string> repeated[] = {
      {"<pointOfContact><CI_ResponsibleParty>" + string("organisationName").first,
       string("organisationName").second +
           "<role><C codeListValue='publisher'/></role></CI_ResponsibleParty></pointOfContact>"},
      {"<aggregationInfo><MD_AggregateInformation><aggregateDataSetIdentifier><MD_Identifier>" + string("code").first,
       string("code").second +
           "</MD_Identifier></aggregateDataSetIdentifier></MD_AggregateInformation></aggregationInfo>"},
      {"<topicCategory><C>", "</C></topicCategory>"}};
  const std::pair<std::string, std::string> beside[] = {
      {"<referenceSystemInfo><MD_ReferenceSystem><referenceSystemIdentifier><RS_Identifier>" + string("code").first,
       string("code").second +
           "</RS_Identifier></referenceSystemIdentifier></MD_ReferenceSystem></referenceSystemInfo>"},
      {"<distributionInfo><MD_Distribution><distributionFormat><MD_Format>" + string("name").first,
       string("name").second + "</MD_Format></distributionFormat></MD_Distribution></distributionInfo>"}};
  std::string records;
  std::set<std::string> ids;
  constexpr int most = 25'000;  // of 200,000 elements
  for (const auto& [open, close] : repeated) {
    const std::string id = "r" + std::to_string(ids.size());
    records += iso19139(*ids.insert(id).first, numbered(open, close, most));
  }
  for (const auto& [open, close] : beside) {
    const std::string id = "r" + std::to_string(ids.size());
    records += iso19139(*ids.insert(id).first, "", numbered(open, close, most));
  }
  records += iso19139(*ids.insert("service").first, numbered("<operatesOn href='http://e/", "'/>", 190'000),
                      "<hierarchyLevel><C codeListValue='service'/></hierarchyLevel>");
  records += iso19139(*ids.insert("translated").first, "<abstract><PT_FreeText>" +
                                                           numbered("<textGroup><LocalisedCharacterString>",
                                                                    "</LocalisedCharacterString></textGroup>", 90'000) +
                                                           "</PT_FreeText></abstract>");
  serve("application/xml", in_csw(records));
  harvest("csw");
  EXPECT_EQ(sink_.taken_ids(), ids);
  EXPECT_THAT(told_, HasSubstr("more than 10,000 data sets are served; the first are kept"));
  EXPECT_THAT(told_, HasSubstr("more than 500 translations of one text; the first are kept"));
  for (const auto& record : sink_.taken) {
    const auto& resource = dcat::resource(record.record);
    EXPECT_LE(resource.publisher.size(), 1'000u);
    EXPECT_LE(resource.theme.size(), 1'000u);
    EXPECT_LE(resource.conforms_to.size(), 1'000u);
  }
}

TEST_F(Hostile, ARecordOfMoreElementsThanARecordMayHaveByCsw) {
  serve([] {
    return test::answer(200, in_csw(iso19139("x", numbered("<alternateTitle>", "</alternateTitle>", 250'000))),
                        "application/xml");
  });
  harvest("csw");
  EXPECT_TRUE(sink_.taken.empty());
  EXPECT_THAT(told_, HasSubstr("200,000"));
  EXPECT_FALSE(complete_);
}

TEST_F(Hostile, ARecordOfEightThousandDistributions) {
  const auto list = [](std::string_view open, std::string_view close) {
    std::string out;
    for (int i = 0; i < 8'000; ++i) (((out += i == 0 ? "" : ",") += open) += std::to_string(i)) += close;
    return out;
  };
  test::CkanPortal ckan;
  ckan.put("x", R"({"id":"x","name":"x","title":"Files","resources":[)" + list(R"({"url":"http://e/)", "\"}") + "]}");
  harvest("ckan", ckan.url());
  serve("application/json", in_data_json(R"({"identifier":"y","title":"Files","distribution":[)" +
                                         list(R"({"downloadURL":"http://e/)", "\"}") + "]}"));
  harvest("data-json");
  serve("text/turtle", in_turtle("<http://e/z> a dcat:Dataset ; dct:title \"Files\" ; dcat:distribution " +
                                 list("[ dcat:accessURL <http://e/", "> ]") + " ."));
  harvest("dcat");
  serve("application/xml",
        in_csw(iso19139("c", "",
                        "<distributionInfo><MD_Distribution><transferOptions><MD_DigitalTransferOptions>" +
                            numbered("<onLine><CI_OnlineResource><linkage><URL>http://e/",
                                     "</URL></linkage></CI_OnlineResource></onLine>", 8'000) +
                            "</MD_DigitalTransferOptions></transferOptions></MD_Distribution></distributionInfo>")));
  harvest("csw");
  std::set<std::string> whole;
  for (const auto& record : sink_.taken) {
    const auto* dataset = std::get_if<dcat::Dataset>(&record.record);
    if (dataset != nullptr && dataset->distribution.size() == 8'000) whole.insert(record.remote_id);
  }
  EXPECT_EQ(whole, (std::set<std::string>{"x", "y", "http://e/z", "c"}));
}

}  // namespace
}  // namespace moisson::harvesters
