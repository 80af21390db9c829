#include "app/check.h"

#include "app/fetchers.h"
#include "harvest/portal_access.h"

#include <moisson/core/time.h>

#include <fmt/ostream.h>

namespace moisson::app {

namespace {

using namespace harvest;

// Hears the first record, or that there is none, and wants no more.
class FirstRecord final : public RecordSink {
 public:
  bool known(std::string_view, const RawSource&, std::optional<std::uint64_t>) override { return false; }
  Flow take(HarvestedRecord&&) override { return heard(); }
  Flow fail(RecordFailure&&) override { return heard(); }
  Flow skip(RecordSkip&&) override { return heard(); }
  bool present(std::string_view) override { return true; }
  Flow tombstone(std::string_view) override { return Flow::go_on; }
  Flow page(std::string_view, std::uint64_t announced) override {
    announced_ = announced;
    return Flow::go_on;
  }
  Flow lost(Error&& error) override {
    error_ = std::move(error);
    return Flow::stop;
  }
  void remark(dcat::Finding&&) override {}

  bool any() const { return any_; }
  std::uint64_t announced() const { return announced_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  Flow heard() {
    any_ = true;
    return Flow::stop;
  }
  bool any_ = false;
  std::uint64_t announced_ = 0;
  std::optional<Error> error_;
};

bool answers(const HarvestSource& source, std::unique_ptr<net::Fetcher> fetcher, std::ostream& out) {
  const SystemClock clock;
  const Harvester& harvester = *find_harvester(source.kind);
  auto secrets = secrets_in_files(source, harvester);
  if (!secrets) {
    fmt::print(out, "{:<30} {}\n", source.id, to_string(secrets.error()));
    return false;
  }
  const PortalAccess portal = access_with(std::move(*secrets), std::move(fetcher));
  FirstRecord sink;
  const auto listing = harvester.harvest({.source = source,
                                          .fetcher = *portal.fetcher,
                                          .clock = clock,
                                          .memory = {},
                                          .full = true,
                                          .limit = 1,
                                          .secrets = portal.secrets},
                                         sink);
  if (sink.any()) {
    fmt::print(out, "{:<30} answers{}\n", source.id,
               sink.announced() ? fmt::format(", {} records announced", sink.announced()) : "");
    return true;
  }
  if (sink.error())
    fmt::print(out, "{:<30} {}\n", source.id, to_string(*sink.error()));
  else if (!listing)
    fmt::print(out, "{:<30} {}\n", source.id, to_string(listing.error()));
  else
    fmt::print(out, "{:<30} answers, but shows no record\n", source.id);
  return false;
}

}  // namespace

int check(const Configuration& configuration, bool online, std::ostream& out) {
  if (!online) {
    fmt::print(out, "the configuration is right: {} sources\n", configuration.sources.size());
    return 0;
  }
  net::HostGate gate;
  const auto make = fetchers(configuration.harvest, gate);
  bool all = true;
  for (const auto& source : configuration.sources) {
    all = answers(source, make(source, {}), out) && all;
    out.flush();
  }
  return all ? 0 : 1;
}

}  // namespace moisson::app
