#include "api/byte_range.h"

#include "core/text.h"

#include <algorithm>
#include <charconv>

namespace moisson::api {
namespace {

constexpr std::string_view unit = "bytes=";

std::optional<std::uint64_t> digits(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Asked {
  std::optional<std::uint64_t> first, last;  // only `last`: that many bytes at the end
};

std::optional<Asked> asked(std::string_view range) {
  range = trim(range);
  if (!range.starts_with(unit)) return std::nullopt;
  range.remove_prefix(unit.size());
  const auto dash = range.find('-');
  if (dash == std::string_view::npos || range.find(',') != std::string_view::npos) return std::nullopt;
  const std::string_view before = trim(range.substr(0, dash)), after = trim(range.substr(dash + 1));
  const Asked out{digits(before), digits(after)};
  if ((!before.empty() && !out.first) || (!after.empty() && !out.last) || (!out.first && !out.last))
    return std::nullopt;
  if (out.first && out.last && *out.last < *out.first) return std::nullopt;
  return out;
}

class Part final : public http::BodyStream {
 public:
  Part(std::unique_ptr<http::BodyStream> whole, ByteRange range)
      : whole_(std::move(whole)), skip_(range.first), left_(range.last - range.first + 1) {}

  Result<bool> next(std::string& piece) override {
    while (left_ > 0) {
      auto more = whole_->next(piece);
      if (!more || !*more) return more;
      if (piece.size() <= skip_) {
        skip_ -= piece.size();
        continue;
      }
      piece.erase(0, static_cast<std::size_t>(std::exchange(skip_, 0)));
      piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), left_)));
      left_ -= piece.size();
      return true;
    }
    return false;
  }

 private:
  std::unique_ptr<http::BodyStream> whole_;
  std::uint64_t skip_;
  std::uint64_t left_;
};

}  // namespace

bool asks_for_part(const http::Request& request, std::string_view etag) {
  if (!asked(request.headers.get("Range"))) return false;
  const std::string_view condition = trim(request.headers.get("If-Range"));
  return condition.empty() || condition == etag;
}

std::optional<ByteRange> byte_range(std::string_view range, std::uint64_t size) {
  const auto wanted = asked(range);
  if (!wanted || size == 0) return std::nullopt;
  if (!wanted->first) {
    if (*wanted->last == 0) return std::nullopt;
    return ByteRange{size - std::min(size, *wanted->last), size - 1};
  }
  if (*wanted->first >= size) return std::nullopt;
  return ByteRange{*wanted->first, std::min(wanted->last.value_or(size - 1), size - 1)};
}

std::unique_ptr<http::BodyStream> part_of(std::unique_ptr<http::BodyStream> whole, ByteRange range) {
  return std::make_unique<Part>(std::move(whole), range);
}

}  // namespace moisson::api
