#include "harvesters/dcat.h"

#include "dcat/canonical_json.h"
#include "harvesters/dcat_records.h"
#include "harvesters/page_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace moisson::harvesters {
namespace {

// A portal in memory: pages by URL, each with an ETag of its own.
class Pages final : public net::Fetcher {
 public:
  struct Page {
    std::string body;
    std::string type = "text/turtle";
    std::optional<Error> fails;  // after the body was sent
  };
  std::map<std::string, Page> pages;
  std::vector<std::string> asked;
  std::size_t piece = 100;

  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& sink) override {
    asked.push_back(request.url);
    const auto found = pages.find(request.url);
    if (found == pages.end()) return Error{ErrorCode::not_found, "HTTP 404", request.url, ""};
    const Page& page = found->second;
    net::FetchAnswer answer;
    answer.status = 200;
    answer.final_url = request.url;
    answer.content_type = page.type;
    answer.validators.etag = "\"" + std::to_string(std::hash<std::string>{}(page.body)) + "\"";
    if (request.validators.etag == answer.validators.etag) {
      answer.status = 304;
      return answer;
    }
    for (std::size_t at = 0; at < page.body.size(); at += piece) {
      if (auto taken = sink(std::string_view(page.body).substr(at, piece), at == 0); !taken) return taken.error();
    }
    if (page.fails) return *page.fails;
    return answer;
  }
};

class Job final : public harvest::RecordSink {
 public:
  std::map<std::string, harvest::HarvestedRecord> taken;  // by id, the last one
  std::vector<std::string> handed;                        // titles, in their order
  std::map<std::string, harvest::RecordFailure> failed;
  std::vector<Error> losses;
  std::vector<dcat::Finding> remarks;
  std::set<std::string> stored;  // raw bytes that known() recognises
  std::uint64_t unchanged = 0, announced = 0, pages = 0;
  bool stop = false;

  bool known(std::string_view, const harvest::RawSource& raw, std::optional<std::uint64_t>) override {
    const bool same = stored.contains(raw.bytes);
    unchanged += same;
    return same;
  }
  harvest::Flow take(harvest::HarvestedRecord&& record) override {
    const std::string id = record.remote_id;
    handed.push_back(dcat::resource(record.record).title.at(0).value);
    taken.insert_or_assign(id, std::move(record));
    return stop ? harvest::Flow::stop : harvest::Flow::go_on;
  }
  harvest::Flow fail(harvest::RecordFailure&& failure) override {
    failed[failure.remote_id] = std::move(failure);
    return harvest::Flow::go_on;
  }
  harvest::Flow skip(harvest::RecordSkip&&) override { return harvest::Flow::go_on; }
  bool present(std::string_view) override { return false; }
  harvest::Flow tombstone(std::string_view) override { return harvest::Flow::go_on; }
  harvest::Flow page(std::string_view, std::uint64_t total) override {
    ++pages;
    announced = total;
    return harvest::Flow::go_on;
  }
  harvest::Flow lost(Error&& error) override {
    losses.push_back(std::move(error));
    return harvest::Flow::go_on;
  }
  void remark(dcat::Finding&& finding) override { remarks.push_back(std::move(finding)); }
  bool remarked(std::string_view cause) const {
    return std::any_of(remarks.begin(), remarks.end(), [&](const auto& finding) { return finding.cause == cause; });
  }
};

constexpr std::string_view head =
    "@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> . "
    "@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n";
const std::string first = "http://portal/catalog.ttl";

class DcatHarvester : public testing::Test {
 protected:
  DcatHarvester() {
    source.id = "portal";
    source.kind = "dcat";
    source.url = first;
  }
  void serve(const std::string& url, std::string_view body) { portal.pages[url] = {std::string(head).append(body)}; }
  Result<harvest::Listing> harvest(harvest::Memory memory = {}, std::uint64_t limit = 0) {
    job = Job{};
    job.stored = stored;
    SystemClock clock;
    harvest::HarvestContext context{source, portal, clock, std::move(memory)};
    context.limit = limit;
    return dcat_harvester().harvest(context, job);
  }
  static std::string dataset(int number) {
    const std::string n = std::to_string(number);
    return "<http://portal/d/" + n + "> a dcat:Dataset ; dct:title \"Jeu " + n +
           "\"@fr ; dcat:distribution [ dcat:downloadURL <http://portal/f/" + n + "> ] .\n";
  }

