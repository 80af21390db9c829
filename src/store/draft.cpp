#include "store/draft.h"

#include "core/compress.h"
#include "core/hash.h"
#include "core/text.h"
#include "core/url.h"
#include "dcat/canonical_json.h"
#include "dcat/fingerprint.h"
#include "dcat/guesses.h"

#include <moisson/core/uuid.h>

#include <algorithm>
#include <iterator>

namespace moisson::store {
namespace {

constexpr std::size_t max_remote_id = 2'000;
constexpr std::size_t max_json = std::size_t{4} << 20;
constexpr std::size_t max_raw = std::size_t{16} << 20;
constexpr std::size_t max_address = 8'192;  // of URLs and pointers, bytes; the rest is cut
constexpr std::int64_t most_findings = 1'000;
constexpr std::ptrdiff_t most_hops = 32;
constexpr std::size_t most_title_words = 200;

std::int64_t quality_of(std::size_t findings, std::size_t json_bytes) {
  const auto clean = most_findings - std::min<std::int64_t>(static_cast<std::int64_t>(findings), most_findings) + 1;
  return clean << 32 | static_cast<std::int64_t>(json_bytes);
}

// A hop is an address on a line of its own. The first and the last ones of a trail that is too long tell most.
std::vector<std::string> kept_trail(std::vector<std::string>&& trail) {
  std::erase_if(trail,
                [](const std::string& hop) { return hop.size() > max_address || !is_web_url(hop) || !is_iri(hop); });
  if (std::ssize(trail) > most_hops) {
    const auto end = trail.end() - most_hops / 2;
    trail.erase(trail.begin() + most_hops / 2, end);
  }
  return std::move(trail);
}

std::uint64_t title_key_of(std::string_view title) {
  std::string folded;
  for (const auto& word : words(title, most_title_words)) folded.append(word.folded).append(" ");
  return hash64(folded);
}

}  // namespace

Mapping::Mapping(const harvest::HarvestSource& source, int harvester_version, std::string_view language)
    : defaults{source.id, source.language.empty() ? std::string(language) : source.language, source.territory} {
  std::string text = source.kind + '\n' + defaults.language + '\n' + source.territory;
  for (const auto& [name, value] : source.options) text += '\n' + name + '=' + value;
  salt = hash64(text);
  text += '\n' + std::to_string(harvester_version) + '\n' + std::to_string(dcat::vocabulary_version()) + '\n' +
          std::to_string(dcat::identity_version);
  version = static_cast<int>(hash64(text) & 0x7fffffff);
}

// Multiplied, so that equal hashes of the two parts do not cancel out.
std::uint64_t Mapping::hash(std::string_view raw_bytes) const {
  return hash64(raw_bytes) * 0x9e3779b97f4a7c15ULL ^ salt;
}

Result<Draft> make_draft(harvest::HarvestedRecord&& record, const Mapping& mapping, dcat::MappingReport* report) {
  if (record.remote_id.empty()) return Error{ErrorCode::invalid_input, "the record has no remote id", "", ""};
  if (record.remote_id.size() > max_remote_id)
    return Error{ErrorCode::too_large, "the remote id passes the cap of 2,000 bytes", "", ""};
  if (record.raw.bytes.size() > max_raw)
    return Error{ErrorCode::too_large, "the record passes the cap of 16 MiB as it came", record.raw.pointer, ""};

  Draft draft;
  if (!record.concluded) dcat::normalise(record.record, mapping.defaults);
  if (report != nullptr) {
    report->begin_record(record.remote_id);
    dcat::tally_guesses(record.record, *report);
  }
  const LangString* title = best(dcat::resource(record.record).title, mapping.defaults.language);
  if (title != nullptr) {
    draft.title = cut(title->value, 200);
    draft.title_key = title_key_of(title->value);
  }
  draft.identity = dcat::identity_keys(record);
  draft.json = dcat::to_json(record.record);
  if (draft.json.size() > max_json)
    return Error{ErrorCode::too_large, "the record passes the cap of 4 MiB", record.raw.pointer, ""};
  draft.content_hash = dcat::content_hash(draft.json);
  draft.fingerprint = hash64(dcat::fingerprint(record.record));
  draft.raw_hash = mapping.hash(record.raw.bytes);
  draft.mapping_version = mapping.version;
  draft.quality = quality_of(record.findings.size(), draft.json.size());
  draft.popularity = record.popularity;
  draft.raw_size = record.raw.bytes.size();
  record.raw.page_url.resize(std::min(record.raw.page_url.size(), max_address));
  record.raw.pointer.resize(std::min(record.raw.pointer.size(), max_address));
  record.remote_url.resize(std::min(record.remote_url.size(), max_address));
  record.raw.bytes = zstd_compress(record.raw.bytes);
  draft.raw = std::move(record.raw);
  draft.findings = std::move(record.findings);
  draft.trail = kept_trail(std::move(record.trail));
  if (is_uuid(record.id)) draft.id = std::move(record.id);
  draft.remote_id = std::move(record.remote_id);
  draft.remote_url = std::move(record.remote_url);
  return draft;
}

}  // namespace moisson::store
