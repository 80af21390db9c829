#include "catalog.h"

#include <gtest/gtest.h>

namespace moisson::api {
namespace {

std::string text(json::View view) { return view.text(); }

class Sources : public ::testing::Test {
 protected:
  Sources() {
    catalog_.add_source("alpha", "Alpha");
    catalog_.add_source("hidden", "Hidden", harvest::SourceState::draft);
    harvest::JobRecord failed;
    failed.outcome = harvest::RecordOutcome::failed;
    failed.remote_id = "bad";
    failed.title = "Broken";
    failed.cause = "title_missing";
    failed.place = "/result/results/3";
    failed.message = "private words of the portal";
    failed.hint = "give it a title";
    job_ = catalog_.harvest("alpha", {{"a", "Eau"}, {"b", "Air"}}, {failed});
  }
  Catalog catalog_;
  std::int64_t job_ = 0;
};

TEST_F(Sources, AreListedWithTheirStateAndLastJob) {
  const auto reply = catalog_.get("/api/v1/sources");
  ASSERT_EQ(reply.status, 200);
  ASSERT_EQ(reply.root()["sources"].size(), 1u) << "a draft is nobody's business yet";
  const auto source = reply.root()["sources"][std::size_t{0}];
  EXPECT_EQ(text(source["id"]), "alpha");
  EXPECT_EQ(text(source["state"]), "active");
  EXPECT_EQ(source["records"].integer(), 2);
  EXPECT_EQ(text(source["last_job"]["outcome"]), "succeeded");
  EXPECT_EQ(catalog_.get("/api/v1/sources/hidden").status, 404);
  EXPECT_EQ(catalog_.get("/api/v1/sources/hidden/jobs").status, 404);
  EXPECT_EQ(catalog_.get("/api/v1/sources/nobody").status, 404);
}

TEST_F(Sources, KeepTheirSecrets) {
  const auto reply = catalog_.get("/api/v1/sources/alpha");
  EXPECT_EQ(text(reply.root()["url"]), "https://portal.example/alpha");
  EXPECT_EQ(reply.body.find("secret"), std::string::npos);
}

TEST_F(Sources, ShowTheirJobsWithCounts) {
  const auto reply = catalog_.get("/api/v1/sources/alpha/jobs?limit=1");
  ASSERT_EQ(reply.root()["jobs"].size(), 1u);
  const auto counts = reply.root()["jobs"][std::size_t{0}]["counts"];
  EXPECT_EQ(counts["created"].integer(), 2);
  EXPECT_EQ(counts["failed"].integer(), 1);
  EXPECT_EQ(counts["seen"].integer(), 3);
  EXPECT_EQ(
      catalog_.get("/api/v1/sources/alpha/jobs?before=" + text(reply.root()["next_before"])).root()["jobs"].size(), 0u);
}

TEST_F(Sources, TellThePublicTheCauseButNotThePortalsWords) {
  const std::string address = "/api/v1/jobs/" + std::to_string(job_);
  EXPECT_EQ(catalog_.get(address).root()["id"].integer(), job_);
  const auto failed = catalog_.get(address + "/records?outcome=failed");
  ASSERT_EQ(failed.root()["records"].size(), 1u) << failed.body;
  EXPECT_EQ(text(failed.root()["records"][std::size_t{0}]["cause"]), "title_missing");
  EXPECT_EQ(failed.body.find("private words"), std::string::npos);
  EXPECT_EQ(catalog_.get(address + "/records?outcome=created&limit=1").root()["records"].size(), 1u);
  EXPECT_EQ(catalog_.get(address + "/records?outcome=best").status, 400);
  EXPECT_EQ(catalog_.get("/api/v1/jobs/999").status, 404);
  EXPECT_EQ(catalog_.get("/api/v1/jobs/x").status, 404);
}

TEST_F(Sources, ExplainEveryCauseInBothLanguages) {
  const auto answer = catalog_.get("/api/v1/causes");
  bool found = false;
  for (const json::View cause : answer.root()["causes"].items()) {
    EXPECT_FALSE(text(cause["fr"]["fix"]).empty());
    EXPECT_FALSE(text(cause["en"]["explanation"]).empty());
    found = found || (text(cause["cause"]) == "title_missing" && text(cause["fr"]["label"]) == "Titre manquant");
  }
  EXPECT_TRUE(found) << answer.body;
}

TEST_F(Sources, TellWhatBecameOfEachPropertyOfTheirRecords) {
  EXPECT_TRUE(catalog_.get("/api/v1/sources/alpha/mapping").root()["properties"].is(json::Kind::array));
  EXPECT_EQ(catalog_.get("/api/v1/sources/nobody/mapping").status, 404);
}

}  // namespace
}  // namespace moisson::api
