#include "neighbour.h"

#include "agreement.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace moisson::test {
namespace {

using namespace std::chrono_literals;

// The links of a catalog begin with its base_url, so its port must be known before it listens.
std::string free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(probe);
  return std::to_string(ntohs(address.sin_port));
}

}  // namespace

Neighbour::Neighbour(std::vector<harvest::HarvestSource> sources, const NeighbourOptions& options) {
  app::Configuration configuration;
  configuration.catalog.data_dir = directory_.path();
  configuration.harvest.user_agent = "Moisson-test/1";
  configuration.harvest.allow_networks = {net::parse_network("127.0.0.0/8").value()};
  configuration.harvest.max_removed_share = options.max_removed_share;
  configuration.server.workers = 2;
  configuration.server.requests_per_minute = 0;
  configuration.sources = std::move(sources);
  for (int tries = 0; site_ == nullptr && tries < 10; ++tries) {
    configuration.server.listen = "127.0.0.1:" + free_port();
    url_ = configuration.catalog.base_url = "http://" + configuration.server.listen;
    instance_.reset();
    instance_ = std::move(app::Instance::open(configuration, clock_, app::Scheduling::only_tasks).value());
    if (auto site = app::Site::start(*instance_)) site_ = std::move(*site);
  }
}

harvest::HarvestJob Neighbour::harvest(const std::string& source, bool full) {
  const auto started = instance_->control().start(source, full);
  EXPECT_TRUE(started) << to_string(started.error());
  const auto job = instance_->control().wait(*started, {}).value();
  EXPECT_TRUE(instance_->projection().wait_for(instance_->store().last_seq(), 60s));
  return job;
}

std::vector<store::StoredRecord> Neighbour::records() { return all_records(instance_->store()); }

harvest::HarvestSource source_of(std::string id, std::string kind, std::string url) {
  harvest::HarvestSource source;
  source.title = source.id = std::move(id);
  source.kind = std::move(kind);
  source.url = std::move(url);
  source.schedule = "manual";
  source.private_networks = true;
  return source;
}

}  // namespace moisson::test
