// Draft: a harvested record made ready for the store: normalised, canonical, hashed, compressed. The costly half of storing, done
// on the job's own thread before the write connection is taken. Value; pure.
#pragma once

#include "dcat/identity.h"
#include "dcat/normalise.h"

#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/source.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

// What decides what a record becomes besides its bytes: the harvester's mapping, the vocabularies, and the source's kind,
// language, territory and options. If any changes, the bytes count as new.
struct Mapping {
  // `language`: the catalog's, of sources that state none.
  Mapping(const harvest::HarvestSource& source, int harvester_version, std::string_view language = {});
  std::uint64_t hash(std::string_view raw_bytes) const;  // stored as raw_hash

  dcat::NormaliseDefaults defaults;
  std::uint64_t salt;
  int version;  // of all of it, as one number
};

struct Draft {
  std::string id;  // upstream's, to be kept; empty: one is minted
  std::string remote_id;
  std::string remote_url;
  std::string title;  // for the report, at most 200 bytes
  std::string json;   // canonical
  std::string content_hash;
  std::uint64_t fingerprint = 0;
  std::uint64_t raw_hash = 0;
  int mapping_version = 0;
  std::int64_t quality =
      0;  // of two under one remote id the higher is kept: fewer findings, then more content; never 0
  std::optional<std::uint64_t> popularity;
  harvest::RawSource raw;      // `bytes` compressed
  std::uint64_t raw_size = 0;  // decompressed, bytes
  std::vector<dcat::Finding> findings;
  std::vector<std::string> trail;           // web addresses, at most 32
  std::vector<dcat::IdentityKey> identity;  // by which it is known elsewhere
  // A hash of its title, spelling apart: two of one source that share a key are one thing only under one title.
  std::uint64_t title_key = 0;
};

// too_large: a remote id beyond 2,000 bytes, a canonical record beyond 4 MiB, or a raw one beyond 16 MiB;
// invalid_input: an empty remote id. `report` is told of what was guessed; may be absent.
Result<Draft> make_draft(harvest::HarvestedRecord&& record, const Mapping& mapping,
                         dcat::MappingReport* report = nullptr);

}  // namespace moisson::store
