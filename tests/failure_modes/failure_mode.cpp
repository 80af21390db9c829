#include "failure_mode.h"

#include "core/cause.h"
#include "dcat/canonical_json.h"
#include "harvest/job.h"
#include "tests/golden.h"

#include <moisson/harvest/harvester.h>

namespace moisson::test {
namespace {

using harvest::JobOutcome;

// Without the port, which is another every time.
std::string steady(std::string text, const std::string& url) {
  for (auto at = text.find(url); at != text.npos; at = text.find(url)) text.replace(at, url.size(), "http://portal");
  return text;
}

// The real fetcher, but for how often it tries.
class Fetcher final : public net::Fetcher {
 public:
  Fetcher(const net::FetcherOptions& options, net::HostGate& gate, int attempts)
      : fetcher_(options, gate, {}), attempts_(attempts) {}

  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& body) override {
    net::FetchRequest made = request;
    if (attempts_ != 0) made.attempts = attempts_;
    return fetcher_.fetch(made, body);
  }
  std::vector<std::string> disallowed() const override { return fetcher_.disallowed(); }
  std::vector<Moved> moved() const override { return fetcher_.moved(); }

 private:
  net::CurlFetcher fetcher_;
  int attempts_;
};

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string line;
  for (const auto part : parts) line.append(line.empty() ? "" : " | ").append(part.empty() ? "-" : part);
  return line + "\n";
}

}  // namespace

FailureMode::FailureMode() {
  source_.id = "portal";
  source_.title = "Portal";
  source_.language = "fr";
}

void FailureMode::source(std::string kind, std::string_view path) {
  source_.kind = std::move(kind);
  source_.url = portal_.url(path);
  register_source();
}

void FailureMode::register_source() { ASSERT_TRUE(shelf_.writer().put_source(source_).has_value()); }

harvest::HarvestJob FailureMode::harvest(bool full) {
  auto begun = shelf_.writer().begin(source_.id, full);
  EXPECT_TRUE(begun.has_value()) << to_string(begun.error());
  Fetcher fetcher(options_, gate_, attempts_);
  const auto* const harvester = harvest::find_harvester(source_.kind);
  auto job = harvest::run_job(std::move(*begun), {source_, *harvester, fetcher, shelf_.clock, limits_}, {});
  EXPECT_EQ(*shelf_.store->job(job.id), job);
  return job;
}

