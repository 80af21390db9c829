#include "harvesters/ckan_pages.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

constexpr std::uint64_t max_broken_in_a_row = 50;  // records; then it is the portal, not the records
constexpr std::uint64_t max_records = 20'000'000;
constexpr int pages_before_growing = 32;

// Whether a smaller page may succeed where this one failed.
bool may_be_its_size(ErrorCode code) {
  switch (code) {
    case ErrorCode::timeout:
    case ErrorCode::unreachable:
    case ErrorCode::too_large:
    case ErrorCode::invalid_input:
      return true;
    default:
      return false;
  }
}

}  // namespace

CkanPages::CkanPages(const CkanApi& api, std::string filter, std::string fields, std::uint64_t rows,
                     std::uint64_t limit)
    : api_(api),
      filter_(std::move(filter)),
      fields_(std::move(fields)),
      rows_(std::max<std::uint64_t>(rows, 1)),
      limit_(limit) {
  if (limit_ != 0) rows_ = std::min(rows_, limit_);
  whole_ = rows_;
}

CkanPages::~CkanPages() {
  if (ahead_.valid()) ahead_.wait();
}

CkanPages::Asked CkanPages::ask() const { return {overlaps() ? start_ - 1 : start_, rows_}; }

Result<CkanPage> CkanPages::fetch(const Asked& asked) {
  if (ahead_.valid()) {
    auto page = ahead_.get();
    if (ahead_asked_ == asked) return page;
  }
  return api_.search({filter_, fields_, asked.start, asked.rows}, shrinking_ ? 2 : 4);
}

void CkanPages::prefetch() {
  if (ended_ || ahead_.valid()) return;
  ahead_asked_ = ask();
  ahead_ = std::async(std::launch::async, [this, asked = ahead_asked_] {
    return api_.search({filter_, fields_, asked.start, asked.rows});
  });
}

bool CkanPages::alive() const { return api_.search({filter_, fields_, 0, 0}, 1).has_value(); }

void CkanPages::advance(const CkanPage& page, const Asked& asked) {
  const std::uint64_t got = page.elements.size();
  if (page.count != 0) {
    count_ = page.count;
    counted_ = true;
  }
  const bool more = counted_ ? asked.start + got < count_ : got >= asked.rows;
  if (got > 0 && got < asked.rows && more && !capped_) {
    // The portal caps its pages below what was asked (CKAN: 1000, others less), silently.
    capped_ = true;
    rows_ = whole_ = got;
    start_ = asked.start + got;
  } else {
    // A short page at a size that worked hides records (private ones): the next begins where it was asked to.
    start_ = asked.start + std::max(got, asked.rows);
  }
  ended_ = got == 0 || (counted_ && start_ >= count_) || (!counted_ && got < asked.rows) ||
           (limit_ != 0 && start_ >= limit_) || start_ > max_records;
}

CkanPages::Next CkanPages::next() {
  Next next;
  while (!ended_) {
    const Asked asked = ask();
    auto page = fetch(asked);
    if (page) {
      next.step = Step::page;
      next.position = asked.start;
      next.overlaps = asked.start != start_;
      next.page = std::move(*page);
      broken_in_a_row_ = 0;
      shrinking_ = after_broken_ = false;
      // A size that failed is not asked again soon: the portal may only have been busy.
      if (rows_ < whole_ && ++good_pages_ >= pages_before_growing) {
        rows_ = std::min(whole_, rows_ * 2);
        good_pages_ = 0;
      }
      advance(next.page, asked);
      prefetch();
      return next;
    }
    next.error = page.error();
    if (!may_be_its_size(next.error.code) || broken_in_a_row_ >= max_broken_in_a_row || !alive()) {
      ended_ = true;
      next.step = Step::gone;
      return next;
    }
    good_pages_ = 0;
    if (rows_ > 1) {
      rows_ /= 2;
      shrinking_ = true;
      continue;
    }
    // It was this record, not the size.
    next.step = Step::broken;
    next.position = start_++;
    ++broken_in_a_row_;
    after_broken_ = true;
    rows_ = broken_in_a_row_ == 1 ? whole_ : 1;
    shrinking_ = false;
    ended_ = (counted_ && start_ >= count_) || (limit_ != 0 && start_ >= limit_);
    return next;
  }
  return next;
}

}  // namespace moisson::harvesters