  harvest::HarvestSource source;
  Pages portal;
  Job job;
  std::set<std::string> stored;
};

TEST_F(DcatHarvester, ReadsJsonLdByItsContentAndKeepsTheNeighboursOfAWrongRecord) {
  constexpr std::string_view context =
      R"("@context": {"dct": "http://purl.org/dc/terms/", "dcat": "http://www.w3.org/ns/dcat#",
         "hydra": "http://www.w3.org/ns/hydra/core#", "title": {"@id": "dct:title", "@container": "@language"}},)";
  portal.pages[first] = {"{" + std::string(context) + R"("@graph": [
    {"@id": "", "@type": "hydra:PartialCollectionView", "hydra:next": {"@id": "?page=2"}},
    {"@id": "http://portal/d/1", "@type": "dcat:Dataset", "title": {"fr": "Jeu 1"},
     "dcat:distribution": {"@type": "dcat:Distribution", "dcat:downloadURL": {"@id": "http://portal/f/1"}}},
    {"@id": ["wrong"], "@type": "dcat:Dataset", "title": {"fr": "Jeu 0"}}]})",
                         "text/plain", std::nullopt};
  portal.pages["http://portal/catalog.ttl?page=2"] = {
      "[{" + std::string(context) +
          R"("@id": "http://portal/d/2", "@type": "dcat:Dataset", "title": {"fr": "Jeu 2"}}])",
      "application/ld+json", std::nullopt};
  for (const std::string format : {"", "jsonld"}) {
    source.options["format"] = format;
    const auto listing = harvest();
    ASSERT_TRUE(listing) << to_string(listing.error());
    EXPECT_TRUE(listing->complete);
    ASSERT_EQ(job.taken.size(), 2U);
    const auto& dataset = std::get<dcat::Dataset>(job.taken.at("http://portal/d/1").record);
    EXPECT_EQ(dataset.title.front().value, "Jeu 1");
    EXPECT_EQ(dataset.title.front().language, "fr");
    ASSERT_EQ(dataset.distribution.size(), 1U);
    EXPECT_EQ(dataset.distribution[0].download_url.front().value, "http://portal/f/1");
    EXPECT_TRUE(job.remarked("rdf_repaired"));
  }
}

