// One record taken out, let back in, read again: what is left of it in the file, and what a harvest may do.

#include "store/withdrawals.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <fstream>

namespace moisson::store {
namespace {

using harvest::JobOutcome;
using harvest::RecordOutcome;

class SingleRecordTest : public testing::Test {
 protected:
  SingleRecordTest() { EXPECT_TRUE(shelf.writer().put_source(source).has_value()); }

  harvest::HarvestJob harvest(const std::vector<Draft>& drafts, std::vector<harvest::JobRecord> left_out = {}) {
    auto run = shelf.writer().begin(source.id, true);
    EXPECT_TRUE(run.has_value());
    Batch batch;
    batch.drafts = drafts;
    batch.left_out = std::move(left_out);
    batch.remarks = {{"duplicate_id", "/7", "several records are called \"marie-curie\"; the first one was taken", ""},
                     {"count_differs", "/count", "10 announced, 9 given", ""}};
    EXPECT_TRUE(run->apply(batch).has_value());
    EXPECT_TRUE(run->settle_moves(true).has_value());
    EXPECT_TRUE(run->end(JobOutcome::succeeded, std::nullopt, std::nullopt).has_value());
    return run->job();
  }
  Draft draft(const std::string& remote_id, const std::string& title) {
    return test::draft_of(source, remote_id, title);
  }
  std::string id_of(const std::string& remote_id) {
    for (const auto& record : *shelf.store->records_after(0, 100))
      if (record.remote_id == remote_id) return record.id;
    return {};
  }
  // Everything that the store has on the disk.
  std::string bytes() {
    std::string all;
    for (const char* end : {"", "-wal"}) {
      std::ifstream in(shelf.options.path.string() + end, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }

  test::Shelf shelf;
  const harvest::HarvestSource source = test::source_named("ville");
};

TEST_F(SingleRecordTest, AWithdrawnRecordLeavesATombstoneWithItsIdAlone) {
  const auto job = harvest({draft("marie-curie", "Adresse de Marie Curie"), draft("arbres", "Arbres")},
                           {{RecordOutcome::failed, "marie-curie", "", "Adresse de Marie Curie", "invalid_input",
                             "/results/marie-curie", "no", "mend marie-curie"}});
  const std::string id = id_of("marie-curie");
  const auto seq = shelf.store->last_seq();
  ASSERT_NE(bytes().find("Marie Curie"), std::string::npos);
  ASSERT_TRUE(shelf.writer().withdraw(id).has_value());

  EXPECT_EQ(shelf.store->record(id).error().code, ErrorCode::cancelled);
  EXPECT_EQ(shelf.store->raw(id).error().code, ErrorCode::cancelled);
  const auto changes = test::changes_of(*shelf.store, seq);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].id, id);
  EXPECT_TRUE(changes[0].removed);
  EXPECT_EQ(*shelf.store->record_count(), 1u);
  const auto told = shelf.store->job_records(job.id, std::nullopt, 0, 100).value();
  for (const auto& row : told.rows)
    if (row.record_id == id) {
      EXPECT_EQ(row, (harvest::JobRecord{row.outcome, "", id, "", row.cause, "", "", ""}));
    }
  EXPECT_EQ(shelf.store->job(job.id)->remarks,
            (std::vector<dcat::Finding>{{"count_differs", "/count", "10 announced, 9 given", ""}}));
  for (const std::string said : {"Marie Curie", "marie-curie"})
    EXPECT_EQ(bytes().find(said), std::string::npos) << said;
}

TEST_F(SingleRecordTest, NoHarvestBringsAWithdrawnRecordBackUnderWhateverName) {
  harvest({draft("a", "Adresse de Marie Curie"), draft("b", "Arbres")});
  const std::string id = id_of("a");
  ASSERT_TRUE(shelf.writer().withdraw(id).has_value());
  ASSERT_TRUE(shelf.writer().withdraw(id).has_value()) << "twice is once";
  const auto again = harvest(
      {draft("a", "Adresse nouvelle de Marie Curie"), draft("z", "Adresse de Marie Curie"), draft("b", "Arbres")});
  EXPECT_EQ(again.counts, (harvest::Counts{.unchanged = 1, .skipped = 2}));
  const auto rows = shelf.store->job_records(again.id, RecordOutcome::skipped, 0, 10)->rows;
  ASSERT_EQ(rows.size(), 2u);
  for (const auto& row : rows) {
    EXPECT_EQ(row.cause, "withdrawn");
    EXPECT_EQ(row.record_id, id);
    EXPECT_EQ(row.remote_id + row.title + row.place, "");
  }
  EXPECT_EQ(bytes().find("Marie"), std::string::npos);
  const auto failed = harvest({draft("b", "Arbres")},
                              {{RecordOutcome::failed, "a", "", "Marie", "invalid_input", "/a", "Marie", "Marie"}});
  EXPECT_EQ(failed.counts.failed, 1u);
  EXPECT_EQ(bytes().find("Marie"), std::string::npos);
}

TEST_F(SingleRecordTest, AReleasedRecordComesBackUnderItsIdAtTheNextHarvest) {
  harvest({draft("a", "Arbres"), draft("b", "Bancs")});
  const std::string id = id_of("a");
  EXPECT_EQ(shelf.writer().release(id).error().code, ErrorCode::conflict);
  EXPECT_EQ(shelf.writer().release("nobody").error().code, ErrorCode::not_found);
  EXPECT_EQ(shelf.writer().withdraw("nobody").error().code, ErrorCode::not_found);
  ASSERT_TRUE(shelf.writer().withdraw(id).has_value());
  ASSERT_TRUE(shelf.writer().release(id).has_value());
  EXPECT_EQ(shelf.store->record(id).error().code, ErrorCode::cancelled) << "not before a harvest met it";
  EXPECT_EQ(harvest({draft("a", "Arbres"), draft("b", "Bancs")}).counts,
            (harvest::Counts{.created = 1, .unchanged = 1}));
  EXPECT_EQ(id_of("a"), id);
  EXPECT_EQ(harvest({draft("a", "Arbres"), draft("b", "Bancs")}).counts, (harvest::Counts{.unchanged = 2}));
}

TEST_F(SingleRecordTest, AWithdrawalOutlivesItsTombstone) {
  harvest({draft("a", "Arbres")});
  const std::string id = id_of("a");
  ASSERT_TRUE(shelf.writer().withdraw(id).has_value());
  shelf.clock.turn(std::chrono::hours(24 * 400));
  ASSERT_TRUE(shelf.writer().forget_old().has_value());
  EXPECT_EQ(shelf.store->record(id).error().code, ErrorCode::cancelled);
  EXPECT_EQ(harvest({draft("a", "Arbres")}).counts, (harvest::Counts{.skipped = 1}));
  ASSERT_TRUE(shelf.writer().release(id).has_value());
  EXPECT_EQ(harvest({draft("a", "Arbres")}).counts, (harvest::Counts{.created = 1}));
  EXPECT_EQ(id_of("a"), id);
}

TEST_F(SingleRecordTest, ARecordReadAgainIsWrittenEvenWhileAJobRuns) {
  harvest({draft("a", "Arbres"), draft("b", "Bancs")});
  auto run = shelf.writer().begin(source.id, true);
  ASSERT_TRUE(run.has_value());
  const std::string id = id_of("a");
  EXPECT_EQ(*shelf.writer().put_again(id, draft("a", "Arbres")), RecordOutcome::unchanged);
  const auto seq = shelf.store->last_seq();
  EXPECT_EQ(*shelf.writer().put_again(id, draft("a", "Arbres abattus")), RecordOutcome::updated);
  EXPECT_EQ(shelf.store->last_seq(), seq + 1);
  EXPECT_NE(shelf.store->record(id)->json.find("abattus"), std::string::npos);
  EXPECT_EQ(run->unseen()->unseen, 2u) << "the job has still to meet it";
  EXPECT_EQ(shelf.writer().put_again("nobody", draft("a", "Arbres")).error().code, ErrorCode::not_found);
  ASSERT_TRUE(shelf.writer().withdraw(id).has_value());
  EXPECT_EQ(shelf.writer().put_again(id, draft("a", "Arbres")).error().code, ErrorCode::cancelled);
}

TEST(Withdrawals, ATextNamesARecordByAWholeWord) {
  struct Row {
    const char* text;
    const char* name;
    bool told;
  };
  for (const auto& [text, name, told] :
       {Row{"the id 12 is there twice", "12", true}, Row{"the id 123", "12", false}, Row{"x12", "12", false},
        Row{"/results/12", "12", true}, Row{"http://a/b/12", "http://a/b/12", true}, Row{"\"é12\"", "12", false},
        Row{"123 12", "12", true}, Row{"anything", "", false}, Row{"", "a", false}})
    EXPECT_EQ(names(text, name), told) << text << " / " << name;
}

}  // namespace
}  // namespace moisson::store
