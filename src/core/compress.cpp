#include "core/compress.h"

#include <fmt/core.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <new>

namespace moisson {
namespace {

// One context a thread: making one costs more than compressing a small record with it.
ZSTD_CCtx* compressor() {
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  thread_local const std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
  if (!context) throw std::bad_alloc();
  return context.get();
}

struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class Gzip {
 public:
  explicit Gzip(int level) {
    constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more asks for the gzip wrapper
    if (deflateInit2(&stream_, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  }
  ~Gzip() { deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  std::string push(std::string_view piece, int flush) {
    std::string out;
    std::array<char, 1 << 14> ready;
    do {
      // avail_in is 32 bits wide: longer pieces go in parts.
      const auto part = static_cast<uInt>(std::min<std::size_t>(piece.size(), 1u << 30));
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream_.avail_in = part;
      piece.remove_prefix(part);
      const int mode = piece.empty() ? flush : Z_NO_FLUSH;
      do {
        stream_.next_out = reinterpret_cast<Bytef*>(ready.data());
        stream_.avail_out = static_cast<uInt>(ready.size());
        deflate(&stream_, mode);
        out.append(ready.data(), ready.size() - stream_.avail_out);
      } while (stream_.avail_out == 0);
    } while (!piece.empty());
    return out;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string zstd_compress(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(compressor(), out.data(), out.size(), bytes.data(), bytes.size(), ZSTD_CLEVEL_DEFAULT);
  if (ZSTD_isError(size)) throw std::bad_alloc();
  out.resize(size);
  return out;
}

Result<std::string> zstd_decompress(std::string_view bytes, std::size_t max_bytes) {
  const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
  if (!context) throw std::bad_alloc();
  const auto too_large = [&] {
    return Error{ErrorCode::too_large, fmt::format("compressed data holds more than {} bytes", max_bytes), "", ""};
  };
  const unsigned long long announced = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (announced == ZSTD_CONTENTSIZE_ERROR) return Error{ErrorCode::corrupt, "not zstd data", "", ""};
  if (announced != ZSTD_CONTENTSIZE_UNKNOWN && announced > max_bytes) return too_large();

  std::string out;
  if (announced != ZSTD_CONTENTSIZE_UNKNOWN) out.reserve(announced);
  std::array<char, 1 << 16> piece;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::size_t left = 1;
  while (left != 0) {
    ZSTD_outBuffer ready{piece.data(), piece.size(), 0};
    left = ZSTD_decompressStream(context.get(), &ready, &in);
    if (ZSTD_isError(left)) return Error{ErrorCode::corrupt, ZSTD_getErrorName(left), "", ""};
    if (out.size() + ready.pos > max_bytes) return too_large();
    out.append(piece.data(), ready.pos);
    if (left != 0 && in.pos == in.size && ready.pos < ready.size)
      return Error{ErrorCode::corrupt, "zstd data ends early", "", ""};
  }
  return out;
}

std::string gzip_compress(std::string_view bytes, int level) { return Gzip(level).push(bytes, Z_FINISH); }

struct GzipStream::Body {
  Gzip gzip{5};
};

GzipStream::GzipStream() : body_(std::make_unique<Body>()) {}
GzipStream::~GzipStream() = default;
std::string GzipStream::push(std::string_view piece) { return body_->gzip.push(piece, Z_NO_FLUSH); }
std::string GzipStream::finish() { return body_->gzip.push({}, Z_FINISH); }

}  // namespace moisson
