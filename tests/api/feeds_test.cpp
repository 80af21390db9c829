#include "catalog.h"

#include "core/xml.h"

#include <moisson/core/uuid.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Elements and attributes of a document, to see that it is well-formed and to count in it.
class Elements final : public xml::Handler {
 public:
  Result<void> start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                             const std::vector<xml::NamespaceDeclaration>&) override {
    names.emplace_back(name.local);
    std::string rel;
    for (const auto& attribute : attributes) {
      if (attribute.name.local == "rel") rel = attribute.value;
      if (attribute.name.local == "href") links[rel] = attribute.value;
    }
    return {};
  }
  Result<void> end_element(const xml::Name&) override { return {}; }
  Result<void> characters(std::string_view) override { return {}; }
  std::size_t count(std::string_view name) const {
    return static_cast<std::size_t>(std::count(names.begin(), names.end(), name));
  }
  std::vector<std::string> names;
  std::map<std::string, std::string> links;
};

Elements read(const std::string& document) {
  Elements elements;
  xml::Parser parser(elements);
  EXPECT_TRUE(parser.feed(document).has_value()) << document;
  EXPECT_TRUE(parser.finish().has_value()) << document;
  return elements;
}

class Feeds : public ::testing::Test {
 protected:
  Feeds() {
    catalog_.add_source("alpha", "Alpha & co");
    catalog_.harvest("alpha", {{"a", "Eau <potable> & \"pure\"\x01"}, {"b", "Eau de pluie"}, {"c", "Eau des lacs"}});
    catalog_.project();
  }
  Catalog catalog_;
};

TEST_F(Feeds, TellTheJobsOfASourceToWhoSubscribes) {
  const auto reply = catalog_.get("/sources/alpha/jobs.atom");
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/atom+xml; charset=utf-8");
  const Elements feed = read(reply.body);
  EXPECT_EQ(feed.count("entry"), 1U);
  EXPECT_EQ(feed.links.at("self"), "http://catalog.example/sources/alpha/jobs.atom");
  EXPECT_THAT(reply.body, HasSubstr("<title>Alpha &amp; co: succeeded</title>"));
  EXPECT_THAT(reply.body, HasSubstr("<summary>3 created</summary>"));
  const std::string etag(reply.headers.get("ETag"));
  EXPECT_EQ(catalog_.get("/sources/alpha/jobs.atom", {{"If-None-Match", etag}}).status, 304);
  catalog_.add_source("draft", "Not yet", harvest::SourceState::draft);
  EXPECT_EQ(catalog_.get("/sources/draft/jobs.atom").status, 404);
}

TEST_F(Feeds, ShowASearchPageByPage) {
  std::string address = "/datasets.atom?q=eau&page_size=2";
  std::size_t entries = 0;
  int pages = 0;
  while (!address.empty() && ++pages < 5) {
    const auto reply = catalog_.get(address);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.headers.get("Content-Type"), "application/atom+xml; charset=utf-8");
    auto feed = read(reply.body);
    entries += feed.count("entry");
    EXPECT_EQ(feed.count("updated"), feed.count("entry") + 1);
    for (const char* rel : {"self", "first", "last", "search"}) EXPECT_TRUE(feed.links.contains(rel)) << rel;
    address = feed.links["next"];
    if (!address.empty()) address.erase(0, std::string("http://catalog.example").size());
  }
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(entries, 3u);
}

TEST_F(Feeds, NameEntriesByTheRecordForEver) {
  const auto reply = catalog_.get("/datasets.atom");
  EXPECT_THAT(reply.body, HasSubstr("<id>urn:uuid:" + record_uuid("alpha", "a") + "</id>"));
  EXPECT_THAT(reply.body, HasSubstr("<updated>2024-05-01T00:00:00Z</updated>"));
  EXPECT_THAT(reply.body, HasSubstr("Eau &lt;potable&gt; &amp; &quot;pure&quot;"));
  EXPECT_THAT(reply.body, HasSubstr("<opensearch:totalResults>3<"));
  EXPECT_EQ(catalog_.get("/datasets.atom", {{"If-None-Match", std::string(reply.headers.get("ETag"))}}).status, 304);
  EXPECT_EQ(read(catalog_.get("/datasets.atom?q=introuvable").body).count("entry"), 0u);
  EXPECT_EQ(catalog_.get("/datasets.atom?page=x").status, 400);
}

TEST_F(Feeds, TellBrowsersHowToSearch) {
  const auto reply = catalog_.get("/opensearch.xml");
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/opensearchdescription+xml; charset=utf-8");
  EXPECT_EQ(read(reply.body).count("Url"), 5u);
  EXPECT_THAT(reply.body,
              HasSubstr("template=\"http://catalog.example/datasets?q={searchTerms}&amp;page={startPage?}\""));
  EXPECT_THAT(reply.body, HasSubstr("http://catalog.example/datasets.atom?q={searchTerms}"));
  const auto filled = catalog_.get("/datasets.atom?q=eau&page=&page_size=&lang=");
  EXPECT_EQ(filled.status, 200);
}

TEST_F(Feeds, CompleteWhatIsTyped) {
  const auto reply = catalog_.get("/opensearch/suggest?q=eau");
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/x-suggestions+json");
  ASSERT_EQ(reply.root().size(), 4u) << reply.body;
  EXPECT_EQ(reply.root()[std::size_t{0}].text(), "eau");
  EXPECT_GE(reply.root()[std::size_t{1}].size(), 1u);
  EXPECT_EQ(reply.root()[std::size_t{1}].size(), reply.root()[std::size_t{3}].size());
}

TEST_F(Feeds, MapEveryRecordForSearchEngines) {
  const auto index = catalog_.get("/sitemap.xml");
  EXPECT_EQ(read(index.body).count("sitemap"), 2u);
  EXPECT_THAT(index.body, HasSubstr("<loc>http://catalog.example/sitemap-0.xml</loc><lastmod>2024-05-01T00:00:00Z<"));
  const auto file = catalog_.get("/sitemap-0.xml");
  EXPECT_EQ(read(file.body).count("url"), 3u);
  EXPECT_THAT(file.body, HasSubstr("<loc>http://catalog.example/datasets/" + record_uuid("alpha", "b") + "</loc>"));
  EXPECT_THAT(catalog_.get("/sitemap-pages.xml").body, HasSubstr("http://catalog.example/sources/alpha"));
  EXPECT_EQ(read(catalog_.get("/sitemap-7.xml").body).count("url"), 0u);
  EXPECT_EQ(catalog_.get("/sitemap-x.xml").status, 404);
}

}  // namespace
}  // namespace moisson::api
