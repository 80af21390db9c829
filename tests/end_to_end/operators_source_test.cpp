// What operators register never reaches the networks of this machine, whatever the configuration allows its own
// sources.

#include "app/instance.h"
#include "portal/ckan_portal.h"
#include "temporary_directory.h"

#include <gtest/gtest.h>

#include <fstream>

namespace moisson::test {
namespace {

namespace fs = std::filesystem;
using harvest::JobOutcome;
using harvest::SourceState;

class OperatorsSource : public testing::Test {
 protected:
  OperatorsSource() {
    portal_.put("p1", ckan_package("p1", "Arbres"));
    const fs::path file = directory_ / "moisson.toml";
    std::ofstream(file)
        << "[catalog]\ndata_dir = \"data\"\n[harvest]\nuser_agent = \"Moisson-test/1 (+https://catalog.test/)\"\n"
        << "allow_networks = [\"127.0.0.0/8\"]\n[[source]]\nid = \"own\"\nkind = \"ckan\"\nschedule = \"manual\"\nurl "
           "= \""
        << portal_.url() << "\"\n";
    auto report = app::load_configuration(file, app::configuration_rules());
    EXPECT_TRUE(report.errors.empty());
    auto opened = app::Instance::open(report.configuration, clock_, app::Scheduling::only_tasks);
    EXPECT_TRUE(opened) << to_string(opened.error());
    instance_ = std::move(*opened);
  }
  harvest::HarvestJob harvest(const char* id) {
    auto& control = instance_->control();
    const auto job = control.start(id, true);
    EXPECT_TRUE(job) << to_string(job.error());
    return *control.wait(*job, {});
  }

  TemporaryDirectory directory_;
  CkanPortal portal_;
  SystemClock clock_;
  std::unique_ptr<app::Instance> instance_;
};

TEST_F(OperatorsSource, IsRefusedWhatTheConfigurationsSourcesMayReach) {
  EXPECT_EQ(harvest("own").outcome, JobOutcome::succeeded);
  const auto asked = portal_.portal().asked().size();
  auto& control = instance_->control();
  int number = 0;
  for (const auto& url : {portal_.url(), "http://localhost" + portal_.url().substr(portal_.url().rfind(':')),
                          std::string("http://169.254.169.254/latest/")}) {
    const std::string id = "sneaky-" + std::to_string(++number);
    ASSERT_TRUE(
        control.add_source(id, {.kind = "ckan", .url = url, .schedule = "manual", .state = SourceState::active}));
    const auto job = harvest(id.c_str());
    EXPECT_EQ(job.outcome, JobOutcome::refused_by_source) << url;
    EXPECT_EQ(job.error->message, "blocked by policy: the address is not one of the public internet") << url;
    EXPECT_EQ(job.error->hint, "");
    const auto plan = control.preview(instance_->store().source(id)->source, 1);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->preview.error->message, job.error->message);
  }
  EXPECT_EQ(portal_.portal().asked().size(), asked) << "nothing of it was even asked";
}

}  // namespace
}  // namespace moisson::test
