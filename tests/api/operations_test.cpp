#include "catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::api {
namespace {

TEST(Operations, TellHowFarTheIndexIsBehind) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  catalog.harvest("alpha", {{"a", "Eau"}});
  EXPECT_EQ(catalog.get("/healthz").status, 200);
  EXPECT_EQ(catalog.get("/readyz").root()["lag"].integer(), 1);
  catalog.project();
  const auto ready = catalog.get("/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(ready.root()["lag"].integer(), 0);
  EXPECT_EQ(ready.root()["index_seq"].integer(), ready.root()["store_seq"].integer());
}

TEST(Operations, ExposeFiguresForPrometheus) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  catalog.harvest("alpha", {{"a", "Eau"}, {"b", "Air"}});
  catalog.project();
  const auto reply = catalog.get("/metrics");
  EXPECT_THAT(std::string(reply.headers.get("Content-Type")), ::testing::HasSubstr("version=0.0.4"));
  EXPECT_THAT(reply.body, ::testing::HasSubstr("# TYPE moisson_records gauge\nmoisson_records 2\n"));
  EXPECT_THAT(reply.body, ::testing::HasSubstr("moisson_source_records{source=\"alpha\"} 2\n"));
  EXPECT_THAT(reply.body, ::testing::HasSubstr("moisson_index_documents 2\n"));
}

}  // namespace
}  // namespace moisson::api
