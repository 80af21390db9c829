// Harvester: reads one kind of portal and streams its records into a sink. RecordSink: the job, as a harvester sees it.
// A harvester is stateless and shared; each harvest() runs on its job's thread and holds memory for one page at most.
#pragma once

#include <moisson/core/result.h>
#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/source.h>
#include <moisson/net/fetcher.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace moisson::harvest {

// Whether to go on after handing something over.
enum class Flow { go_on, stop };

// Each record of the portal is handed over exactly once, by exactly one of the first six calls. Of several that the
// portal lists under one id each is a record: the sink tells it, and keeps the better.
// Called from the harvest's own thread only.
class RecordSink {
 public:
  virtual ~RecordSink() = default;

  // True: the same bytes were stored before by today's mapping; the record is sighted and counted unchanged, and must
  // not be handed over again. False: map it and call take() or fail(). `popularity` is kept without touching the record.
  virtual bool known(std::string_view remote_id, const RawSource& raw, std::optional<std::uint64_t> popularity) = 0;

  virtual Flow take(HarvestedRecord&& record) = 0;
  virtual Flow fail(RecordFailure&& failure) = 0;
  virtual Flow skip(RecordSkip&& skip) = 0;

  // A census found this id at the portal, without its content (incremental runs): it is sighted and not removed.
  // Counted unchanged. Ids that were never stored are ignored and answered with false: fetch them.
  virtual bool present(std::string_view remote_id) = 0;

  // The portal states that it removed this record, which is more than not listing it: whatever else the run reads or
  // loses, it is removed at its end, unless that would be too many at once and a person must decide. Not counted as seen;
  // ids that were never stored are ignored.
  virtual Flow tombstone(std::string_view remote_id) = 0;

  // Progress, and the checkpoint of a resumable job: pages read and what the portal announced (0: unknown).
  virtual Flow page(std::string_view url, std::uint64_t announced_total) = 0;

  // A page or part of a page that could not be read: the listing is incomplete, the job partial, nothing is removed.
  virtual Flow lost(Error&& error) = 0;

  // A remark about the source as a whole, shown in the report (count differs from the list, filter ignored …).
  virtual void remark(dcat::Finding&& finding) = 0;
};

// What a harvester remembers between its runs of one source, opaque to everybody else. At most 64 KiB.
struct Memory {
  std::string json;  // empty at the first run
};

struct HarvestContext {
  const HarvestSource& source;
  net::Fetcher& fetcher;
  const Clock& clock;
  Memory memory;                                    // as the last finished run left it
  bool full = false;                                // a person asked for everything, or a full census is due
  std::uint64_t limit = 0;                          // previews stop after this many records; 0: no limit
  std::map<std::string, std::string> secrets = {};  // of the source's options that are secret, by name; never told
  dcat::MappingReport* mapping = nullptr;  // gathers what became of each property of the records mapped; may be absent
};

// A record that we hold, to be read once more.
struct RemoteRecord {
  std::string remote_id;
  RawSource raw;  // as it came last: its page and pointer tell where it stood
};

// How the listing ended.
struct Listing {
  bool complete = false;  // every record of the portal was handed over: what was not seen is gone
  // The portal said 304 for the whole catalog, or every change since the last run was handed over: every other record
  // counts as unchanged.
  bool not_modified = false;
  Memory memory;  // for the next run; kept only if the job does not fail
};

// One option of a kind, for forms, checks and help.
struct OptionDescription {
  std::string_view name;
  std::string_view documentation;
  bool list = false;    // a TOML array of strings
  bool secret = false;  // write-only; the configuration file names a file that holds it, as "<name>_file"
};

class Harvester {
 public:
  virtual ~Harvester() = default;

  virtual std::string_view kind() const = 0;
  virtual std::string_view documentation() const = 0;  // one line
  virtual std::span<const OptionDescription> options() const = 0;

  // Raised when the mapping of raw to record changes, so that stored records are mapped again.
  virtual int mapping_version() const = 0;

  // Reads the portal into `sink`. An Error is a source error: nothing could be read at all (refused, unreachable,
  // not a catalog), or the sink said stop (cancelled). Loss after the first record is told by sink.lost().
  virtual Result<Listing> harvest(const HarvestContext& context, RecordSink& sink) const = 0;

  // Reads one record again, by the way that the kind has for a single one. unsupported: it has none, and the page that
  // the record stood on is read instead. not_found: the portal no longer shows it. Other errors as those of harvest().
  virtual Result<HarvestedRecord> read_one(const HarvestContext& context, const RemoteRecord& record) const {
    static_cast<void>(context);
    return Error{ErrorCode::unsupported, "this kind has no way to a single record", record.remote_id, ""};
  }

  // Maps a stored raw record again, offline. Pure.
  virtual Result<HarvestedRecord> map(const HarvestSource& source, const RawSource& raw) const = 0;
};

// The kinds this program reads. Implemented in harvesters/registry.cpp. Values live for the program.
const Harvester* find_harvester(std::string_view kind);  // nullptr: unknown
std::span<const Harvester* const> all_harvesters();

}  // namespace moisson::harvest
