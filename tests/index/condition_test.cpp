#include "index/condition.h"

#include "catalog.h"

#include "index/record_key.h"

#include <moisson/core/uuid.h>

#include <algorithm>

namespace moisson::index::test {
namespace {

using search::Condition;
using Kind = Condition::Kind;

Condition leaf(Kind kind, std::string text, search::Field field = search::Field::theme) {
  Condition condition;
  condition.kind = kind;
  condition.field = field;
  condition.text = std::move(text);
  return condition;
}

Condition tree(Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

class Conditions : public ::testing::Test {
 protected:
  Conditions() {
    std::vector<Entry> entries;
    for (std::uint64_t row = 1; row <= 20; ++row) {
      auto made = entry(row, row % 2 == 0 ? "Eau potable " + std::to_string(row) : "Lignes de bus", "Un texte commun");
      made.id = record_uuid("source", std::to_string(row));
      made.last_changed = Instant(std::chrono::hours(row));
      made.first_seen = Instant(std::chrono::hours(100 - row));
      dataset(made).keyword = {{row % 2 == 0 ? "Réseau d'eau" : "Transport", "fr"}};
      dataset(made).identifier = {"urn:x:" + std::to_string(row)};
      entries.push_back(std::move(made));
    }
    snapshot_ = catalog_.put(std::move(entries)).snapshot();
  }

  std::vector<std::uint64_t> rows(Condition condition) const {
    search::Query query;
    query.condition = std::move(condition);
    query.sort = search::Sort::row;
    query.keys_only = true;
    query.page_size = 1'000;
    return rows(query);
  }
  std::vector<std::uint64_t> rows(const search::Query& query) const {
    const auto results = snapshot_->search(query);
    std::vector<std::uint64_t> found;
    if (!results) ADD_FAILURE() << to_string(results.error());
    for (const auto& hit : results->hits) found.push_back(hit.row);
    return found;
  }

  Catalog catalog_;
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(Conditions, FindWhatIsTrue) {
  using search::Field;
  EXPECT_EQ(rows(tree(Kind::all, {})).size(), 20u);
  EXPECT_EQ(rows(tree(Kind::any, {})).size(), 0u);
  EXPECT_EQ(rows(leaf(Kind::words, "potable eaux")).size(), 10u);
  EXPECT_EQ(rows(leaf(Kind::words, "commun bus")).size(), 10u);
  EXPECT_EQ(rows(leaf(Kind::words, "...")).size(), 0u);
  EXPECT_EQ(rows(leaf(Kind::beginning, "Pot")).size(), 10u);
  EXPECT_EQ(rows(leaf(Kind::title, "commun")).size(), 0u);
  EXPECT_EQ(rows(leaf(Kind::value, "transport", Field::keyword)).size(), 10u);
  EXPECT_EQ(rows(leaf(Kind::pattern, "RÉS*d?eau", Field::keyword)).size(), 10u);
  EXPECT_EQ(rows(leaf(Kind::present, "", Field::publisher)).size(), 0u);
  EXPECT_EQ(rows(leaf(Kind::identifier, "urn:x:7")), std::vector<std::uint64_t>{7});
  EXPECT_EQ(rows(leaf(Kind::identifier, "remote-7")), std::vector<std::uint64_t>{7});
  const auto id = record_uuid("source", "7");
  EXPECT_EQ(rows(leaf(Kind::id, id)), std::vector<std::uint64_t>{7});
  EXPECT_EQ(rows(leaf(Kind::id, id.substr(0, 20) + "*")), std::vector<std::uint64_t>{7});
  EXPECT_EQ(rows(leaf(Kind::id, "zz*")).size(), 0u);
  auto changed = leaf(Kind::changed, "");
  changed.range.from = Instant(std::chrono::hours(19));
  EXPECT_EQ(rows(changed), (std::vector<std::uint64_t>{19, 20}));
  EXPECT_EQ(rows(tree(Kind::none, {changed, leaf(Kind::words, "bus")})).size(), 9u);
  EXPECT_EQ(rows(tree(Kind::all, {tree(Kind::none, {changed}), leaf(Kind::words, "bus")})).size(), 9u);
}

TEST_F(Conditions, StandInEachOrderEitherWayRound) {
  const auto ordered = [&](search::Sort sort, bool reverse, std::uint64_t offset = 0) {
    search::Query query;
    query.sort = sort;
    query.reverse = reverse;
    query.offset = offset;
    query.keys_only = true;
    query.page_size = 1'000;
    return rows(query);
  };
  std::vector<std::uint64_t> by_row(20), by_id(20);
  for (std::uint64_t row = 1; row <= 20; ++row) by_row[row - 1] = by_id[row - 1] = row;
  std::sort(by_id.begin(), by_id.end(), [](auto a, auto b) {
    return record_uuid("source", std::to_string(a)) < record_uuid("source", std::to_string(b));
  });
  EXPECT_EQ(ordered(search::Sort::row, false), by_row);
  EXPECT_EQ(ordered(search::Sort::id, false), by_id);
  EXPECT_EQ(ordered(search::Sort::changed, true), by_row);
  EXPECT_EQ(ordered(search::Sort::row, false, 18), (std::vector<std::uint64_t>{19, 20}));
  EXPECT_EQ(ordered(search::Sort::row, true, 18), (std::vector<std::uint64_t>{2, 1}));
  EXPECT_EQ(ordered(search::Sort::id, true, 0).front(), by_id.back());
  EXPECT_TRUE(ordered(search::Sort::row, true, 20).empty());
  EXPECT_TRUE(ordered(search::Sort::id, false, UINT64_MAX).empty());
}

TEST(RecordKey, ReadsBackAndKeepsTheOrder) {
  const std::string low = "0a000000-0000-5000-8000-0000000000ff", high = "f0000000-0000-5000-8000-000000000000";
  EXPECT_EQ(id_of(key_of(low)), low);
  EXPECT_LT(key_of(low), key_of(high));
  EXPECT_EQ(id_of(key_of("id-1")), std::nullopt);
  EXPECT_LE(keys_beginning("0A")->first, key_of(low));
  EXPECT_GE(keys_beginning("0a00")->second, key_of(low));
  EXPECT_FALSE(keys_beginning("x"));
}

TEST(Fits, TakesStarsAndQuestionMarks) {
  for (auto [pattern, text] :
       {std::pair{"*", ""}, {"a*", "abc"}, {"*c", "abc"}, {"a?c", "abc"}, {"*b*", "abc"}, {"a*b*c", "axxbyybzc"}})
    EXPECT_TRUE(fits(pattern, text)) << pattern << ' ' << text;
  for (auto [pattern, text] : {std::pair{"", "a"}, {"a", ""}, {"a?", "a"}, {"a*b", "abc"}, {"?", ""}})
    EXPECT_FALSE(fits(pattern, text)) << pattern << ' ' << text;
}

}  // namespace
}  // namespace moisson::index::test
