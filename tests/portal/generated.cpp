#include "portal/generated.h"

#include <zlib.h>

#include <memory>
#include <utility>

namespace moisson::test {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} << 10;

class Generated final : public http::BodyStream {
 public:
  Generated(std::string head, std::uint64_t count, AppendPiece append, std::string tail)
      : head_(std::move(head)), count_(count), append_(std::move(append)), tail_(std::move(tail)) {}

  Result<bool> next(std::string& piece) override {
    piece = std::exchange(head_, {});
    while (made_ < count_ && piece.size() < piece_bytes) append_(made_++, piece);
    if (made_ == count_) piece += std::exchange(tail_, {});
    return !piece.empty();
  }

 private:
  std::string head_;
  std::uint64_t count_;
  AppendPiece append_;
  std::string tail_;
  std::uint64_t made_ = 0;
};

http::Response streamed(std::string_view type, std::string_view encoding, std::string head, std::uint64_t count,
                        AppendPiece append, std::string tail) {
  http::Response response;
  response.headers.set("Content-Type", std::string(type));
  response.headers.set("Content-Encoding", std::string(encoding));
  response.body = std::make_unique<Generated>(std::move(head), count, std::move(append), std::move(tail));
  return response;
}

}  // namespace

http::Response generated(std::string_view type, std::string head, std::uint64_t count, AppendPiece append,
                         std::string tail) {
  return streamed(type, "identity", std::move(head), count, std::move(append), std::move(tail));
}

http::Response gzip_bomb(std::string_view type, std::string_view unit, std::uint64_t count) {
  // A full flush leaves nothing that the next block could refer to (RFC 1951 §3.2): the same bytes may follow again.
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string block(deflateBound(&stream, unit.size()) + 16, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(unit.data()));
  stream.avail_in = static_cast<uInt>(unit.size());
  stream.next_out = reinterpret_cast<Bytef*>(block.data());
  stream.avail_out = static_cast<uInt>(block.size());
  deflate(&stream, Z_FULL_FLUSH);
  block.resize(stream.total_out);
  deflateEnd(&stream);
  using namespace std::string_literals;
  return streamed(
      type, "gzip", "\x1f\x8b\x08\0\0\0\0\0\0\xff"s, count,
      [block = std::move(block)](std::uint64_t, std::string& out) { out += block; }, "\x03\0"s);
}

}  // namespace moisson::test
