#include "harvesters/dcat_paging.h"

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_pages = 20'000;
constexpr std::size_t max_empty_pages = 3;  // in a row

}  // namespace

void DcatPaging::begin_catalog() {
  announced_ = met_ = 0;
  empty_pages_ = 0;
}

void DcatPaging::open(const std::string& url, rdf::Paging&& paging) {
  seen_.insert(url);
  url_ = url;
  here_ = std::move(paging);
  if (here_.total) announced_ = *here_.total;
}

DcatPaging::Step DcatPaging::follow(bool brought_new, bool empty) {
  if (here_.next.empty()) return {};
  const bool all_here = (announced_ != 0 && met_ >= announced_) || (!here_.last.empty() && here_.last == url_);
  std::string why;
  if (seen(here_.next))
    why = "it names a page that was read before as the next: " + here_.next;
  else if (!empty && !brought_new)
    why = "it repeats records of earlier pages and brings no other";
  else if (empty && ++empty_pages_ >= max_empty_pages)
    why = "it is one of several empty pages in a row";
  if (!empty) empty_pages_ = 0;
  if (seen_.size() >= max_pages)
    return {"",
            {},
            Error{ErrorCode::too_large, "the listing passes the cap of " + std::to_string(max_pages) + " pages", url_,
                  "", "too_many_pages"}};
  if (why.empty()) return {here_.next, {}, {}};
  why = "the listing was ended at this page: " + why;
  if (all_here)
    return {"", dcat::Finding{"paging_endless", url_, std::move(why), "let the last page name no next page"}, {}};
  return {
      "", {}, Error{ErrorCode::invalid_input, std::move(why), url_, "the portal's paging is broken", "paging_wrong"}};
}

std::optional<Error> DcatPaging::missing(const std::string& catalog_url) const {
  if (announced_ == 0 || met_ >= announced_) return std::nullopt;
  return Error{
      ErrorCode::invalid_input,
      "the portal announces " + std::to_string(announced_) + " records, its pages hold " + std::to_string(met_),
      catalog_url, "", "pages_missing"};
}

}  // namespace moisson::harvesters
