// A table of config/vocab that has a row more, over what the program stored before. The tables are part of the program and
// are read once, so this test gives them to it itself, as they stand on disk, and harvests in a process of its own.
#include "dcat/canonical_json.h"
#include "dcat/embedded.h"
#include "harvest/remap.h"
#include "tests/store/shelf.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

namespace moisson::dcat {
namespace {

constexpr std::string_view row_more =
    "maison\tLicence maison\thttps://ville.example/licence\tyes\tlicence de la maison\tMoisson: a test\n";
bool has_row_more = false;

}  // namespace

std::span<const Embedded> all_embedded() {
  static std::map<std::string, std::string> texts;
  static const std::vector<Embedded> table = [] {
    std::vector<Embedded> made;
    for (const auto& entry : std::filesystem::directory_iterator(MOISSON_SOURCE_DIR "/config/vocab")) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string name = entry.path().filename().string();
      std::string& text = texts[name] = {std::istreambuf_iterator<char>(file), {}};
      if (has_row_more && name == "licences.tsv") text += row_more;
    }
    for (const auto& [name, text] : texts) made.push_back({name, text});
    return made;
  }();
  return table;
}

std::string_view embedded(std::string_view name) {
  for (const auto& file : all_embedded())
    if (file.name == name) return file.bytes;
  return {};
}

}  // namespace moisson::dcat

namespace moisson::harvest {
namespace {

const std::string maison = R"({"identifier":"1","title":"Arbres","license":"Licence de la maison"})";
const std::string odbl = R"({"identifier":"2","title":"Bancs","license":"ODbL"})";

HarvestSource source_of_data_json() {
  HarvestSource source = test::source_named("ville");
  source.kind = "data-json";
  return source;
}

void harvest(test::Shelf& shelf, const HarvestSource& source) {
  const Harvester& harvester = *find_harvester(source.kind);
  shelf.open();
  ASSERT_TRUE(shelf.writer().put_source(source).has_value());
  auto run = shelf.writer().begin(source.id, false);
  store::Batch batch;
  for (const auto& bytes : {maison, odbl}) {
    auto record = harvester.map(source, {"application/json", bytes, source.url, "/dataset/0"});
    ASSERT_TRUE(record.has_value()) << to_string(record.error());
    batch.drafts.push_back(*store::make_draft(std::move(*record), store::Mapping(source, harvester.mapping_version())));
  }
  ASSERT_TRUE(run->apply(batch).has_value());
  ASSERT_TRUE(run->end(JobOutcome::succeeded, std::nullopt, std::nullopt).has_value());
  shelf.store.reset();
}

std::optional<dcat::Concept> licence_of(const store::StoredRecord& record) {
  const auto read = dcat::from_json(record.json);
  EXPECT_TRUE(read.has_value());
  return dcat::resource(*read).licence;
}

TEST(ChangedTable, RemapAppliesItToWhatIsStoredAndKeepsTheOriginal) {
  const HarvestSource source = source_of_data_json();
  test::Shelf shelf;
  shelf.store.reset();
  EXPECT_EXIT((harvest(shelf, source), std::_Exit(testing::Test::HasFailure())), testing::ExitedWithCode(0), "");

  dcat::has_row_more = true;
  shelf.open();
  const auto before = *shelf.store->records_after(0, 10);
  ASSERT_EQ(before.size(), 2U);
  ASSERT_TRUE(licence_of(before[0]).has_value());
  EXPECT_EQ(*licence_of(before[0]), (dcat::Concept{"", {{"Licence de la maison", ""}}, false}));
  const auto seq = shelf.store->last_seq();

  const auto counts = remap(shelf.writer(), source, *find_harvester(source.kind), "", {});
  ASSERT_TRUE(counts.has_value()) << to_string(counts.error());
  EXPECT_EQ(*counts, (Counts{.updated = 1, .unchanged = 1}));
  const auto changes = test::changes_of(*shelf.store, seq);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].id, before[0].id);
  EXPECT_EQ(*licence_of(*changes[0].record),
            (dcat::Concept{"https://ville.example/licence", {{"Licence de la maison", ""}}, true}));
  const auto raw = shelf.store->raw(before[0].id);
  ASSERT_TRUE(raw.has_value());
  EXPECT_EQ(raw->bytes, maison);
  EXPECT_EQ(*remap(shelf.writer(), source, *find_harvester(source.kind), "", {}), (Counts{.unchanged = 2}));
}

}  // namespace
}  // namespace moisson::harvest
