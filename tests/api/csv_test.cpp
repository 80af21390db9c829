#include "api/csv.h"

#include "catalog.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace moisson::api {
namespace {

std::string row(std::vector<std::string> cells, Cells mode = Cells::plain) {
  std::string out;
  append_row(out, cells, {.cells = mode});
  return out;
}

TEST(Csv, QuotesWhatMustBeQuoted) {
  EXPECT_EQ(row({"a", "", "b c"}), "a,,b c\r\n");
  EXPECT_EQ(row({"a,b", "say \"x\"", "two\nlines"}), "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
}

TEST(Csv, DefusesFormulasOnlyWhenAsked) {
  EXPECT_EQ(row({"=1+1", "@x", "-5", "a=b"}), "=1+1,@x,-5,a=b\r\n");
  EXPECT_EQ(row({"=1+1", "@x", "-5", "a=b"}, Cells::defused), "\"'=1+1\",\"'@x\",\"'-5\",a=b\r\n");
}

TEST(Csv, JoinsValuesWithoutLosingTheirNumber) { EXPECT_EQ(joined_cell({"a", "b|c", "d"}), "a|b/c|d"); }

TEST(DatasetsCsv, GivesEveryRecordOfTheSearchOnce) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  std::vector<Sheet> sheets;
  for (int i = 0; i < 250; ++i)
    sheets.push_back({"r" + std::to_string(i), "Eau " + std::to_string(i), i % 5 == 0 ? "TRAN" : "ENVI"});
  catalog.harvest("alpha", sheets);
  catalog.project();
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  const auto all = catalog.get("/datasets.csv");
  EXPECT_EQ(all.status, 200);
  EXPECT_TRUE(all.body.starts_with("id,type,title,description,publisher_id,publisher,source,"));
  EXPECT_EQ(lines(all.body), 251);
  EXPECT_EQ(lines(catalog.get("/datasets.csv?theme=TRAN&q=eau").body), 51);
  EXPECT_EQ(lines(catalog.get("/datasets.csv?q=introuvable").body), 1);
  EXPECT_EQ(catalog.get("/datasets.csv?page=x").status, 400);
}

TEST(DatasetsCsv, DefusesOnRequest) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  catalog.harvest("alpha", {{"r", "=cmd()"}});
  catalog.project();
  EXPECT_NE(catalog.get("/datasets.csv").body.find(",=cmd(),"), std::string::npos);
  EXPECT_NE(catalog.get("/datasets.csv?defuse").body.find(",\"'=cmd()\","), std::string::npos);
}

}  // namespace
}  // namespace moisson::api
