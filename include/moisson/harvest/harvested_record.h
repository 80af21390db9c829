// What a harvester hands over for one record of a portal. Values.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/dcat/finding.h>
#include <moisson/dcat/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moisson::harvest {

// The record as it came, and where it stood. Kept beside the canonical record; `remap` replays it.
struct RawSource {
  std::string media_type;  // application/json, text/turtle (N-Triples of the record's subgraph for every RDF page)
  std::string bytes;
  std::string page_url;
  std::string pointer;  // JSON pointer into the page, or line:column, or the subject
};

// Where an aggregator says that it took a record from. What it does not say is empty.
struct StatedOrigin {
  std::string portal;             // its address or host
  std::vector<std::string> ids;   // of the record there: the portal's own, its IRI, its dct:identifier
  std::vector<std::string> urls;  // of its page there, or on the way from there
};

struct HarvestedRecord {
  std::string remote_id;   // the portal's own id, at most 2,000 bytes; never empty
  std::string remote_url;  // the record's page at the portal; may be empty
  dcat::Record record;
  RawSource raw;
  std::vector<dcat::Finding> findings;
  std::optional<std::uint64_t> popularity;  // views, where the portal tells; outside the content hash
  StatedOrigin origin;                      // links it to the record it is a copy of; outside the content hash

  // Its id upstream, where the source is a Moisson: a mirror keeps its upstream's id. It is taken if it is a UUID that no
  // other record here bears or bore; else an id is minted as for any record, and the report tells it ("id_taken"). What is
  // stored keeps the id that it has. A record with an id of its own takes no part in the search for moves.
  std::string id;
  // Addresses of the record where it was before the source gave it, the first place first, catalogs all but the first: by
  // them a record that passed through this catalog is known. At most 32; the rest is cut from the middle.
  std::vector<std::string> trail;
  // What normalisation concludes stands in it already: a mirror shows what its upstream shows.
  bool concluded = false;
};

// A record that could not be taken. It costs only itself.
struct RecordFailure {
  std::string remote_id;  // empty if it could not be read
  std::string title;      // what could be read of it, for the report; may be empty
  Error error;            // `where` points into the source (pointer, line:column, subject)
  RawSource raw;          // what there was, at most 64 KiB of bytes
};

// A record that was left out on purpose.
struct RecordSkip {
  std::string remote_id;
  std::string title;
  std::string reason;  // "private", "type harvest", "filtered by organizations": one phrase
};

}  // namespace moisson::harvest
