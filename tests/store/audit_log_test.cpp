#include "store/audit_log.h"

#include "store/sqlite.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::store {
namespace {

using test::Shelf;

TEST(AuditLog, TellsTheNewestFirstPageByPage) {
  Shelf shelf;
  auto& log = shelf.store->audit();
  for (const char* object : {"a", "b", "c"})
    ASSERT_TRUE(log.append({0, {}, "account", "session", "sign_in", object, "done"}));
  const auto page = log.page(0, 2);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->size(), 2U);
  EXPECT_EQ(page->front(), (AuditEntry{3, shelf.clock.now(), "account", "session", "sign_in", "c", "done"}));
  EXPECT_EQ(log.page(page->back().n, 2)->front().object, "a");
  EXPECT_TRUE(log.page(1, 2)->empty());
}

TEST(AuditLog, RefusesToBeChanged) {
  Shelf shelf;
  ASSERT_TRUE(shelf.store->audit().append({0, {}, "account", "session", "sign_in", "a", "done"}));
  sqlite::Database database(shelf.options.path, sqlite::Mode::write);
  EXPECT_THROW(database.run("UPDATE audit SET object = 'b'"), sqlite::Failure);
  EXPECT_THROW(database.run("DELETE FROM audit"), sqlite::Failure);
  EXPECT_EQ(shelf.store->audit().page(0, 10)->front().object, "a");
}

}  // namespace
}  // namespace moisson::store
