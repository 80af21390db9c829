#include "rdf/json_ld_reader.h"

#include "core/json.h"
#include "rdf/json_ld_expander.h"

#include <optional>
#include <string>
#include <utility>

namespace moisson::rdf {
namespace {

class JsonLdReader final : public Reader {
 public:
  JsonLdReader(std::string_view base, TripleSink& sink, const ReadOptions& options)
      : base_(base), sink_(sink), options_(options) {}

  Result<void> feed(std::string_view bytes) override {
    if (error_) return *error_;
    if (text_.size() + bytes.size() > max_json_ld_bytes) {
      return fail({ErrorCode::too_large,
                   "the JSON-LD document passes the cap of " + std::to_string(max_json_ld_bytes >> 20) + " MiB", "",
                   "ask the portal for Turtle or N-Triples, or for pages"});
    }
    text_.append(bytes);
    return {};
  }

  Result<void> finish() override {
    if (error_) return *error_;
    auto document = json::Document::parse(text_);
    if (!document) return fail(std::move(document.error()));
    const std::size_t size = text_.size();
    std::string().swap(text_);
    JsonLdExpander expander(
        options_.contexts == nullptr ? bundled_contexts() : *options_.contexts, base_, sink_, options_.strict,
        [this](std::string place, std::string what) { repaired(std::move(place), std::move(what)); });
    auto read = expander.document(document->root());
    given_ = expander.given();
    if (!read) return fail(std::move(read.error()));
    read_ = size;
    return {};
  }

  std::uint64_t bytes_read() const override { return read_; }
  bool unfinished() const override { return error_ && given_; }

 private:
  Result<void> fail(Error error) {
    error_ = std::move(error);
    std::string().swap(text_);
    return *error_;
  }

  std::string base_;
  TripleSink& sink_;
  ReadOptions options_;
  std::string text_;
  std::uint64_t read_ = 0;
  bool given_ = false;
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<Reader> make_json_ld_reader(std::string_view base, TripleSink& sink, const ReadOptions& options) {
  return std::make_unique<JsonLdReader>(base, sink, options);
}

}  // namespace moisson::rdf
