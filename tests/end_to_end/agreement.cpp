#include "agreement.h"

#include "api/results_json.h"
#include "dcat/canonical_json.h"
#include "dcat/family.h"
#include "index/writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace moisson::test {

namespace {

std::string answer(const index::Snapshot& snapshot, const search::Query& query) {
  json::Writer out;
  api::write(out, query, snapshot.search(query).value(), links::Links("http://moisson.test"));
  return out.take();
}

// A family counts once, and a keyword once in a family.
void families_count_once(const index::Snapshot& snapshot, const std::vector<store::StoredRecord>& records) {
  const auto once = snapshot.search(search_everything("")).value();
  std::set<std::string> families;
  std::map<std::string, std::set<std::string>> with_keyword;
  for (const auto& stored : records) {
    families.insert(stored.family_id);
    const auto record = dcat::from_json(stored.json).value();
    for (const auto& keyword : dcat::resource(record).keyword) with_keyword[keyword.value].insert(stored.family_id);
  }
  ASSERT_EQ(once.total, families.size());
  std::map<std::string, std::uint64_t> counted, expected;
  for (const auto& value : once.facets.front().values) counted[value.value] = value.count;
  for (const auto& [keyword, of] : with_keyword) expected[keyword] = of.size();
  ASSERT_EQ(counted, expected) << "a facet does not count families once";
}

search::Query every_copy(search::Query query) {
  query.every_copy = true;
  return query;
}

void facets_count(const index::Snapshot& snapshot, const std::vector<store::StoredRecord>& records) {
  const auto everything = snapshot.search(every_copy(search_everything(""))).value();
  ASSERT_EQ(everything.total, records.size());
  std::map<std::string, std::uint64_t> counted, expected;
  for (const auto& value : everything.facets.front().values) counted[value.value] = value.count;
  for (const auto& stored : records) {
    const auto record = dcat::from_json(stored.json).value();
    for (const auto& keyword : dcat::resource(record).keyword) ++expected[keyword.value];
  }
  ASSERT_EQ(counted, expected) << "facet counts are not those of the store";
}

std::set<std::string> ids_found(const index::Snapshot& snapshot) {
  std::set<std::string> ids;
  auto query = every_copy(search_everything(""));
  query.facets.clear();
  query.cursor = 0;
  for (;;) {
    const auto page = snapshot.search(query).value();
    for (const auto& hit : page.hits)
      EXPECT_TRUE(ids.insert(hit.id).second) << "the index holds " << hit.id << " twice";
    if (!page.next_cursor) return ids;
    query.cursor = page.next_cursor;
  }
}

}  // namespace

std::vector<store::StoredRecord> all_records(const store::Store& store) {
  std::vector<store::StoredRecord> all;
  for (std::uint64_t after = 0;;) {
    const auto page = store.records_after(after, 100).value();
    if (page.empty()) return all;
    all.insert(all.end(), page.begin(), page.end());
    after = page.back().row;
  }
}

void replay_gives(const store::Store& store, const std::vector<store::StoredRecord>& records) {
  std::map<std::string, std::uint64_t> live;
  std::uint64_t since = 0, last = 0;
  for (bool more = true; more;) {
    const auto page = store.changes(since, 5, false).value();
    for (const auto& change : page.changes) {
      ASSERT_GT(change.seq, last) << "the log is not in order";
      last = change.seq;
      if (change.removed)
        live.erase(change.id);
      else
        live[change.id] = change.seq;
    }
    since = page.last_seq;
    more = page.more;
  }
  std::map<std::string, std::uint64_t> stored;
  for (const auto& record : records) stored[record.id] = record.seq;
  ASSERT_EQ(stored.size(), records.size()) << "two records share an id";
  ASSERT_EQ(live, stored) << "a replay of the change log is not the catalog";
}

