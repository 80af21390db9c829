#include "harvest/report_row.h"

#include "core/cause.h"
#include "core/text.h"

namespace moisson::harvest {
namespace {

constexpr std::size_t max_text = 1'000;  // bytes

void redact_text(std::string& text, const std::map<std::string, std::string>& secrets) {
  for (const auto& [name, secret] : secrets) {
    if (secret.empty()) continue;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
      text.replace(at, secret.size(), "•••");
  }
}

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
          "the portal listed this id more than once in this run; the fuller record is kept",
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

void redact(Error& error, const std::map<std::string, std::string>& secrets) {
  for (std::string* text : {&error.message, &error.where, &error.hint}) redact_text(*text, secrets);
}

void redact(JobRecord& row, const std::map<std::string, std::string>& secrets) {
  for (std::string* text : {&row.remote_id, &row.title, &row.place, &row.message, &row.hint})
    redact_text(*text, secrets);
}

void redact(RawSource& raw, const std::map<std::string, std::string>& secrets) {
  for (std::string* text : {&raw.bytes, &raw.page_url, &raw.pointer}) redact_text(*text, secrets);
}

void redact(dcat::Finding& finding, const std::map<std::string, std::string>& secrets) {
  for (std::string* text : {&finding.place, &finding.message, &finding.hint}) redact_text(*text, secrets);
}

dcat::Finding trimmed(dcat::Finding finding) {
  for (std::string* text : {&finding.cause, &finding.place, &finding.message, &finding.hint})
    if (text->size() > max_text) *text = cut_text(*text);
  return finding;
}

}  // namespace moisson::harvest
