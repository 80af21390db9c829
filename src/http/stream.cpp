#include "http/stream.h"

#include "core/compress.h"

#include <cstdio>

namespace moisson::http {
namespace {

class Gzip final : public BodyStream {
 public:
  explicit Gzip(std::unique_ptr<BodyStream> inner) : inner_(std::move(inner)) {}

  Result<bool> next(std::string& piece) override {
    while (!ended_) {
      auto more = inner_->next(plain_);
      if (!more) return more;
      ended_ = !*more;
      piece = *more ? gzip_.push(plain_) : gzip_.finish();
      if (!piece.empty()) return true;
    }
    return false;
  }

 private:
  std::unique_ptr<BodyStream> inner_;
  GzipStream gzip_;
  std::string plain_;
  bool ended_ = false;
};

class Chunked final : public BodyStream {
 public:
  explicit Chunked(std::unique_ptr<BodyStream> inner) : inner_(std::move(inner)) {}

  Result<bool> next(std::string& piece) override {
    if (ended_) return false;
    do {
      auto more = inner_->next(piece);
      if (!more) return more;
      if (!*more) {
        ended_ = true;
        piece = "0\r\n\r\n";
        return true;
      }
    } while (piece.empty());  // an empty chunk would end the body
    char size[24];
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    piece.insert(0, size);
    piece += "\r\n";
    return true;
  }

 private:
  std::unique_ptr<BodyStream> inner_;
  bool ended_ = false;
};

class Begun final : public BodyStream {
 public:
  Begun(std::string first, std::unique_ptr<BodyStream> rest) : first_(std::move(first)), rest_(std::move(rest)) {}

  Result<bool> next(std::string& piece) override {
    if (first_.empty()) return rest_->next(piece);
    piece = std::move(first_);
    first_.clear();
    return true;
  }

 private:
  std::string first_;
  std::unique_ptr<BodyStream> rest_;
};

}  // namespace

std::unique_ptr<BodyStream> gzip_stream(std::unique_ptr<BodyStream> inner) {
  return std::make_unique<Gzip>(std::move(inner));
}

std::unique_ptr<BodyStream> chunked_stream(std::unique_ptr<BodyStream> inner) {
  return std::make_unique<Chunked>(std::move(inner));
}

std::unique_ptr<BodyStream> begun_stream(std::string first, std::unique_ptr<BodyStream> rest) {
  return std::make_unique<Begun>(std::move(first), std::move(rest));
}

}  // namespace moisson::http
