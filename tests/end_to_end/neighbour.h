// Neighbour: a whole Moisson on a port of its own, that others may harvest and that harvests others. In the test's process,
// over real HTTP.
#pragma once

#include "app/serve.h"
#include "temporary_directory.h"

#include <memory>
#include <string>
#include <vector>

namespace moisson::test {

struct NeighbourOptions {
  double max_removed_share = 1.0;
};

class Neighbour {
 public:
  explicit Neighbour(std::vector<harvest::HarvestSource> sources, const NeighbourOptions& options = {});

  const std::string& url() const { return url_; }
  app::Instance& instance() { return *instance_; }

  // Harvests to the end, and until what came is searchable.
  harvest::HarvestJob harvest(const std::string& source, bool full = false);
  std::vector<store::StoredRecord> records();

 private:
  TemporaryDirectory directory_;
  SystemClock clock_;
  std::string url_;
  std::unique_ptr<app::Instance> instance_;
  std::unique_ptr<app::Site> site_;
};

harvest::HarvestSource source_of(std::string id, std::string kind, std::string url);

}  // namespace moisson::test