std::set<std::string> FailureMode::remote_ids() {
  std::set<std::string> ids;
  const auto page = shelf_.store->changes(0, 100'000, true);
  EXPECT_TRUE(page.has_value());
  for (const auto& change : page->changes)
    if (change.record) ids.insert(change.record->remote_id);
  return ids;
}

dcat::Record FailureMode::record(std::string_view remote_id) {
  const auto page = shelf_.store->changes(0, 100'000, true);
  for (const auto& change : page->changes)
    if (change.record && change.record->remote_id == remote_id)
      if (auto read = dcat::from_json(change.record->json); read.has_value()) return *read;
  ADD_FAILURE() << "no live record " << remote_id;
  return {};
}

std::vector<harvest::JobRecord> FailureMode::rows(const harvest::HarvestJob& job) {
  return shelf_.store->job_records(job.id, std::nullopt, 0, 100'000)->rows;
}

std::set<std::string> FailureMode::causes(const harvest::HarvestJob& job) {
  std::set<std::string> all;
  if (job.error && job.counts.failed == 0) all.emplace(cause_of(*job.error));
  for (const auto& remark : job.remarks) all.insert(remark.cause);
  for (const auto& row : rows(job))
    if (!row.cause.empty()) all.insert(row.cause);
  return all;
}

harvest::JobRecord FailureMode::row(const harvest::HarvestJob& job, std::string_view cause) {
  for (auto& row : rows(job))
    if (row.cause == cause) return row;
  ADD_FAILURE() << "no row says " << cause;
  return {};
}

void FailureMode::tells(std::string_view number, const harvest::HarvestJob& job) {
  constexpr std::size_t most_rows = 20;
  std::string text = "outcome " + std::string(to_string(job.outcome)) + "\n";
  using enum harvest::RecordOutcome;
  for (const auto outcome : {created, updated, unchanged, moved, skipped, failed, removed})
    if (job.counts[outcome] != 0)
      text += std::string(to_string(outcome)) + " " + std::to_string(job.counts[outcome]) + "\n";
  if (job.error)
    text += "error: " + joined({cause_of(*job.error), job.error->where, job.error->message, job.error->hint});
  for (const auto& remark : job.remarks)
    text += "remark: " + joined({remark.cause, remark.place, remark.message, remark.hint});
  std::size_t told = 0;
  for (const auto& row : rows(job)) {
    if (row.cause.empty() || ++told > most_rows) continue;
    text += std::string(to_string(row.outcome)) + ": " +
            joined({row.remote_id, row.title, row.cause, row.place, row.message, row.hint});
  }
  for (const auto& word : causes(job)) {
    const Cause* const cause = find_cause(word);
    if (cause == nullptr) {
      ADD_FAILURE() << "config/vocab/causes.tsv does not explain " << word;
      continue;
    }
    text += "\n" + word + "\n";
    for (const CauseText& words : {cause->fr, cause->en})
      text += "  " + joined({words.label, words.explanation, words.fix});
  }
  expect_golden(std::string(MOISSON_SOURCE_DIR "/tests/failure_modes/golden/").append(number) + ".txt",
                steady(std::move(text), portal_.url()));
}

void FailureMode::clears(const harvest::HarvestJob& job) {
  const auto before = causes(job);
  EXPECT_FALSE(before.empty()) << "there was nothing to clear";
  const auto after = harvest(true);
  EXPECT_TRUE(after.outcome == JobOutcome::succeeded || after.outcome == JobOutcome::nothing_changed)
      << to_string(after.outcome) << (after.error ? ": " + to_string(*after.error) : "");
  EXPECT_EQ(after.counts.failed, 0u);
  for (const auto& cause : causes(after)) EXPECT_FALSE(before.contains(cause)) << cause << " was not cleared";
}

std::string rdf_xml(std::string_view inside) {
  return std::string(R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/")"
                     R"( xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:foaf="http://xmlns.com/foaf/0.1/")"
                     R"( xmlns:hydra="http://www.w3.org/ns/hydra/core#">
)")
             .append(inside) +
         "</rdf:RDF>\n";
}

std::string rdf_xml_dataset(std::string_view iri, std::string_view title, std::string_view more) {
  return "<dcat:Dataset rdf:about=\"" + std::string(iri) + "\"><dct:title xml:lang=\"fr\">" + std::string(title) +
         "</dct:title>" + std::string(more) + "</dcat:Dataset>\n";
}

std::string turtle(std::string_view statements) {
  return "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
         "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n"
         "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n" +
         std::string(statements);
}

std::string turtle_dataset(std::string_view iri, std::string_view title, std::string_view more) {
  return "<" + std::string(iri) + "> a dcat:Dataset ; dct:title \"" + std::string(title) + "\"@fr" + std::string(more) +
         " .\n";
}

std::string data_json(std::string_view datasets) {
  return R"({"conformsTo":"https://project-open-data.cio.gov/v1.1/schema","dataset":[)" + std::string(datasets) + "]}";
}

std::string data_json_dataset(std::string_view id, std::string_view title, std::string_view more) {
  return R"({"identifier":")" + std::string(id) + R"(","title":")" + std::string(title) + "\"" + std::string(more) +
         "}";
}

std::string csw_answer(std::string_view records, std::string_view attributes) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:gmd="http://www.isotc211.org/2005/gmd")"
         R"( xmlns:gco="http://www.isotc211.org/2005/gco"><csw:SearchStatus/><csw:SearchResults )" +
         std::string(attributes) + ">" + std::string(records) + "</csw:SearchResults></csw:GetRecordsResponse>";
}

std::string iso_record(std::string_view id, std::string_view title, std::string_view more) {
  return "<gmd:MD_Metadata><gmd:fileIdentifier><gco:CharacterString>" + std::string(id) +
         "</gco:CharacterString></gmd:fileIdentifier>" + std::string(more) +
         "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title>"
         "<gco:CharacterString>" +
         std::string(title) +
         "</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation></gmd:MD_DataIdentification>"
         "</gmd:identificationInfo></gmd:MD_Metadata>";
}

}  // namespace moisson::test
