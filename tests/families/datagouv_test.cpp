// Families on real data: data.gouv.fr beside the portals that it harvests. ./dev bench families measures the whole
// catalogue.
#include "tests/families/datagouv.h"

#include "store/writer.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace moisson::test {
namespace {

namespace fs = std::filesystem;

class DatagouvFamilies : public testing::TestWithParam<bool> {};

TEST_P(DatagouvFamilies, OfEachCopyThePortalsOwnRecordIsFoundAndLeadsAndNothingElseIsLinked) {
  const fs::path sample = fs::path(MOISSON_FIXTURES) / "catalogs" / "datagouv-fr" / "sample-500.jsonl";
  if (!fs::exists(sample)) GTEST_SKIP() << "there is no " << sample;
  const auto corpus = read_corpus(sample);
  std::size_t portals = 0;
  for (const auto& portal : corpus.portals) portals += portal.records.empty() ? 0 : 1;
  ASSERT_GE(portals, 3U);

  std::string name = (fs::temp_directory_path() / "moisson-families-XXXXXX").string();
  const fs::path directory = ::mkdtemp(name.data());
  const SystemClock clock;
  {
    const auto store = std::move(store::Store::open({.path = directory / "store.sqlite"}, clock)).value();
    harvest_corpus(*store, corpus, GetParam());
    const auto judged = judge(*store, corpus);
    EXPECT_GT(judged.known, 150U);
    EXPECT_EQ(judged.right(), judged.pairs.size()) << "a link is wrong";
    EXPECT_EQ(judged.found, judged.known) << "a copy was not found";
    EXPECT_EQ(judged.led, judged.found) << "a copy leads its original";
  }
  fs::remove_all(directory);
}

INSTANTIATE_TEST_SUITE_P(InEitherOrder, DatagouvFamilies, testing::Bool(),
                         [](const auto& order) { return order.param ? "PortalsFirst" : "CopiesFirst"; });

}  // namespace
}  // namespace moisson::test
