// ChangeFeed: the client of another Moisson's /api/v1/changes, page by page from one place of its log to the end. Belongs to
// one harvest.
#pragma once

#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/net/fetcher.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

// Where a feed is read: the epoch of the other catalog's log and a number in it. "EPOCH:SEQ"; empty epoch: from the start.
struct FeedPlace {
  std::string epoch;
  std::uint64_t seq = 0;
  bool operator==(const FeedPlace&) const = default;
};
std::string to_string(const FeedPlace& place);  // "0" for the start
FeedPlace feed_place(std::string_view text);    // what cannot be read is the start

struct FeedPage {
  json::Document document;
  std::string url;
  std::vector<json::View> changes;  // into `document`
  FeedPlace next;
  bool more = false;
};

class ChangeFeed {
 public:
  // `address`: the site's, or that of its feed.
  ChangeFeed(net::Fetcher& fetcher, std::string_view address);

  const std::string& base() const { return base_; }  // the site's address, without trailing '/'

  // The changes after `since`, with their records. not_found: the log does not keep that place (410), or the site has no
  // feed (404); invalid_input: not an answer of a feed, or one that leads nowhere; else as Fetcher::fetch. Asks for less
  // at once where an answer is too large or takes too long.
  Result<FeedPage> after(const FeedPlace& since);

 private:
  net::Fetcher& fetcher_;
  std::string base_;
  std::uint64_t limit_;  // records a page that came through
};

}  // namespace moisson::harvesters
