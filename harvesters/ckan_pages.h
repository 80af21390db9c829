// CkanPages: all pages of one search, in order, from a portal that may cap, fail, time out, repeat itself or go away. The next page
// is fetched while the caller works on this one, so at most two are in memory. Belongs to one harvest.
#pragma once

#include "harvesters/ckan_api.h"

#include <moisson/core/result.h>

#include <cstdint>
#include <functional>
#include <future>
#include <string>

namespace moisson::harvesters {

class CkanPages {
 public:
  // `rows`: to begin with. `limit`: no more records than these are asked for; 0: all.
  CkanPages(const CkanApi& api, std::string filter, std::string fields, std::uint64_t rows, std::uint64_t limit = 0);
  ~CkanPages();  // waits for the page under way

  enum class Step {
    page,    // `page` is the next one
    broken,  // the record at `position` cannot be read although it was asked for alone; `error` says why
    ended,   // every page was read
    gone,    // the portal gives no more; `error` says why
  };
  struct Next {
    Step step = Step::ended;
    CkanPage page;
    std::uint64_t position = 0;  // of the first record in the search
    // Its first record was the last one of the page before, unless the portal drifted since.
    bool overlaps = false;
    Error error;
  };
  Next next();

  std::uint64_t rows() const { return rows_; }  // the size that works

 private:
  struct Asked {
    std::uint64_t start = 0;
    std::uint64_t rows = 0;
    bool operator==(const Asked&) const = default;
  };
  // What to ask next. A page begins at the last record of the one before: a record that went away meanwhile would
  // move its successors up, and one of them into the gap between two pages, where no count can show it.
  Asked ask() const;
  bool overlaps() const { return start_ > 0 && !after_broken_ && rows_ >= 10; }
  Result<CkanPage> fetch(const Asked& asked);
  void prefetch();
  bool alive() const;
  void advance(const CkanPage& page, const Asked& asked);

  const CkanApi& api_;
  std::string filter_;
  std::string fields_;
  std::uint64_t rows_;
  std::uint64_t whole_ = 0;  // what rows_ may grow back to: what was asked for, or the portal's cap
  std::uint64_t limit_;
  std::uint64_t start_ = 0;
  std::uint64_t count_ = 0;
  bool counted_ = false;
  bool capped_ = false;
  bool after_broken_ = false;  // the record before start_ must not be asked again
  bool shrinking_ = false;     // the last answer failed, and may have for its size
  int good_pages_ = 0;         // since the last failure
  bool ended_ = false;
  std::uint64_t broken_in_a_row_ = 0;
  Asked ahead_asked_;
  std::future<Result<CkanPage>> ahead_;
};

}  // namespace moisson::harvesters
