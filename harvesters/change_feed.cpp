#include "harvesters/change_feed.h"

#include <charconv>
#include <utility>

namespace moisson::harvesters {
namespace {

constexpr std::uint64_t most_records = 500;  // that a feed gives at once
constexpr std::uint64_t page_bytes = std::uint64_t{64} << 20;
constexpr std::string_view feed_path = "/api/v1/changes";

bool may_be_its_size(ErrorCode code) { return code == ErrorCode::too_large || code == ErrorCode::timeout; }

Result<FeedPage> read_page(const std::string& body, std::string url, const FeedPlace& since) {
  auto document = json::Document::parse(body);
  if (!document) return at(url, document.error());
  const json::View root = document->root();
  if (!root["epoch"].string() || !root["changes"].is(json::Kind::array) || !root["next_since"].string()) {
    return Error{ErrorCode::invalid_input, "not an answer of a change feed", url,
                 "is this the address of a Moisson catalog?", "not_a_catalog"};
  }
  const FeedPlace next = feed_place(*root["next_since"].string());
  const bool more = root["more"].boolean().value_or(false);
  const bool moves_on = next.epoch == since.epoch || since.epoch.empty() ? next.seq > since.seq : false;
  if (more && !moves_on)
    return Error{ErrorCode::invalid_input, "the feed leads to where it was read before", url, "", "paging_wrong"};
  FeedPage page{std::move(*document), std::move(url), {}, next, more};
  page.changes = page.document.root()["changes"].items();
  return page;
}

}  // namespace

std::string to_string(const FeedPlace& place) {
  return place.epoch.empty() ? "0" : place.epoch + ":" + std::to_string(place.seq);
}

FeedPlace feed_place(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  FeedPlace place{std::string(text.substr(0, colon)), 0};
  const std::string_view digits = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), place.seq);
  if (error != std::errc{} || end != digits.data() + digits.size()) return {};
  return place;
}

ChangeFeed::ChangeFeed(net::Fetcher& fetcher, std::string_view address) : fetcher_(fetcher), limit_(most_records) {
  address = address.substr(0, address.find_first_of("?#"));
  while (address.ends_with('/')) address.remove_suffix(1);
  if (address.ends_with(feed_path)) address.remove_suffix(feed_path.size());
  base_ = address;
}

Result<FeedPage> ChangeFeed::after(const FeedPlace& since) {
  for (;;) {
    net::FetchRequest request(base_ + std::string(feed_path) + "?include=record&limit=" + std::to_string(limit_) +
                              "&since=" + to_string(since));
    request.accept = "application/json";
    request.max_bytes = page_bytes;
    if (limit_ < most_records) request.attempts = 2;
    const auto fetched = fetcher_.fetch_all(request);
    if (fetched) return read_page(fetched->second, std::move(request.url), since);
    if (!may_be_its_size(fetched.error().code) || limit_ == 1) return fetched.error();
    limit_ = limit_ / 2;
  }
}

}  // namespace moisson::harvesters
