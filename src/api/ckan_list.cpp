#include "api/ckan_list.h"

#include "core/log.h"

namespace moisson::api::ckan {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

class ListStream final : public http::BodyStream {
 public:
  ListStream(std::string before, std::function<Result<bool>(std::string&)> next, std::string behind)
      : before_(std::move(before)), next_(std::move(next)), behind_(std::move(behind)) {}

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (ended_) return false;
    piece.swap(before_);
    while (piece.size() < piece_bytes) {
      std::string item;
      const auto more = next_(item);
      if (!more) return more.error();
      if (!*more) {
        piece += behind_;
        ended_ = true;
        return true;
      }
      if (item.empty()) continue;
      if (!first_) piece += ',';
      first_ = false;
      piece += item;
    }
    return true;
  }

 private:
  std::string before_;
  std::function<Result<bool>(std::string&)> next_;
  std::string behind_;
  bool first_ = true;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<http::BodyStream> list_stream(std::string before, std::function<Result<bool>(std::string&)> next,
                                              std::string behind) {
  return std::make_unique<ListStream>(std::move(before), std::move(next), std::move(behind));
}

std::unique_ptr<http::BodyStream> package_stream(const Context& context, std::string before,
                                                 std::vector<std::string> ids, std::string behind,
                                                 std::vector<std::string> fields) {
  struct Reading {
    Reading(const Context& from, std::vector<std::string> wanted, std::vector<std::string> of_each)
        : context(from), ids(std::move(wanted)), fields(std::move(of_each)) {}
    Context context;
    std::vector<std::string> ids, fields;
    std::size_t at = 0;
    PackageReader reader{context};  // refers to its neighbour, so a Reading stays where it was made
  };
  auto reading = std::make_shared<Reading>(context, std::move(ids), std::move(fields));
  return list_stream(
      std::move(before),
      [reading](std::string& item) -> Result<bool> {
        if (reading->at == reading->ids.size()) return false;
        const auto package = reading->reader.read(reading->ids[reading->at++]);
        if (!package) {
          const auto code = package.error().code;
          if (code != ErrorCode::not_found && code != ErrorCode::cancelled)
            log::error("api", "a record was left out of a CKAN answer", {{"cause", to_string(package.error())}});
          return true;
        }
        json::Writer out;
        if (reading->fields.empty())
          write_package(out, *package, reading->context);
        else
          write_flat(out, *package, reading->fields, reading->context);
        item = out.take();
        return true;
      },
      std::move(behind));
}

}  // namespace moisson::api::ckan
