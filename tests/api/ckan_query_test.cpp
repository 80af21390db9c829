#include "api/ckan_query.h"

#include "api/ckan_date.h"

#include <gtest/gtest.h>

namespace moisson::api::ckan {
namespace {

using Kind = search::Condition::Kind;

const Instant now = std::chrono::sys_days{std::chrono::year{2024} / 3 / 31} + std::chrono::hours(13);

std::string printed(const search::Condition& condition) {
  const auto list = [&](std::string_view sign) {
    std::string out(sign);
    out += '(';
    for (const auto& part : condition.parts) out += (out.back() == '(' ? "" : " ") + printed(part);
    return out + ')';
  };
  const auto range = [&](std::string_view name) {
    const auto end = [](const auto& instant) { return instant ? format_rfc3339(*instant) : std::string("*"); };
    return std::string(name) + "[" + end(condition.range.from) + " " + end(condition.range.to) + "]";
  };
  const std::string field(search::description(condition.field).name);
  switch (condition.kind) {
    case Kind::all:
      return list("all");
    case Kind::any:
      return list("any");
    case Kind::none:
      return list("none");
    case Kind::words:
      return "words:" + condition.text;
    case Kind::beginning:
      return "beginning:" + condition.text;
    case Kind::title:
      return "title:" + condition.text;
    case Kind::value:
      return field + "=" + condition.text;
    case Kind::pattern:
      return field + "~" + condition.text;
    case Kind::present:
      return field + "?";
    case Kind::id:
      return "id:" + condition.text;
    case Kind::identifier:
      return "identifier:" + condition.text;
    case Kind::changed:
      return range("changed");
    case Kind::first_seen:
      return range("first_seen");
    case Kind::modified:
      return range("modified");
  }
  return "";
}

TEST(CkanQuery, ReadsWhatClientsSend) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "all()"},
      {"*:*", "all()"},
      {"eau potable", "all(words:eau words:potable)"},
      {"\"eau potable\"", "words:eau potable"},
      {"tags:Eau", "keyword=eau"},
      {"tags:\"eau potable\" ", "keyword=eau potable"},
      {"-tags:eau", "none(keyword=eau)"},
      {"+state:active +capacity:public", "all(all() all())"},
      {"NOT tags:a AND tags:b", "all(none(keyword=a) keyword=b)"},
      {"tags:(a OR b)", "any(keyword=a keyword=b)"},
      {"tags:a OR tags:b tags:c", "all(any(keyword=a keyword=b) keyword=c)"},
      {"tags:a AND tags:b OR tags:c", "any(all(keyword=a keyword=b) keyword=c)"},
      {"tags:a || !tags:b", "any(keyword=a none(keyword=b))"},
      {"tags:*", "keyword?"},
      {"tags:reat*", "keyword~reat*"},
      {"reat*", "beginning:reat"},
      {"id:0a*", "id:0a*"},
      {"identifier:\"https://x.example/a:b\"", "identifier:https://x.example/a:b"},
      {"extras_guid:a\\:b", "identifier:a:b"},
      {"res_format:csv^2", "format=csv"},
      {"title:eaux~2", "title:eaux"},
      {"harvest_source_id:alpha", "source=alpha"},
      {"-harvest_source_title:\"X Y\"", "none(source~X Y)"},
      {"nothing_that_we_know:x", "any()"},
      {"type:dataset", "any(type=dataset type=service)"},
      {"dataset_type:harvest", "any()"},
      {"metadata_modified:[2024-05-01T12:34:56.789012Z TO *]", "changed[2024-05-01T12:34:56.789Z *]"},
      {"metadata_modified:[NOW-7DAYS/DAY TO NOW]", "changed[2024-03-24T00:00:00Z 2024-03-31T13:00:00Z]"},
      {"metadata_created:{* TO 2024-01-01}", "first_seen[* 2023-12-31T23:59:59.999Z]"},
  };
  for (const auto& [text, expected] : rows) {
    const auto query = parse_query(text, now);
    ASSERT_TRUE(query) << text << ": " << query.error().message;
    EXPECT_EQ(printed(query->condition), expected) << text;
  }
}

TEST(CkanQuery, KeepsTheWordsToRankBy) {
  EXPECT_EQ(parse_query("organization:x AND (eau OR \"les lacs\") -bus", now)->words, "eau les lacs");
}

TEST(CkanQuery, RefusesWhatSolrWould) {
  std::string deep(100, '('), many;
  for (int i = 0; i < 1'000; ++i) many += "tags:a ";
  for (const std::string_view text : std::initializer_list<std::string_view>{
           ":error", "tags:", "(a", "a)", "a AND", "OR a", "a OR", "-", "\"a", "tags:[a TO b]",
           "metadata_modified:[x TO *]", "metadata_modified:[NOW TO", "metadata_modified:[NOW+1WEEK TO *]",
           "{!lucene}a", deep, many}) {
    const auto query = parse_query(text, now);
    ASSERT_FALSE(query) << text;
    EXPECT_EQ(query.error().type, "Search Error") << text;
    EXPECT_EQ(query.error().status, 409);
  }
}

TEST(CkanDate, CountsAsSolrDoes) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"NOW", "2024-03-31T13:00:00Z"},
      {"NOW/DAY", "2024-03-31T00:00:00Z"},
      {"NOW-1MONTH", "2024-02-29T13:00:00Z"},
      {"NOW-12MONTHS", "2023-03-31T13:00:00Z"},
      {"NOW/YEAR+1DAY-1SECOND", "2024-01-01T23:59:59Z"},
      {"2023-01-01T00:00:00Z+2HOURS", "2023-01-01T02:00:00Z"},
      {"2023-01-01T00:00:00", "2023-01-01T00:00:00Z"},
      {"2023-01-01", "2023-01-01T00:00:00Z"},
  };
  for (const auto& [text, expected] : rows) {
    const auto instant = parse_date_math(text, now);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(format_rfc3339(*instant), expected) << text;
  }
  for (const auto text :
       {"", "NOW-", "NOW-1", "NOW-1FORTNIGHT", "NOW/1DAY", "NOW+9999YEARS", "NOW-99999999DAYS", "soon"})
    EXPECT_FALSE(parse_date_math(text, now)) << text;
}

TEST(CkanDate, WritesNaiveMicroseconds) {
  EXPECT_EQ(format_date(now), "2024-03-31T13:00:00.000000");
  EXPECT_EQ(format_date(now + std::chrono::milliseconds(789)), "2024-03-31T13:00:00.789000");
}

}  // namespace
}  // namespace moisson::api::ckan
