// Range requests (RFC 9110 §14): one range of bytes; several in one request are answered with the whole. Pure.
#pragma once

#include <moisson/http/message.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace moisson::api {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // included
  bool operator==(const ByteRange&) const = default;
};

// Whether the request asks for a part that may be given: one range, and If-Range, if there is one, is this strong tag.
bool asks_for_part(const http::Request& request, std::string_view etag);

// The range that "bytes=5-9", "bytes=5-" or "bytes=-5" means of `size` bytes; none: it cannot be satisfied (416).
std::optional<ByteRange> byte_range(std::string_view range, std::uint64_t size);

// That part of a stream: what comes before is made and thrown away.
std::unique_ptr<http::BodyStream> part_of(std::unique_ptr<http::BodyStream> whole, ByteRange range);

}  // namespace moisson::api
