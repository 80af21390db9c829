// What the documentation says of webhooks is what programs are sent.

#include "app/instance.h"
#include "app/people.h"
#include "app/route_table.h"
#include "core/json.h"
#include "http/router.h"
#include "notify/webhook.h"
#include "tests/end_to_end/temporary_directory.h"
#include "tests/store/hand_clock.h"

#include <gtest/gtest.h>

namespace moisson::app {
namespace {

TEST(WebhookDescription, ShowsADeliveryAsItIsSent) {
  const test::TemporaryDirectory directory;
  const test::HandClock clock;
  Configuration configuration;
  configuration.catalog.data_dir = directory / "data";
  std::filesystem::create_directories(configuration.catalog.data_dir);
  const auto instance = std::move(*Instance::open(configuration, clock, Scheduling::only_tasks));
  const auto people = std::move(*People::open(*instance));
  const http::Router router(route_table(*instance, people->desk(), {}).value());
  http::Request request;
  request.method = "GET";
  request.path = request.target = "/openapi.json";
  const auto response = router.handle(request);
  const auto document = json::Document::parse(std::get<std::string>(response.body));
  ASSERT_TRUE(document);
  const auto told = document->root()["webhooks"]["harvestEnded"]["post"]["requestBody"]["content"]["application/json"];

  harvest::HarvestJob job;
  job.id = 7;
  job.source_id = "a";
  job.outcome = harvest::JobOutcome::held;
  job.started = Instant(std::chrono::seconds(1'714'566'896));
  job.counts.unchanged = 80;
  job.removals_waiting = 120;
  EXPECT_EQ(told["example"].dump(), notify::webhook_body(3, "held", job, "https://catalog.example/jobs/7"));
}

}  // namespace
}  // namespace moisson::app
