#include "harvest/report_row.h"

#include "core/cause.h"
#include "core/text.h"

namespace moisson::harvest {
namespace {

constexpr std::size_t max_text = 1'000;  // bytes

std::string cut_text(std::string_view text) { return std::string(cut(text, max_text)); }

}  // namespace

JobRecord row_of(const RecordFailure& failure) {
  const auto& place = failure.error.where.empty() ? failure.raw.pointer : failure.error.where;
  return {RecordOutcome::failed,
          cut_text(failure.remote_id),
          "",
          std::string(cut(failure.title, 200)),
          std::string(cause_of(failure.error)),
          cut_text(place),
          cut_text(failure.error.message),
          cut_text(failure.error.hint)};
}

JobRecord row_of(const RecordSkip& skip) {
  return {RecordOutcome::skipped,
          cut_text(skip.remote_id),
          "",
          std::string(cut(skip.title, 200)),
          "left_out",
          "",
          cut_text(skip.reason),
          ""};
}

JobRecord duplicate_row(std::string_view remote_id, std::string_view record_id, std::string_view place) {
  return {RecordOutcome::skipped,
          cut_text(remote_id),
          std::string(record_id),
          "",
          "duplicate_id",
          cut_text(place),
          "the portal listed this id more than once in this run; the better one is kept",
          "give each record its own id"};
}

dcat::Finding remark_of(const Error& loss) {
  return {loss.cause.empty() ? "lost" : loss.cause, loss.where, loss.message, loss.hint};
}

dcat::Finding located(dcat::Finding finding, std::string_view pointer) {
  const bool inside = finding.place.starts_with('/') && pointer.starts_with('/');
  if (inside || finding.place.empty()) finding.place.insert(0, pointer);
  return finding;
}

dcat::Finding trimmed(dcat::Finding finding) {
  for (std::string* text : {&finding.cause, &finding.place, &finding.message, &finding.hint})
    if (text->size() > max_text) *text = cut_text(*text);
  return finding;
}

}  // namespace moisson::harvest
