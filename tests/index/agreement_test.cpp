// Random catalogs and questions: totals and facets must equal a count by hand over the records and Xapian's own match sets,
// an index brought up change by change must answer as one built at once, and a held snapshot must go on answering the same.
#include "catalog.h"

#include "index/card.h"
#include "index/schema.h"

#include <gmock/gmock.h>
#include <xapian.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace moisson::index::test {
namespace {

using search::Field;

constexpr std::array counted_fields{Field::theme, Field::publisher, Field::format, Field::format_family, Field::licence,
                                    Field::open,  Field::keyword,   Field::source, Field::language,      Field::type};
constexpr std::array<std::string_view, 12> vocabulary{"eau",  "air",  "route", "école", "forêt", "budget",
                                                      "plan", "zone", "bus",   "arbre", "sol",   "port"};

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string word() { return std::string(vocabulary[below(vocabulary.size())]); }
  std::string words(std::size_t most) {
    std::string text = word();
    for (auto n = below(most); n > 0; --n) text += " " + word();
    return text;
  }

  Entry entry(std::uint64_t row) {
    auto made = test::entry(row, words(4), one_in(3) ? "" : words(10), one_in(4) ? "en" : "fr");
    auto& data = dataset(made);
    for (auto n = below(4); n > 0; --n) data.keyword.push_back({one_in(2) ? word() : "Mot " + word(), "fr"});
    for (auto n = below(3); n > 0; --n)
      data.theme.push_back(
          {"http://publications.europa.eu/resource/authority/data-theme/" + std::string(one_in(2) ? "ENVI" : "TRAN"),
           {},
           false});
    dcat::Agent agent;
    agent.name = {{"Ville " + std::to_string(below(5)), "fr"}};
    if (!one_in(5)) data.publisher = {agent};
    for (auto n = below(3); n > 0; --n) {
      dcat::Distribution file;
      file.format = dcat::Concept{{}, {{one_in(2) ? "CSV" : "GeoJSON", ""}}, false};
      data.distribution.push_back(file);
    }
    if (one_in(2)) data.licence = dcat::Concept{{}, {{one_in(2) ? "lov2" : "House terms", ""}}, false};
    if (!one_in(6)) data.modified = day(2000 + static_cast<int>(below(20)), 1 + static_cast<unsigned>(below(12)));
    made.source_id = one_in(3) ? "source-b" : "source-a";
    made.popularity = below(1'000);
    return made;
  }

  search::Query query() {
    search::Query query;
    if (!one_in(4)) query.text = words(3);
    if (one_in(6)) query.text += " -" + word();
    if (one_in(6)) query.text += " \"" + words(2) + "\"";
    for (const auto& [field, values] :
         std::map<Field, std::vector<std::string>>{{Field::theme, {"ENVI", "TRAN"}},
                                                   {Field::publisher, {"ville-0", "ville-1", "ville-9"}},
                                                   {Field::format, {"csv", "geojson"}},
                                                   {Field::keyword, {"eau", "mot air"}}}) {
      if (!one_in(3)) continue;
      search::Filter filter{field, {}};
      for (const auto& value : values)
        if (one_in(2)) filter.values.push_back(value);
      if (!filter.values.empty()) query.filters.push_back(filter);
    }
    if (one_in(4)) query.modified.from = day(2005).instant;
    if (one_in(4)) query.modified.to = day(2015).instant;
    query.facets.assign(counted_fields.begin(), counted_fields.end());
    query.facet_size = 1'000;
    query.page_size = 100;
    if (one_in(3)) query.sort = search::Sort::modified;
    return query;
  }

 private:
  std::mt19937 random_;
};

bool passes(const Card& card, const search::Filter& filter) {
  return std::any_of(card[filter.field].begin(), card[filter.field].end(), [&](const auto& each) {
    return std::find(filter.values.begin(), filter.values.end(), each.value) != filter.values.end();
  });
}

bool within(const Card& card, const search::DateRange& range) {
  if (range == search::DateRange{}) return true;
  const auto& stated = card.modified ? card.modified : card.issued;
  return stated && (!range.from || stated->instant >= *range.from) && (!range.to || stated->instant <= *range.to);
}

// The rows whose text matches, from an index that answers nothing but the text.
std::set<std::uint64_t> by_text(const Snapshot& snapshot, const std::string& text) {
  search::Query query = asking(text);
  query.page_size = 100;
  query.cursor = 0;
  std::set<std::uint64_t> found;
  for (;;) {
    const auto results = snapshot.search(query);
    for (const auto& hit : results->hits) found.insert(hit.row);
    if (!results->next_cursor) return found;
    query.cursor = results->next_cursor;
  }
}

void expect_counts(const Snapshot& snapshot, const std::map<std::uint64_t, Card>& cards, const search::Query& query) {
  const auto text = by_text(snapshot, query.text);
  std::uint64_t total = 0;
  std::map<Field, std::map<std::string, std::uint64_t>> counts;
  for (const auto& [row, card] : cards) {
    if (!text.contains(row) || !within(card, query.modified)) continue;
    std::vector<Field> failed;
    for (const auto& filter : query.filters)
      if (!passes(card, filter)) failed.push_back(filter.field);
    total += failed.empty() ? 1 : 0;
    for (const auto field : query.facets)
      if (failed.empty() || (failed.size() == 1 && failed[0] == field))
        for (const auto& value : card[field]) ++counts[field][value.value];
  }
  const auto results = snapshot.search(query);
  ASSERT_TRUE(results);
  EXPECT_EQ(results->total, total) << query.text;
  EXPECT_EQ(results->hits.size(), std::min<std::uint64_t>(total, query.page_size)) << query.text;
  for (const auto& facet : results->facets) {
    std::map<std::string, std::uint64_t> told;
    for (const auto& value : facet.values)
      if (value.count > 0) told[value.value] = value.count;
    EXPECT_EQ(told, counts[facet.field]) << search::description(facet.field).name << " of " << query.text;
    EXPECT_EQ(facet.distinct, counts[facet.field].size());
  }
}

std::string printed(const search::Results& results) {
  std::string out = std::to_string(results.total) + ":";
  for (const auto& hit : results.hits)
    out += " " + std::to_string(hit.row) + "=" + hit.title.value + "/" + std::to_string(hit.score);
  for (const auto& facet : results.facets)
    for (const auto& value : facet.values)
      out += "\n" + value.value + "|" + value.label + "|" + std::to_string(value.count);
  return out;
}

TEST(Agreement, FacetsAndTotalsEqualACountByHand) {
  Chance chance(11);
  Catalog catalog;
  std::map<std::uint64_t, Card> cards;
  for (int round = 0; round < 12; ++round) {
    std::vector<Entry> upserts;
    std::vector<std::uint64_t> removed;
    std::set<std::uint64_t> touched;
    for (int i = 0; i < 120; ++i) {
      const auto row = 1 + chance.below(3'000);
      if (!touched.insert(row).second) continue;
      if (chance.one_in(4)) {
        removed.push_back(row);
        cards.erase(row);
      } else {
        upserts.push_back(chance.entry(row));
        cards[row] = card_of(upserts.back());
      }
    }
    catalog.put(upserts, removed);
    const auto snapshot = catalog.snapshot();
    ASSERT_EQ(snapshot->document_count(), cards.size());
    for (int i = 0; i < 25; ++i) expect_counts(*snapshot, cards, chance.query());
  }
}

TEST(Agreement, TotalsEqualXapiansOwnMatchSet) {
  Chance chance(5);
  Catalog catalog;
  std::vector<Entry> entries;
  for (std::uint64_t row = 1; row <= 500; ++row) entries.push_back(chance.entry(row));
  catalog.put(entries);
  const auto snapshot = catalog.snapshot();
  Xapian::Database database(catalog.path().string());
  const auto matched = [&](const Xapian::Query& query) {
    Xapian::Enquire enquire(database);
    enquire.set_query(query);
    return enquire.get_mset(0, database.get_doccount()).size();
  };
  search::Query query;
  query.facets.assign(counted_fields.begin(), counted_fields.end());
  query.facet_size = 1'000;
  const auto everything = snapshot->search(query);
  for (const auto& facet : everything->facets)
    for (const auto& value : facet.values)
      EXPECT_EQ(value.count, matched(Xapian::Query(term(row(facet.field).prefix, value.value)))) << value.value;
  for (const auto word : vocabulary) {
    const auto own = asking(std::string(word));
    const auto folded = word == "école" ? "ecole" : word == "forêt" ? "foret" : std::string(word);
    const Xapian::Query forms[] = {Xapian::Query(folded), Xapian::Query("Z" + Xapian::Stem("fr")(folded)),
                                   Xapian::Query("Z" + Xapian::Stem("en")(folded)),
                                   Xapian::Query(term(prefix::initials, folded))};
    EXPECT_EQ(snapshot->search(own)->total,
              matched(Xapian::Query(Xapian::Query::OP_OR, std::begin(forms), std::end(forms))))
        << word;
  }
}

TEST(Agreement, AnIndexBroughtUpAnswersAsOneBuiltAtOnceAndAsOneOpenedAgain) {
  Chance chance(23);
  Catalog grown;
  std::map<std::uint64_t, Entry> truth;
  for (int round = 0; round < 20; ++round) {
    std::map<std::uint64_t, Entry> upserts;
    std::set<std::uint64_t> removed;
    for (int i = 0; i < 60; ++i) {
      const auto row = 1 + chance.below(1'500);
      if (upserts.contains(row)) continue;
      if (chance.one_in(5)) {
        removed.insert(row);
        truth.erase(row);
      } else if (!removed.contains(row)) {
        truth[row] = upserts[row] = chance.entry(row);
      }
    }
    std::vector<Entry> batch;
    for (auto& [row, each] : upserts) batch.push_back(each);
    grown.put(batch, {removed.begin(), removed.end()});
    if (round % 3 == 0) grown.snapshot();
  }
  Catalog built(true);
  std::vector<Entry> all;
  for (auto& [row, each] : truth) all.push_back(each);
  built.put(all);
  ASSERT_TRUE(built.writer().finish());
  built.open();
  const auto now = grown.snapshot(), anew = built.snapshot();
  grown.open();
  const auto again = grown.snapshot();
  EXPECT_EQ(anew->seq(), 1U);
  for (int i = 0; i < 150; ++i) {
    const auto query = chance.query();
    const auto expected = printed(*now->search(query));
    EXPECT_EQ(printed(*again->search(query)), expected) << query.text;
    auto totals = query;
    totals.sort = search::Sort::modified;
    EXPECT_EQ(printed(*anew->search(totals)), printed(*now->search(totals))) << query.text;
  }
}

TEST(Snapshot, AHeldOneAnswersTheSameWhileManyCommitsHappen) {
  Chance chance(42);
  Catalog catalog;
  std::vector<Entry> entries;
  for (std::uint64_t row = 1; row <= 400; ++row) entries.push_back(chance.entry(row));
  catalog.put(entries);
  std::vector<std::pair<std::shared_ptr<const Snapshot>, std::vector<std::string>>> held;
  std::vector<search::Query> queries;
  for (int i = 0; i < 12; ++i) queries.push_back(chance.query());
  const auto answers = [&](const Snapshot& snapshot) {
    std::vector<std::string> out;
    for (const auto& query : queries) {
      const auto results = snapshot.search(query);
      out.push_back(results ? printed(*results) : to_string(results.error()));
    }
    return out;
  };
  for (int round = 0; round < 30; ++round) {
    if (round % 10 == 0) {
      auto snapshot = catalog.snapshot();
      held.emplace_back(snapshot, answers(*snapshot));
    }
    std::vector<Entry> upserts;
    std::vector<std::uint64_t> removed;
    for (std::uint64_t row = 1; row <= 400; ++row)
      if (chance.one_in(2))
        upserts.push_back(chance.entry(row));
      else if (chance.one_in(4))
        removed.push_back(row);
    catalog.put(upserts, removed);
    catalog.snapshot();
    for (const auto& [snapshot, before] : held) ASSERT_EQ(answers(*snapshot), before) << "round " << round;
  }
  EXPECT_FALSE(std::filesystem::exists(catalog.path() / "kept"));
}

}  // namespace
}  // namespace moisson::index::test
