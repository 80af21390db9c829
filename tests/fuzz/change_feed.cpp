// Any bytes as a page of another Moisson's change feed, in the rest, after the place in the first line; and as one
// change of it.
#include "harvesters/change_feed.h"

#include "fuzz.h"
#include "harvesters/moisson.h"
#include "served.h"
#include "stored.h"

#include <string>

namespace moisson::fuzz {
namespace {

// A catalog that finds its page too large until little is asked for.
class Overloaded final : public net::Fetcher {
 public:
  explicit Overloaded(std::string_view bytes) : served_(bytes, "application/json") {}

  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& body) override {
    if (request.url.find("limit=500&") != request.url.npos)
      return Error{ErrorCode::too_large, "too much at once", request.url, ""};
    return served_.fetch(request, body);
  }

 private:
  Served served_;
};

}  // namespace

void read(std::string_view bytes) {
  const auto [typed, page] = first_line_and_rest(bytes);
  const harvesters::FeedPlace since = harvesters::feed_place(typed);
  require(harvesters::feed_place(harvesters::to_string(since)) == since, "a place that was written is read again");
  Overloaded catalog(page);
  harvesters::ChangeFeed feed(catalog, "https://a.example/catalog/api/v1/changes?since=0");
  require(feed.base() == "https://a.example/catalog", "the feed's address leads to the site's");
  const auto answer = feed.after(since);
  if (answer && answer->more && answer->next.epoch == since.epoch)
    require(answer->next.seq > since.seq, "reading moves on");

  static const harvest::HarvestSource source;
  const auto mapped =
      harvesters::moisson_harvester().map(source, {"application/json", std::string(page), "https://a.example", "/0"});
  if (mapped && !mapped->remote_id.empty() && mapped->remote_id.size() <= 2'000) check_stored(*mapped, page);
}

}  // namespace moisson::fuzz
