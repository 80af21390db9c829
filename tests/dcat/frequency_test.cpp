#include "dcat/vocabulary.h"

#include "dcat/vocabulary_tables.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

std::string_view key(const Concept& stated) {
  const Term* found = frequency(stated);
  return found == nullptr ? "" : found->key;
}

TEST(Frequency, KnowsWordsOfEveryOrigin) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"annual", "annual"},
      {"Annuelle", "annual"},
      {"yearly", "annual"},
      {"R/P1Y", "annual"},
      {"quarterly", "quarterly"},
      {"trimestriel", "quarterly"},
      {"R/P3M", "quarterly"},
      {"daily", "daily"},
      {"quotidienne", "daily"},
      {"semiannual", "semiannual"},
      {"biannually", "semiannual"},
      {"semimonthly", "biweekly"},
      {"severalTimesADay", "several_times_a_day"},
      {"threeTimesAYear", "three_times_a_year"},
      {"notPlanned", "once"},
      {"punctual", "once"},
      {"asNeeded", "as_needed"},
      {"irregular", "irregular"},
      {"continuous", "continuous"},
      {"En temps réel", "continuous"},
      {"R/PT1S", "continuous"},
      {"quinquennial", "quinquennial"},
      {"unknown", ""},
      {"", ""},
      {"whenever", ""},
  };
  for (const auto& [spelled, expected] : cases)
    EXPECT_EQ(key(Concept{.label = {{std::string(spelled), ""}}}), expected) << spelled;
}

TEST(Frequency, KnowsIris) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"http://publications.europa.eu/resource/authority/frequency/ANNUAL", "annual"},
      {"http://publications.europa.eu/resource/authority/frequency/ANNUAL_2", "semiannual"},
      {"http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT", "continuous"},
      {"http://publications.europa.eu/resource/authority/frequency/UNKNOWN", ""},
      {"http://purl.org/cld/freq/monthly", "monthly"},
      {"http://inspire.ec.europa.eu/metadata-codelist/MaintenanceFrequency/asNeeded", "as_needed"},
      {"R/P1M", "monthly"},
  };
  for (const auto& [iri, expected] : cases) EXPECT_EQ(key(Concept{.iri = std::string(iri)}), expected) << iri;
}

TEST(Frequency, IsFoundByItsOwnLabels) {
  for (const auto& row : all_frequencies())
    for (const auto word : {row.label_fr, row.label_en})
      EXPECT_EQ(key(Concept{.label = {{std::string(word), ""}}}), row.key) << word;
}

}  // namespace
}  // namespace moisson::dcat