TEST_F(DcatHarvester, NamesTheJsonLdContextThatItDoesNotHave) {
  portal.pages[first] = {R"({"@context": "https://other.example/c.jsonld", "title": "x"})", "", std::nullopt};
  const auto listing = harvest();
  ASSERT_FALSE(listing);
  EXPECT_NE(listing.error().message.find("https://other.example/c.jsonld"), std::string::npos);
}

TEST_F(DcatHarvester, ReadsEveryPageOfAHydraListing) {
  serve(first,
        dataset(1) + dataset(2) + "<> a hydra:PagedCollection ; hydra:nextPage \"?page=2\" ; hydra:totalItems 3 .");
  serve("http://portal/catalog.ttl?page=2",
        dataset(3) + "<> a hydra:PartialCollectionView ; hydra:previous <catalog.ttl> .");
  const auto listing = harvest();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(job.taken.size(), 3U);
  EXPECT_EQ(job.announced, 3U);
  EXPECT_EQ(job.taken.at("http://portal/d/3").raw.pointer, "<http://portal/d/3>");
  EXPECT_TRUE(job.losses.empty());
}

TEST_F(DcatHarvester, KnowsTheRecordAgainWhateverOrderAndLabelsThePageHas) {
  serve(first,
        "<http://portal/d/1> a dcat:Dataset ; dct:title \"A\" ; dcat:distribution _:x, _:y . _:x dct:title \"x\" . _:y "
        "dct:title \"y\" .");
  ASSERT_TRUE(harvest());
  stored.insert(job.taken.begin()->second.raw.bytes);
  serve(first,
        "_:b2 dct:title \"x\" . _:b1 dct:title \"y\" . <http://portal/d/1> dcat:distribution _:b1, _:b2 ; dct:title "
        "\"A\" ; a dcat:Dataset .");
  ASSERT_TRUE(harvest());
  EXPECT_EQ(job.unchanged, 1U);
  EXPECT_TRUE(job.taken.empty());
}

TEST_F(DcatHarvester, AsksShortQuestionsWhenNothingChanged) {
  serve(first, dataset(1) + "<> hydra:next <http://portal/2> .");
  serve("http://portal/2", dataset(2));
  const auto memory = harvest()->memory;
  EXPECT_FALSE(memory.json.empty());
  EXPECT_TRUE(harvest(memory)->not_modified);
  EXPECT_EQ(job.pages, 0U);
  serve("http://portal/2", dataset(2) + dataset(3));
  const auto listing = harvest(memory);
  EXPECT_FALSE(listing->not_modified);
  EXPECT_EQ(job.taken.size(), 3U);
  source.url = "http://elsewhere/";
  EXPECT_FALSE(harvest(memory));
}

TEST_F(DcatHarvester, EndsRepeatingAndCyclicListingsAndRemovesNothing) {
  serve(first, dataset(1) + "<> hydra:next <http://portal/2> .");
  serve("http://portal/2", dataset(2) + "<> hydra:next <http://portal/catalog.ttl> .");
  EXPECT_FALSE(harvest()->complete);
  EXPECT_EQ(job.taken.size(), 2U);
  EXPECT_EQ(job.losses.size(), 1U);

  serve("http://portal/2", dataset(1) + "<> hydra:next <http://portal/3> .");
  EXPECT_FALSE(harvest()->complete);
  EXPECT_EQ(portal.asked.back(), "http://portal/2");

  // The last page names itself as the next, but everything announced is here.
  serve("http://portal/2", dataset(2) + "<> hydra:next <http://portal/2> . <http://c> hydra:totalItems 2 .");
  EXPECT_TRUE(harvest()->complete);
  EXPECT_TRUE(job.remarked("paging_endless"));
}

TEST_F(DcatHarvester, IsPartialWhenFewerRecordsCameThanAnnounced) {
  serve(first, dataset(1) + "<> hydra:totalItems 5 .");
  EXPECT_FALSE(harvest()->complete);
  ASSERT_EQ(job.losses.size(), 1U);
  EXPECT_NE(job.losses[0].message.find("announces 5"), std::string::npos);
}

TEST_F(DcatHarvester, LosesOfAPageTheStatementAloneThatBreaksItsSyntax) {
  serve(first, dataset(1) + dataset(2) +
                   "<http://portal/d/3> a dcat:Dataset ; dct:title \"half\" ; dct:issued oops .\n" + dataset(4));
  const auto listing = harvest();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(job.taken.size(), 3U);
  ASSERT_EQ(job.failed.count("http://portal/d/3"), 1U);
  EXPECT_NE(job.failed["http://portal/d/3"].error.where.find(": 4:"), std::string::npos);
  ASSERT_EQ(job.losses.size(), 1U);
  EXPECT_NE(job.losses[0].where.find(": 4:"), std::string::npos) << to_string(job.losses[0]);
}

TEST_F(DcatHarvester, KeepsWhatWasReadOfABrokenPageAndSaysHowMuchWasNot) {
  serve(first,
        dataset(1) + dataset(2) + "<http://portal/d/3> a dcat:Dataset ; dct:relation <http://e/\n> .\n" + dataset(4));
  const auto listing = harvest();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(job.taken.size(), 2U);
  ASSERT_EQ(job.losses.size(), 1U);
  EXPECT_NE(job.losses[0].message.find("bytes were not read"), std::string::npos);
}

TEST_F(DcatHarvester, KeepsWhatCameBeforeTheConnectionWasCut) {
  const std::string xml =
      "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns:dcat='http://www.w3.org/ns/dcat#' xmlns:dct='http://purl.org/dc/terms/'>"
      "<dcat:Dataset rdf:about='http://portal/d/1'><dct:title>Un</dct:title></dcat:Dataset>"
      "<dcat:Dataset rdf:about='http://portal/d/2'><dct:title>Deux</dct:title><dct:description>coup";
  portal.pages[first] = {xml, "application/rdf+xml", Error{ErrorCode::unreachable, "connection cut", first, ""}};
  const auto listing = harvest();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(job.taken.count("http://portal/d/1"), 1U);
  EXPECT_EQ(job.failed.count("http://portal/d/2"), 1U);
  EXPECT_EQ(job.losses.at(0).code, ErrorCode::unreachable);
}

TEST_F(DcatHarvester, KeepsTheFirstPagesWhenALaterOneIsGone) {
  serve(first, dataset(1) + "<> hydra:next <http://portal/2> .");
  const auto listing = harvest();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_EQ(job.taken.size(), 1U);
  EXPECT_EQ(job.losses.at(0).code, ErrorCode::not_found);
  EXPECT_TRUE(listing->memory.json.empty());
}

TEST_F(DcatHarvester, RefusesLoginPagesAndWhatIsNoCatalog) {
  portal.pages[first] = {"<!DOCTYPE html><html><body>Connexion</body></html>"};
  EXPECT_EQ(harvest().error().code, ErrorCode::refused);
  serve(first, "<http://x> dct:title \"no catalog\" .");
  EXPECT_EQ(harvest().error().code, ErrorCode::invalid_input);
  serve(first, "<http://c> a dcat:Catalog ; dct:title \"empty\" .");
  EXPECT_TRUE(harvest()->complete);
}

TEST_F(DcatHarvester, TakesTheOriginThatACatalogRecordStates) {
  serve(first, dataset(1) + dataset(2) +
                   "<http://portal/d/2> dct:source <http://elsewhere/derived-from> .\n"
                   "<http://portal/r/1> a dcat:CatalogRecord ; foaf:primaryTopic <http://portal/d/1> ; dct:modified "
                   "\"2024-01-01\" ; "
                   "<http://www.w3.org/ns/prov#wasDerivedFrom> <http://elsewhere/1#/metadata/7> .\n"
                   "<http://portal/r/2> a dcat:CatalogRecord ; foaf:primaryTopic <http://portal/d/2> .\n");
  ASSERT_TRUE(harvest()->complete);
  ASSERT_EQ(job.taken.size(), 2U);
  EXPECT_EQ(job.taken.at("http://portal/d/1").origin.urls, std::vector<std::string>{"http://elsewhere/1#/metadata/7"});
  EXPECT_TRUE(job.taken.at("http://portal/d/2").origin.urls.empty()) << "data derived from others are other data";
  EXPECT_EQ(job.taken.at("http://portal/d/1").raw.bytes.find("2024-01-01"), std::string::npos)
      << "what changes with every edit of the catalog record makes no record new";
}

TEST_F(DcatHarvester, FindsDatasetsNestedFlatNamedAndBlankAndServicesAndSeries) {
  serve(first,
        "<http://c> a dcat:Catalog ; dcat:dataset [ a dcat:Dataset ; dct:title \"blank\" ; dct:identifier \"b-1\" ], [ "
        "dct:title \"untyped, without id\" ] ; "
        "dcat:service <http://portal/s> ; dcat:dataset <http://portal/undescribed> .\n"
        "<http://portal/s> a dcat:DataService ; dct:title \"WFS\" ; dcat:servesDataset <http://portal/stub>, "
        "<http://portal/d/1> .\n"
        "<http://portal/stub> a dcat:Dataset . <http://portal/series> a dcat:DatasetSeries ; dct:title \"Série\" .\n" +
            dataset(1) +
            "<http://portal/d/1> dcat:inSeries <http://portal/series>, <http://portal/stub2> . <http://portal/stub2> a "
            "dcat:DatasetSeries ; dct:identifier \"s2\" .\n"
            "<http://portal/d/1> a dcat:CatalogRecord . <http://portal/record> a dcat:CatalogRecord ; "
            "foaf:primaryTopic <http://portal/d/1> .");
  ASSERT_TRUE(harvest()->complete);
  EXPECT_EQ(job.taken.size(), 5U);
  EXPECT_TRUE(job.taken.contains("b-1"));
  EXPECT_EQ(dcat::type_of(job.taken.at("http://portal/s").record), dcat::ResourceType::service);
  EXPECT_EQ(dcat::type_of(job.taken.at("http://portal/series").record), dcat::ResourceType::series);
  EXPECT_TRUE(job.failed.empty());
  EXPECT_TRUE(job.remarked("dataset_not_described"));
  const auto hashed = std::find_if(job.taken.begin(), job.taken.end(),
                                   [](const auto& row) { return row.first.starts_with("content:"); });
  ASSERT_NE(hashed, job.taken.end());
  // Stored triples alone give the same record again.
  for (const auto& [id, record] : job.taken) {
    const auto mapped = dcat_harvester().map(source, record.raw);
    ASSERT_TRUE(mapped) << id << to_string(mapped.error());
    EXPECT_EQ(mapped->remote_id, id);
    EXPECT_EQ(dcat::to_json(mapped->record), dcat::to_json(record.record));
  }
}

TEST_F(DcatHarvester, FollowsTheCatalogsOfACatalogOnItsOwnHost) {
  serve(first,
        "<http://portal/all> a dcat:Catalog ; dcat:dataset <http://portal/d/1> ; dcat:catalog <http://portal/a.ttl>, "
        "<http://portal/b.ttl>, <http://portal/a-page>, <http://elsewhere/c.ttl> . " +
            dataset(1));
  serve("http://portal/a.ttl",
        "<http://portal/a.ttl> a dcat:Catalog ; dcat:catalog <http://portal/b.ttl>, <" + first + "> . " + dataset(2));
  serve("http://portal/b.ttl", dataset(3) + "<http://portal/b.ttl> hydra:next <http://portal/b2.ttl> .");
  serve("http://portal/b2.ttl", dataset(4));
  const auto listing = harvest();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(job.taken.size(), 4U);
  EXPECT_TRUE(job.remarked("catalog_elsewhere"));
}

TEST_F(DcatHarvester, FollowsFiveHundredCatalogsOfACatalogAndSaysThatThereAreMore) {
  const auto name_catalogs = [&](int count) {
    std::string statements = "<http://portal/all> a dcat:Catalog .\n";
    for (int i = 0; i < count; ++i) {
      const std::string url = "http://portal/c/" + std::to_string(i) + ".ttl";
      statements += "<http://portal/all> dcat:catalog <" + url + "> .\n";
      serve(url, dataset(i));
    }
    serve(first, statements);
    portal.asked.clear();
  };
  name_catalogs(500);
  auto listing = harvest();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(job.taken.size(), 500U);
  EXPECT_TRUE(job.losses.empty());

  name_catalogs(501);
  listing = harvest();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->complete) << "what is in the one that was not read is not gone";
  EXPECT_EQ(job.taken.size(), 500U);
  EXPECT_EQ(portal.asked.size(), 501U);
  ASSERT_EQ(job.losses.size(), 1U);
  EXPECT_EQ(job.losses[0].message, "more than 500 catalogs are named");
  EXPECT_EQ(job.losses[0].cause, "too_many_pages");
}

