#include "harvesters/dcat_paging.h"

#include <gtest/gtest.h>

#include <string>

namespace moisson::harvesters {
namespace {

// What a page that names `next` leads to, behind one page with one record.
struct Case {
  std::string name;
  rdf::Paging paging;
  bool brought_new;
  bool empty;
  std::string leads_to;  // the address; or the cause of the remark or the loss that ends the catalog
};

class DcatPagingTable : public testing::TestWithParam<Case> {};

TEST_P(DcatPagingTable, Leads) {
  const Case& row = GetParam();
  DcatPaging paging;
  paging.begin_catalog();
  paging.open("http://p/1", {"http://p/2", "", {}});
  paging.meet(1);
  EXPECT_EQ(paging.follow(true, false).next, "http://p/2");
  paging.open("http://p/2", rdf::Paging(row.paging));
  paging.meet(row.empty ? 0 : 1);
  const auto step = paging.follow(row.brought_new, row.empty);
  const std::string cause = step.remark ? step.remark->cause : step.lost ? step.lost->cause : "";
  EXPECT_EQ(cause.empty() ? step.next : cause, row.leads_to);
  EXPECT_TRUE(cause.empty() || step.next.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Pages, DcatPagingTable,
    testing::Values(Case{"the_last", {"", "", {}}, true, false, ""},
                    Case{"the_next", {"http://p/3", "", {}}, true, false, "http://p/3"},
                    Case{"a_page_before", {"http://p/1", "", {}}, true, false, "paging_wrong"},
                    Case{"itself", {"http://p/2", "", {}}, true, false, "paging_wrong"},
                    Case{"itself_when_all_came", {"http://p/2", "", 2}, true, false, "paging_endless"},
                    Case{"itself_as_the_last", {"http://p/2", "http://p/2", {}}, true, false, "paging_endless"},
                    Case{"repeated_records", {"http://p/3", "", {}}, false, false, "paging_wrong"},
                    Case{"one_empty_page", {"http://p/3", "", {}}, false, true, "http://p/3"}),
    [](const auto& row) { return row.param.name; });

TEST(DcatPaging, EndsAtTheThirdEmptyPageInARow) {
  DcatPaging paging;
  paging.begin_catalog();
  for (const int page : {1, 2}) {
    paging.open("http://p/" + std::to_string(page), {"http://p/" + std::to_string(page + 1), "", {}});
    EXPECT_FALSE(paging.follow(false, true).lost);
  }
  paging.open("http://p/3", {"http://p/4", "", {}});
  EXPECT_EQ(paging.follow(false, true).lost->message,
            "the listing was ended at this page: it is one of several empty pages in a row");
}

TEST(DcatPaging, MissesWhatWasAnnouncedOfThisCatalogAlone) {
  DcatPaging paging;
  paging.begin_catalog();
  paging.open("http://p/1", {"", "", 5});
  paging.meet(1);
  EXPECT_EQ(paging.missing("http://p/1")->message, "the portal announces 5 records, its pages hold 1");
  paging.begin_catalog();
  EXPECT_FALSE(paging.missing("http://p/1"));
  EXPECT_TRUE(paging.seen("http://p/1"));
}

}  // namespace
}  // namespace moisson::harvesters