void families_are_made_anew(const store::Store& store, const std::vector<store::StoredRecord>& records,
                            const harvest::Harvester& harvester) {
  std::map<std::string, harvest::HarvestSource> sources;
  for (const auto& status : store.sources().value()) sources[status.source.id] = status.source;
  std::map<std::string, std::uint64_t> rows;
  std::vector<dcat::FamilyMember> members;
  std::map<std::string, std::map<std::string, std::set<std::string>>> titles;  // by key, then source
  for (const auto& stored : records) {
    rows[stored.id] = stored.row;
    const auto& source = sources[stored.source_id];
    const auto mapped = harvester.map(source, store.raw(stored.id).value()).value();
    dcat::FamilyMember member{stored.row,
                              static_cast<std::int64_t>(std::distance(sources.begin(), sources.find(stored.source_id))),
                              dcat::portal_of(source.url), false, dcat::identity_keys(mapped)};
    for (const auto& key : member.keys) {
      member.harvested = member.harvested || dcat::tells_origin(key.signal);
      titles[key.value][stored.source_id].insert(dcat::resource(mapped.record).title.front().value);
    }
    members.push_back(std::move(member));
  }
  std::vector<dcat::Separation> apart;
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::erase_if(members[i].keys, [&](const auto& key) {
      const auto& bearers = titles[key.value];
      return std::any_of(bearers.begin(), bearers.end(), [](const auto& source) { return source.second.size() > 1; });
    });
    for (const auto& other : store.separated_from(records[i].id).value())
      apart.emplace_back(records[i].row, rows[other]);
  }
  for (const auto& family : dcat::families(members, apart)) {
    const auto& leader = records[family.front()];
    for (const auto member : family) {
      ASSERT_EQ(records[member].family_id, leader.id) << records[member].source_id << " " << records[member].remote_id;
      ASSERT_EQ(records[member].family_row, leader.row);
    }
    ASSERT_EQ(store.family(leader.id).value().size(), family.size() - 1);
  }
}

void index_equals(const index::Snapshot& snapshot, const store::Store& store,
                  const std::vector<store::StoredRecord>& records, const std::filesystem::path& scratch,
                  const std::vector<search::Query>& queries) {
  ASSERT_EQ(snapshot.seq(), store.last_seq());
  ASSERT_EQ(snapshot.epoch(), store.epoch());
  ASSERT_EQ(snapshot.document_count(), records.size());
  std::set<std::string> ids;
  for (const auto& record : records) ids.insert(record.id);
  ASSERT_EQ(ids_found(snapshot), ids);
  facets_count(snapshot, records);
  families_count_once(snapshot, records);

  std::map<std::string, store::SourceStatus> sources;
  for (const auto& status : store.sources().value()) sources[status.source.id] = status;
  std::filesystem::remove_all(scratch);
  const auto writer = std::move(index::Writer::open(scratch, store.epoch()).value());
  std::vector<index::Entry> entries;
  for (const auto& record : records) {
    const auto& source = sources[record.source_id].source;
    entries.push_back({record.row, record.id, record.family_row, record.source_id, source.title, source.language,
                       record.remote_id, dcat::from_json(record.json).value(), record.first_seen, record.last_changed,
                       record.popularity});
  }
  ASSERT_TRUE(writer->apply(entries, {}, store.last_seq()));
  const auto anew = writer->snapshot().value();
  ASSERT_EQ(answer(snapshot, search_everything("")), answer(*anew, search_everything("")));
  for (const auto& query : queries)
    for (const auto& asked : {query, every_copy(query)})
      ASSERT_EQ(answer(snapshot, asked), answer(*anew, asked))
          << "the index that followed differs from one built anew, for " << query.text;
}

search::Query search_everything(std::string text, std::vector<search::Filter> filters) {
  search::Query query;
  query.text = std::move(text);
  query.filters = std::move(filters);
  query.page_size = 100;
  query.facets = {search::Field::keyword, search::Field::source, search::Field::type};
  query.facet_size = 1000;
  return query;
}

}  // namespace moisson::test
