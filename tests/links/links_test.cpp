#include "links/links.h"

#include <gtest/gtest.h>

namespace moisson::links {
namespace {

TEST(Links, StartEveryAddressWithTheBase) {
  const Links links("https://data.example.org/catalogue/");
  const std::string base = "https://data.example.org/catalogue";
  EXPECT_EQ(links.base(), base);
  EXPECT_EQ(links.home(), base + "/");
  EXPECT_EQ(links.dataset("a-b"), base + "/datasets/a-b");
  EXPECT_EQ(links.dataset_as("a-b", "ttl"), base + "/datasets/a-b.ttl");
  EXPECT_EQ(links.dataset_raw("a-b"), base + "/api/v1/datasets/a-b/raw");
  EXPECT_EQ(links.sources(), base + "/sources");
  EXPECT_EQ(links.source("datasud"), base + "/sources/datasud");
  EXPECT_EQ(links.job(7), base + "/api/v1/jobs/7");
  EXPECT_EQ(links.asset("moisson.css"), base + "/assets/moisson.css");
  EXPECT_EQ(links.page("/help"), base + "/help");
}

TEST(Links, EscapeWhatComesFromOutside) {
  EXPECT_EQ(Links("http://h").source("a/../b?c#\"<"), "http://h/sources/a%2F..%2Fb%3Fc%23%22%3C");
}

TEST(Links, CarryTheSearchInEveryForm) {
  const Links links("http://h");
  search::Query query;
  EXPECT_EQ(links.search(query), "http://h/datasets");
  query.text = "eau potable";
  EXPECT_EQ(links.search(query), "http://h/datasets?q=eau%20potable");
  EXPECT_EQ(links.search_as(query, "json"), "http://h/api/v1/datasets?q=eau%20potable");
  EXPECT_EQ(links.search_as(query, "csv"), "http://h/datasets.csv?q=eau%20potable");
  EXPECT_EQ(links.search_as(query, "atom"), "http://h/datasets.atom?q=eau%20potable");
  EXPECT_EQ(links.search_as(query, "ttl"), "http://h/catalog.ttl?q=eau%20potable");
}

TEST(Links, ChangeTheLanguageInPlace) {
  const Links links("http://h");
  EXPECT_EQ(links.in_language("/help", "en"), "http://h/help?lang=en");
  EXPECT_EQ(links.in_language("/datasets?q=a&lang=fr&page=2", "en"), "http://h/datasets?q=a&page=2&lang=en");
  EXPECT_EQ(links.in_language("/datasets?language=de", "en"), "http://h/datasets?language=de&lang=en");
}

}  // namespace
}  // namespace moisson::links
