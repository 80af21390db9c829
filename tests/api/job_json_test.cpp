#include "api/job_json.h"

#include "api/preview_json.h"
#include "core/json.h"

#include <gtest/gtest.h>

namespace moisson::api {
namespace {

TEST(JobJson, GivesWhatTheReaderMayKnow) {
  harvest::HarvestJob job;
  job.id = 7;
  job.source_id = "alpha";
  job.outcome = harvest::JobOutcome::unreachable;
  job.error =
      Error{ErrorCode::unreachable, "no answer", "https://portal.example", "try later", "certificate_untrusted"};
  job.remarks = {{"count_differs", "/count", "10 announced, 9 given", ""}};
  json::Writer whole, shown;
  write(whole, job);
  write(shown, job, Detail::states);
  EXPECT_NE(whole.text().find(
                "\"error\":{\"code\":\"unreachable\",\"cause\":\"certificate_untrusted\",\"message\":\"no answer\""),
            std::string::npos);
  EXPECT_NE(whole.text().find("count_differs"), std::string::npos);
  EXPECT_NE(shown.text().find("\"error\":{\"code\":\"unreachable\",\"cause\":\"certificate_untrusted\"}"),
            std::string::npos);
  EXPECT_EQ(shown.text().find("remarks"), std::string::npos);
}

TEST(PreviewJson, ShowsTheSampleAsItWouldAppear) {
  harvest::Plan plan;
  plan.id = "7";
  harvest::Preview& preview = plan.preview;
  preview.counts.created = 1;
  dcat::Dataset dataset;
  dataset.title = {{"Eau", "fr"}};
  preview.sample.push_back(dataset);
  preview.mapping = {{dcat::PropertyUse::dropped, "colour", 3, "vert", "a"}};
  json::Writer out;
  preview.records.push_back({{harvest::RecordOutcome::updated, "a", "id-a", "Eau"}, "hash", {{"title", "[]", "[1]"}}});
  write(out, plan);
  const auto document = json::Document::parse(out.text());
  ASSERT_TRUE(document) << out.text();
  EXPECT_EQ(document->root()["sample"][std::size_t{0}]["title"][std::size_t{0}]["value"].text(), "Eau");
  EXPECT_EQ(document->root()["counts"]["seen"].integer(), 1);
  EXPECT_EQ(document->root()["mapping"].dump(),
            R"([{"use":"dropped","property":"colour","count":3,"example":"vert","record":"a"}])");
  EXPECT_EQ(document->root()["state"].text(), "reading");
  const auto changes = document->root()["records"][std::size_t{0}]["changes"];
  EXPECT_EQ(changes[std::size_t{0}]["after"].text(), "[1]");
}

}  // namespace
}  // namespace moisson::api
