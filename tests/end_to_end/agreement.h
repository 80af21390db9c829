// What must agree at any moment: the store, a replay of its change log, the index that followed it, and an index built anew.
// Each check fails the test that calls it.
#pragma once

#include "index/snapshot.h"
#include "store/store.h"

#include <moisson/harvest/harvester.h>
#include <moisson/search/query.h>

#include <filesystem>
#include <string>
#include <vector>

namespace moisson::test {

std::vector<store::StoredRecord> all_records(const store::Store& store);

// The change log, read from its start in small pages, gives exactly these records.
void replay_gives(const store::Store& store, const std::vector<store::StoredRecord>& records);

// The snapshot stands at the store's epoch and seq, holds these records and counts their keywords; and to everything and to each
// of `queries` it answers, to the letter, what an index built anew in `scratch` answers.
void index_equals(const index::Snapshot& snapshot, const store::Store& store,
                  const std::vector<store::StoredRecord>& records, const std::filesystem::path& scratch,
                  const std::vector<search::Query>& queries);

// The families of the store are those that all its records, mapped again from their raw source, make at once.
void families_are_made_anew(const store::Store& store, const std::vector<store::StoredRecord>& records,
                            const harvest::Harvester& harvester);

// A query for a hundred results with the facets of these tests.
search::Query search_everything(std::string text, std::vector<search::Filter> filters = {});

}  // namespace moisson::test
