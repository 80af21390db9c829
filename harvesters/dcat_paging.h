// DcatPaging: the way through the pages of the catalogs of one source, and whether what they hold is all that they
// announce. It decides and fetches nothing. Not thread-safe. Memory: the address of each page, at most 20,000.
#pragma once

#include <moisson/core/result.h>
#include <moisson/dcat/finding.h>

#include "rdf/hydra.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

namespace moisson::harvesters {

class DcatPaging {
 public:
  // Where a page leads.
  struct Step {
    std::string next;                     // empty: the catalog ends here
    std::optional<dcat::Finding> remark;  // it names a next page in vain, but all that it announces is here
    std::optional<Error> lost;            // it ends here although more may follow
  };

  void begin_catalog();

  // The page at `url` is being read; what its catalog announces is taken from it.
  void open(const std::string& url, rdf::Paging&& paging);
  void meet(std::uint64_t records) { met_ += records; }  // on this page, duplicates too

  // `brought_new`: it held a record that no page before it had; `empty`: it held none at all.
  Step follow(bool brought_new, bool empty);

  // Fewer records than announced: pages are missing, and what is on them must not be taken for removed.
  std::optional<Error> missing(const std::string& catalog_url) const;

  bool seen(const std::string& url) const { return seen_.contains(url); }
  bool is_first() const { return seen_.size() == 1; }
  std::uint64_t announced() const { return announced_; }  // of this catalog; 0: it does not say

 private:
  std::unordered_set<std::string> seen_;
  std::string url_;  // of the page being read
  rdf::Paging here_;
  std::uint64_t announced_ = 0;
  std::uint64_t met_ = 0;
  std::size_t empty_pages_ = 0;  // in a row
};

}  // namespace moisson::harvesters
