// Compression of stored raw records (zstd) and of HTTP bodies (gzip). Thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace moisson {

std::string zstd_compress(std::string_view bytes);
Result<std::string> zstd_decompress(std::string_view bytes, std::size_t max_bytes);

std::string gzip_compress(std::string_view bytes, int level = 5);

// gzip of a stream, piece by piece. Not thread-safe.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  std::string push(std::string_view piece);  // what is ready so far; may be empty
  std::string finish();

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson
