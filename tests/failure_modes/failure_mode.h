// FailureMode: a portal that fails as portals in the wild were seen to, harvested over real HTTP by the real job into a
// real store; what the report then says, whole, in both languages, against a golden file a mode; and that mending the
// source clears it. The modes are numbered as in the collection of harvesting failures reported by CKAN, udata,
// data.gov and others.
#pragma once

#include "harvest/deletion_plan.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"
#include "tests/store/shelf.h"

#include <moisson/harvest/job.h>
#include <moisson/harvest/source.h>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::test {

class FailureMode : public testing::Test {
 protected:
  using Counts = harvest::Counts;
  using JobOutcome = harvest::JobOutcome;
  using RecordOutcome = harvest::RecordOutcome;

  FailureMode();

  // The source is at `path` of the portal.
  void source(std::string kind, std::string_view path);
  void register_source();  // as `source_` stands

  harvest::HarvestJob harvest(bool full = false);

  // The live records, each by the remote id.
  std::set<std::string> remote_ids();
  dcat::Record record(std::string_view remote_id);

  std::vector<harvest::JobRecord> rows(const harvest::HarvestJob& job);
  // Every cause that the job tells: of its error, its remarks and its rows.
  std::set<std::string> causes(const harvest::HarvestJob& job);
  // The first row with this cause; fails where there is none.
  harvest::JobRecord row(const harvest::HarvestJob& job, std::string_view cause);

  // The whole report, and each of its causes in French and English, as golden/NUMBER.txt has it.
  void tells(std::string_view number, const harvest::HarvestJob& job);
  // After the source was mended: another run tells none of `job`'s causes, and ends well.
  void clears(const harvest::HarvestJob& job);

  Portal portal_;
  Shelf shelf_;
  harvest::HarvestSource source_;
  net::FetcherOptions options_ = fetcher_options();
  net::HostGate gate_;
  harvest::DeletionLimits limits_;
  int attempts_ = 0;  // of each request; 0: as the harvester asks
};

// Documents of the shapes that portals write.
std::string rdf_xml(std::string_view inside);
std::string rdf_xml_dataset(std::string_view iri, std::string_view title, std::string_view more = {});
std::string turtle(std::string_view statements);
std::string turtle_dataset(std::string_view iri, std::string_view title, std::string_view more = {});
std::string data_json(std::string_view datasets);
std::string data_json_dataset(std::string_view id, std::string_view title, std::string_view more = {});
std::string csw_answer(std::string_view records, std::string_view attributes);
std::string iso_record(std::string_view id, std::string_view title, std::string_view more = {});

inline constexpr std::string_view rdf_type = "application/rdf+xml";
inline constexpr std::string_view turtle_type = "text/turtle";
inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view xml_type = "application/xml";

}  // namespace moisson::test
