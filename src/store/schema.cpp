#include "store/schema.h"

#include "store/embedded.h"

#include <string>

namespace moisson::store {

void migrate(sqlite::Database& database) {
  const auto migrations = all_embedded();
  std::size_t version = 0;
  {
    auto query = database.query("PRAGMA user_version");
    if (query.next()) version = query.number(0);
  }
  if (version > migrations.size()) {
    throw sqlite::Failure(Error{
        ErrorCode::unsupported,
        "the store has schema " + std::to_string(version) + ", this program knows " + std::to_string(migrations.size()),
        "", "run the program that wrote it, or a later one"});
  }
  for (; version < migrations.size(); ++version) {
    sqlite::Transaction transaction(database);
    database.script(std::string(migrations[version].bytes));
    database.script("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
  }
}

}  // namespace moisson::store
