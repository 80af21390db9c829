#include "links/links.h"

#include "core/text.h"
#include "core/url.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace moisson::links {
namespace {

using search::Field;
using search::Query;

// What the server makes of a query string of ours.
http::Parameters decoded(const std::string& text) {
  http::Parameters parameters;
  for (std::string_view part : split(text, '&')) {
    const auto equals = part.find('=');
    if (!part.empty())
      parameters.emplace_back(percent_decode(part.substr(0, equals), true),
                              percent_decode(part.substr(equals + 1), true));
  }
  return parameters;
}

Query parsed(const http::Parameters& parameters) {
  auto query = parse_query(parameters, "fr");
  EXPECT_TRUE(query) << (query ? "" : to_string(query.error()));
  return query ? *query : Query{};
}

std::string field_of_error(const http::Parameters& parameters) {
  const auto query = parse_query(parameters, "fr");
  return query ? "taken" : query.error().where;
}

Instant instant(std::string_view text) { return parse_moment(text)->instant; }

TEST(QueryParameters, AreTheDefaultsWhenThereAreNone) {
  EXPECT_EQ(parsed({}), Query{});
  EXPECT_EQ(query_string(Query{}), "");
  EXPECT_EQ(
      parsed({{"q", ""}, {"page", ""}, {"theme", " "}, {"keyword", "\u0326"}, {"utm_source", "x"}, {"cursor", ""}}),
      Query{});
}

TEST(QueryParameters, TakeARepeatedFilterAsAlternatives) {
  const auto query = parsed({{"format", "csv"}, {"theme", "ENVI"}, {"format", "shp"}, {"format", "csv"}});
  const std::vector<search::Filter> expected{{Field::theme, {"ENVI"}}, {Field::format, {"csv", "shp"}}};
  EXPECT_EQ(query.filters, expected);
}

TEST(QueryParameters, EndADateRangeWithThePeriodNamed) {
  EXPECT_EQ(parsed({{"modified_to", "2023"}}).modified.to, instant("2023-12-31T23:59:59.999Z"));
  EXPECT_EQ(parsed({{"modified_to", "2024-02"}}).modified.to, instant("2024-02-29T23:59:59.999Z"));
  EXPECT_EQ(parsed({{"modified_to", "2024-12"}}).modified.to, instant("2024-12-31T23:59:59.999Z"));
  EXPECT_EQ(parsed({{"modified_to", "2024-02-03"}}).modified.to, instant("2024-02-03T23:59:59.999Z"));
  EXPECT_EQ(parsed({{"temporal_from", "2024-02"}}).temporal.from, instant("2024-02-01"));
  EXPECT_EQ(parsed({{"temporal_to", "2024-02-03T10:00:00Z"}}).temporal.to, instant("2024-02-03T10:00:00Z"));
}

TEST(QueryParameters, PutPageAndSortAsideForACursor) {
  const auto query = parsed({{"cursor", "42"}, {"page", "3"}, {"sort", "title"}, {"page_size", "100"}});
  EXPECT_EQ(query.cursor, 42u);
  EXPECT_EQ(query.page, 1u);
  EXPECT_EQ(query.sort, search::Sort::relevance);
  EXPECT_EQ(query_string(query), "cursor=42&page_size=100");
}

TEST(QueryParameters, NameTheFieldThatIsWrong) {
  const std::pair<const char*, std::vector<const char*>> rows[] = {
      {"page", {"0", "-1", "x", "1.5", "99999999999999999999"}},
      {"page_size", {"101", "-1"}},
      {"sort", {"best"}},
      {"facets", {"nonsense", "theme,nonsense"}},
      {"facet_size", {"0", "1001"}},
      {"cursor", {"-1", "abc", "99999999999999999999"}},
      {"bbox", {"1,2,3", "a,b,c,d", "1,2,3,4,5", "181,0,182,1", "0,-91,1,1", "0,10,1,5", "nan,0,1,1", "inf,0,1,1"}},
      {"modified_from", {"yesterday"}},
      {"temporal_to", {"2024-13-01"}},
      {"territory_match", {"around"}},
  };
  for (const auto& [name, values] : rows)
    for (const char* value : values) EXPECT_EQ(field_of_error({{name, value}}), name) << value;
  EXPECT_EQ(field_of_error({{"modified_from", "2024"}, {"modified_to", "2023"}}), "modified_to");
}

TEST(QueryParameters, SayHowATerritoryIsMeant) {
  EXPECT_EQ(parsed({{"territory", "fr:region:93"}}).territory_match, search::TerritoryMatch::within);
  const auto query = parsed({{"territory", "fr:region:93"}, {"territory_match", "any"}});
  EXPECT_EQ(query.territory_match, search::TerritoryMatch::any);
  EXPECT_EQ(query_string(query), "territory=fr%3Aregion%3A93&territory_match=any");
  EXPECT_EQ(parsed({{"territory_match", "exact"}}).territory_match, search::TerritoryMatch::exact);
}

TEST(QueryParameters, CapWhatIsTooLong) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "é";
  EXPECT_EQ(parsed({{"q", text}}).text, text);
  EXPECT_EQ(field_of_error({{"q", text + "é"}}), "q");
  EXPECT_EQ(field_of_error({{"publisher", std::string(201, 'a')}}), "publisher");
  http::Parameters many;
  for (int i = 0; i < 51; ++i) many.emplace_back("source", std::to_string(i));
  EXPECT_EQ(field_of_error(many), "source");
}

