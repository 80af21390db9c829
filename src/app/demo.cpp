#include "app/demo.h"

#include "app/demo_portals.h"
#include "app/serve.h"
#include "core/log.h"

#include <moisson/core/uuid.h>

#include <filesystem>
#include <iostream>

namespace moisson::app {

namespace {

int fail(const Error& error) {
  std::cerr << "moisson: " << to_string(error) << '\n';
  return 1;
}

// A directory of our own below the system's, removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(std::filesystem::temp_directory_path() / ("moisson-demo-" + random_uuid())) {
    std::filesystem::create_directories(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

int demo(const std::string& listen) {
  const auto wait = stop_signal();
  const http::Router portal_router(demo_portal_routes());
  auto portals = http::Server::start({.listen = "127.0.0.1:0", .workers = 1}, portal_router);
  if (!portals) return fail(portals.error());
  const TemporaryDirectory directory;
  const SystemClock clock;
  const auto portal_url = "http://127.0.0.1:" + std::to_string((*portals)->port());
  auto instance =
      Instance::open(demo_configuration(portal_url, directory.path(), listen), clock, Scheduling::only_tasks);
  if (!instance) return fail(instance.error());
  auto site = Site::start(**instance);
  if (!site) return fail(site.error());

  std::vector<std::int64_t> jobs;
  for (const auto& source : (*instance)->configuration().sources) {
    const auto job = (*instance)->control().start(source.id, false);
    if (!job) return fail(job.error());
    jobs.push_back(*job);
  }
  for (const auto job : jobs)
    if (const auto ended = (*instance)->control().wait(job, {}); !ended) return fail(ended.error());
  if (const auto ready = (*instance)->projection().wait_for((*instance)->store().last_seq(), std::chrono::minutes(1));
      !ready)
    return fail(ready.error());
  const auto host = listen.substr(0, listen.rfind(':'));
  std::cout << "the demo portals are harvested: " << (*instance)->slot().current()->document_count() << " records\n"
            << "listening on http://" << host << ':' << (*site)->port() << std::endl;
  wait();
  site->reset();
  instance->reset();
  return 0;
}

}  // namespace moisson::app
