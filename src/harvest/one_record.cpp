#include "harvest/one_record.h"

#include <optional>
#include <utility>

namespace moisson::harvest {
namespace {

// Waits for one record, says of the others that they are known, and ends the reading when it has come.
class Picker final : public RecordSink {
 public:
  explicit Picker(const std::string& remote_id) : wanted_(remote_id) {}

  bool known(std::string_view remote_id, const RawSource&, std::optional<std::uint64_t>) override {
    return remote_id != wanted_;
  }
  Flow take(HarvestedRecord&& record) override {
    if (record.remote_id == wanted_) met_ = std::move(record);
    return flow();
  }
  Flow fail(RecordFailure&& failure) override {
    if (failure.remote_id == wanted_) met_ = std::move(failure.error);
    return flow();
  }
  Flow skip(RecordSkip&& skip) override {
    if (skip.remote_id == wanted_) met_ = Error{ErrorCode::not_found, "the record is left out: " + skip.reason, "", ""};
    return flow();
  }
  bool present(std::string_view remote_id) override { return remote_id != wanted_; }
  Flow tombstone(std::string_view remote_id) override {
    if (remote_id == wanted_)
      met_ = Error{ErrorCode::not_found, "the portal states that it removed this record", "", ""};
    return flow();
  }
  Flow page(std::string_view, std::uint64_t) override { return flow(); }
  Flow lost(Error&& error) override {
    if (!met_) met_ = std::move(error);
    return Flow::stop;
  }
  void remark(dcat::Finding&&) override {}

  std::optional<Result<HarvestedRecord>>& met() { return met_; }

 private:
  Flow flow() const { return met_ ? Flow::stop : Flow::go_on; }

  const std::string& wanted_;
  std::optional<Result<HarvestedRecord>> met_;
};

}  // namespace

Result<HarvestedRecord> read_again(const Worksite& worksite, const RemoteRecord& record) {
  const HarvestContext context{worksite.source, worksite.fetcher, worksite.clock, {}, true, 0, worksite.secrets};
  auto alone = worksite.harvester.read_one(context, record);
  if (alone.has_value() || alone.error().code != ErrorCode::unsupported) return alone;

  HarvestSource page = worksite.source;
  page.url = record.raw.page_url;
  const HarvestContext from_page{page, worksite.fetcher, worksite.clock, {}, true, 0, worksite.secrets};
  Picker picker(record.remote_id);
  const auto listing = worksite.harvester.harvest(from_page, picker);
  if (picker.met()) return std::move(*picker.met());
  if (listing.has_error()) return listing.error();
  return Error{ErrorCode::not_found, "the portal no longer lists this record", record.raw.page_url, ""};
}

}  // namespace moisson::harvest