TEST(QueryParameters, LetABoxCrossTheAntimeridian) {
  const auto box = parsed({{"bbox", "170,-20, -170,10.5"}}).bbox;
  ASSERT_TRUE(box);
  EXPECT_EQ(box->west, 170);
  EXPECT_EQ(box->north, 10.5);
}

class RandomQuery {
 public:
  explicit RandomQuery(unsigned seed) : random_(seed) {}

  Query next() {
    Query query;
    if (coin()) query.text = word();
    for (const auto& row : search::fields) {
      if (below(4) != 0) continue;
      for (unsigned i = 0; i <= below(3); ++i) query = with_value(query, row.field, fold(word()));
    }
    if (coin()) query.modified = range();
    if (coin()) query.temporal = range();
    if (coin()) query.bbox = dcat::BoundingBox{degrees(180), -degrees(90), degrees(180), degrees(90)};
    if (query.bbox && query.bbox->south > query.bbox->north) std::swap(query.bbox->south, query.bbox->north);
    if (coin()) {
      query.sort = static_cast<search::Sort>(below(5));
      query.page = 1 + below(1000);
    } else {
      query.cursor = below(1'000'000);
    }
    query.page_size = below(101);
    for (const auto& row : search::fields)
      if (below(3) == 0) query.facets.push_back(row.field);
    std::shuffle(query.facets.begin(), query.facets.end(), random_);
    query.facet_size = 1 + below(1000);
    query.explain = coin();
    return query;
  }

 private:
  unsigned below(unsigned limit) { return random_() % limit; }
  bool coin() { return below(2) == 0; }
  double degrees(double most) { return std::uniform_real_distribution<double>(-most, most)(random_); }
  Instant time() {
    return Instant{
        std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>(0, 4'000'000'000'000)(random_)}};
  }
  Instant midnight() { return std::chrono::floor<std::chrono::days>(time()); }
  search::DateRange range() {
    search::DateRange range;
    if (coin()) range.from = coin() ? time() : midnight();
    if (coin()) range.to = coin() ? time() : midnight() - std::chrono::milliseconds{1};
    if (range.from && range.to && *range.from > *range.to) range.to.reset();
    return range;
  }
  std::string word() {
    static constexpr std::string_view pieces[] = {"eau", "é",   "'",   "\"", "&",   "=", "+", "%",
                                                  "#",   "%41", "AND", "/",  "a b", "œ", "✓", ";"};
    std::string text = "w";
    for (unsigned i = 0; i < 1 + below(6); ++i) text += pieces[below(std::size(pieces))];
    return text;
  }
  std::mt19937 random_;
};

TEST(QueryParameters, ReadBackWhatTheyWrote) {
  RandomQuery random(2);
  for (int i = 0; i < 3000; ++i) {
    const Query query = random.next();
    const std::string text = query_string(query);
    const auto read = parse_query(decoded(text), "fr");
    ASSERT_TRUE(read) << text << ": " << to_string(read.error());
    ASSERT_EQ(*read, query) << text;
    ASSERT_EQ(query_string(*read), text);
  }
}

}  // namespace
}  // namespace moisson::links