TEST_F(DcatHarvester, TakesASeriesWithFilesAsADataSet) {
  serve(first,
        "<http://portal/s/1> a dcat:Dataset, dcat:DatasetSeries ; dct:title \"Bilans\" ; "
        "dcat:distribution [ dcat:accessURL <http://portal/f> ] . "
        "<http://portal/s/2> a dcat:DatasetSeries ; dct:title \"Relevés\" .");
  ASSERT_TRUE(harvest());
  EXPECT_EQ(dcat::type_of(job.taken.at("http://portal/s/1").record), dcat::ResourceType::dataset);
  EXPECT_EQ(dcat::type_of(job.taken.at("http://portal/s/2").record), dcat::ResourceType::series);
}

TEST_F(DcatHarvester, LeavesItToTheSinkWhichOfTwoRecordsWithOneIdStays) {
  serve(first,
        "[] a dcat:Dataset ; dct:title \"poor\" ; dct:identifier \"x\" . [] a dcat:Dataset ; dct:title \"rich\" ; "
        "dct:identifier \"x\" ; dct:description \"d\" .");
  ASSERT_TRUE(harvest()->complete);
  EXPECT_EQ(job.taken.size(), 1U);
  std::sort(job.handed.begin(), job.handed.end());
  EXPECT_EQ(job.handed, (std::vector<std::string>{"poor", "rich"}));
}

