#include "api/byte_range.h"
#include "api/dump.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "http/conditional.h"
#include "http/problem.h"

#include <fmt/core.h>

#include <atomic>
#include <chrono>

namespace moisson::api {
namespace {

// Each dump holds a commit of the store (store/reading.h): so many at once, and each so long; a reader goes on by Range.
constexpr int most_open = 8;
constexpr std::chrono::minutes longest{30};

class Seat {
 public:
  static std::shared_ptr<Seat> take() {
    std::shared_ptr<Seat> seat(new Seat);
    return ++taken_ <= most_open ? seat : nullptr;
  }
  ~Seat() { --taken_; }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

 private:
  Seat() = default;
  static inline std::atomic<int> taken_ = 0;
};

class Seated final : public http::BodyStream {
 public:
  Seated(std::unique_ptr<http::BodyStream> inner, std::shared_ptr<Seat> seat)
      : inner_(std::move(inner)), seat_(std::move(seat)) {}

  Result<bool> next(std::string& piece) override {
    if (std::chrono::steady_clock::now() - begun_ > longest)
      return Error{ErrorCode::timeout, "the dump was not taken within 30 minutes", "", "go on by Range"};
    return inner_->next(piece);
  }

 private:
  std::unique_ptr<http::BodyStream> inner_;
  std::shared_ptr<Seat> seat_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

// How long a dump is shows when it is made.
Result<std::uint64_t> size_of(const Dump& dump) {
  const auto stream = dump.stream();
  std::uint64_t size = 0;
  std::string piece;
  while (true) {
    const auto more = stream->next(piece);
    if (!more) return more.error();
    if (!*more) return size;
    size += piece.size();
  }
}

}  // namespace

Result<http::Response> dumps(const Context& context, const http::Request& request) {
  const std::string_view name = http::first(request.captures, "name");
  const auto form = csv_form(request);
  if (!form) return form.error();
  auto seat = Seat::take();
  if (!seat) {
    auto response = http::problem(503, "as many dumps are being taken as may be at once");
    response.headers.set("Retry-After", "30");
    return response;
  }
  const auto dump = Dump::open(context, name, *form);
  if (!dump) return dump.error();
  if (http::is_fresh(request, dump->etag())) return http::not_modified(dump->etag());

  http::Response response;
  response.headers.set("Content-Type", std::string(dump->media_type()));
  response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  response.headers.set("ETag", dump->etag());
  response.headers.set("Accept-Ranges", "bytes");
  auto body = dump->stream();
  if (asks_for_part(request, dump->etag())) {
    const auto size = size_of(*dump);
    if (!size) return size.error();
    const auto range = byte_range(request.headers.get("Range"), *size);
    if (!range) {
      auto refused = http::problem(416, "there are no such bytes in this dump");
      refused.headers.set("Content-Range", fmt::format("bytes */{}", *size));
      return refused;
    }
    response.status = 206;
    response.headers.set("Content-Range", fmt::format("bytes {}-{}/{}", range->first, range->last, *size));
    body = part_of(std::move(body), *range);
  }
  response.body = std::make_unique<Seated>(std::move(body), std::move(seat));
  return response;
}

}  // namespace moisson::api
