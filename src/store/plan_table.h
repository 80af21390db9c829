// The tables of plans: what previews found, and its rows. Inside a transaction; throws Failure.
#pragma once

#include "store/sqlite.h"

#include <moisson/harvest/plan.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace moisson::store {

class PlanTable {
 public:
  explicit PlanTable(sqlite::Database& database) : database_(database) {}

  void put(const harvest::Plan& plan);                     // with its records, in place of what stood under its id
  std::optional<harvest::Plan> find(std::string_view id);  // without its records

  struct Row {
    std::uint64_t number = 0;
    harvest::PlannedRecord planned;
  };
  // Rows after number `after`, in order; `outcome` empty: all.
  std::vector<Row> rows(std::string_view id, std::string_view outcome, std::uint64_t after, std::size_t limit);

  void forget_expired(Instant now);
  void forget_unfinished();
  void forget_of_source(std::string_view source_id);

 private:
  void forget_rows();  // of plans that are no more

  sqlite::Database& database_;
};

}  // namespace moisson::store