TEST_F(DcatHarvester, ARecordThatCameAgainWithALaterPageIsOneUnlessItDiffers) {
  const auto page = [](std::string_view url, std::string_view next) {
    return "<" + std::string(url) + "> hydra:next <" + std::string(next) + "> .\n";
  };
  serve(first, page(first, "http://portal/2.ttl") + dataset(1) + dataset(2));
  serve("http://portal/2.ttl", page("http://portal/2.ttl", "http://portal/3.ttl") + dataset(2) + dataset(3));
  serve("http://portal/3.ttl", dataset(4) + "<http://portal/d/3> a dcat:Dataset ; dct:title \"Jeu trois\" .");
  ASSERT_TRUE(harvest()->complete);
  std::sort(job.handed.begin(), job.handed.end());
  EXPECT_EQ(job.handed, (std::vector<std::string>{"Jeu 1", "Jeu 2", "Jeu 3", "Jeu 4", "Jeu trois"}));
  EXPECT_TRUE(job.remarks.empty());
}

TEST_F(DcatHarvester, FailsOnlyTheRecordWithoutATitle) {
  serve(first, dataset(1) + "<http://portal/d/9> a dcat:Dataset ; dct:description \"?\" ; dct:issued \"never\" .");
  ASSERT_TRUE(harvest()->complete);
  EXPECT_EQ(job.taken.size(), 1U);
  EXPECT_EQ(job.failed.at("http://portal/d/9").error.where, "<http://portal/d/9>");
}

