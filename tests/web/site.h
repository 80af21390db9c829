// A whole site for tests: a real store and a real index in a directory of its own, the pages' routes, a clock turned by
// hand.
#pragma once

#include "auth/desk.h"
#include "http/router.h"
#include "idle_control.h"
#include "index/writer.h"
#include "store/store.h"
#include "web/routes.h"

#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/job.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::web::test {

struct HandClock final : Clock {
  Instant instant{};
  Instant now() const override { return instant; }
};

struct Answer {
  int status = 0;
  std::string body;
  http::Headers headers;
};

class Site {
 public:
  explicit Site(std::string base = "http://127.0.0.1:8080");
  ~Site();

  // Runs one job of the source: these records, these failures, this outcome, this mapping report. Returns its id.
  std::int64_t harvest(const harvest::HarvestSource& source, std::vector<harvest::HarvestedRecord> records,
                       std::vector<harvest::JobRecord> left_out = {},
                       harvest::JobOutcome outcome = harvest::JobOutcome::succeeded,
                       const std::vector<dcat::PropertyTally>& told = {});
  void index();  // brings the index up to the store

  // GET, as a browser of this language would.
  Answer get(std::string_view target, std::string_view language = "fr", std::string_view accept = "text/html");

  // What a form sends, by `identity`, in French.
  Answer post(std::string_view path, std::string body);
  // Who asks for pages that depend on it; the gate is auth's own test.
  http::Identity identity;

  const http::Router& router() const { return *router_; }
  store::Store& store() { return *store_; }
  HandClock clock;

 private:
  std::filesystem::path directory_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<index::Writer> index_;
  index::SnapshotSlot slot_;
  IdleControl control_;
  auth::Attempts attempts_;
  std::unique_ptr<auth::Desk> desk_;
  std::unique_ptr<http::Router> router_;
};

// The page without the site's own style sheet, the only one that may stand in it.
std::string without_our_style(std::string body);

// One who looks after these sources, or an administrator.
http::Identity operator_of(std::vector<std::string> sources);
http::Identity administrator();

harvest::HarvestSource source(std::string id, std::string title);
harvest::HarvestedRecord record(std::string remote_id, dcat::Dataset dataset);
dcat::Dataset dataset(std::string title, std::string description, std::string publisher);

}  // namespace moisson::web::test