TEST_F(DcatHarvester, StopsWhenAskedAndAtALimit) {
  serve(first, dataset(1) + dataset(2) + dataset(3));
  EXPECT_FALSE(harvest({}, 2)->complete);
  EXPECT_EQ(job.taken.size(), 2U);
  Job stopping;
  stopping.stop = true;
  SystemClock clock;
  EXPECT_EQ(dcat_harvester().harvest({source, portal, clock, {}}, stopping).error().code, ErrorCode::cancelled);
  EXPECT_EQ(stopping.taken.size(), 1U);
}

TEST_F(DcatHarvester, RefusesAFormatThatItDoesNotKnow) {
  source.options["format"] = "docx";
  EXPECT_EQ(harvest().error().where, "format");
  source.options["format"] = "nt";
  portal.pages[first] = {
      "# no hint\n<http://portal/d/1> <http://purl.org/dc/terms/title> \"t\" .\n<http://portal/d/1> "
      "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .",
      "text/plain"};
  EXPECT_TRUE(harvest());
  EXPECT_EQ(job.taken.size(), 1U);
}

TEST(PageMemory, ReadsBackWhatItWroteAndForgetsTheUnreadable) {
  const PageMemory memory{
      "http://x/", 3, {{"http://x/", {"\"a\"", ""}}, {"http://x/2", {"", "Wed, 01 May 2024 12:34:56 GMT"}}}};
  EXPECT_EQ(read_memory(write_memory(memory)), memory);
  EXPECT_EQ(read_memory({"not json"}), PageMemory{});
  EXPECT_TRUE(write_memory({"http://x/", 3, {{"http://x/", {}}}}).json.empty());
  PageMemory large{"http://x/", 3,
                   std::vector<PageMemory::Page>(2000, {"http://x/a/long/enough/address", {"\"etag\"", ""}})};
  EXPECT_TRUE(write_memory(large).json.empty());
}

TEST(RemoteId, IsTheIriElseTheIdentifierElseWhatStays) {
  dcat::Dataset dataset;
  dataset.title = {{"T", "fr"}};
  const std::string hashed = remote_id(dataset);
  EXPECT_TRUE(hashed.starts_with("content:"));
  dataset.description = {{"edited", "fr"}};
  dataset.modified = *parse_moment("2024-05-01");
  EXPECT_EQ(remote_id(dataset), hashed);
  dataset.iri = "file:///srv/x";
  EXPECT_EQ(remote_id(dataset), hashed);
  dataset.identifier = {"id"};
  EXPECT_EQ(remote_id(dataset), "id");
  dataset.iri = "urn:uuid:1";
  EXPECT_EQ(remote_id(dataset), "urn:uuid:1");
  dataset.iri = "https://x/" + std::string(3000, 'a');
  EXPECT_TRUE(remote_id(dataset).starts_with("sha256:"));
}

TEST_F(DcatHarvester, TellsTheWayThatACatalogRecordTells) {
  serve(first,
        dataset(1) + dataset(2) +
            "@prefix prov: <http://www.w3.org/ns/prov#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
            "<http://b.test/datasets/1#record> a dcat:CatalogRecord ; foaf:primaryTopic <http://portal/d/1> ;\n"
            "  prov:wasDerivedFrom <http://ville.test/1>, <http://a.test/datasets/1> .\n"
            "<http://b.test/datasets/2#record> a dcat:CatalogRecord ; foaf:primaryTopic <http://portal/d/2> .\n");
  ASSERT_TRUE(harvest());
  const auto& record = job.taken.at("http://portal/d/1");
  EXPECT_EQ(record.trail,
            (std::vector<std::string>{"http://a.test/datasets/1", "http://ville.test/1", "http://b.test/datasets/1"}));
  EXPECT_EQ(dcat_harvester().map(source, record.raw)->trail, record.trail);
  EXPECT_TRUE(job.taken.at("http://portal/d/2").trail.empty());
}

}  // namespace
}  // namespace moisson::harvesters
