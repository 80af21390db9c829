// One answer to GetRecords or GetRecordById (OGC 07-006r1 §10.8.4, §10.9.4): asked for by GET, read while it arrives, cut into
// its records. Records of ISO 19139 stand one by one; DCAT comes as RDF/XML that describes them together (GeoNetwork) or one
// by one (geocat.ch), in the results or beside them.
#pragma once

#include <moisson/net/fetcher.h>

#include "harvesters/dcat_page.h"
#include "harvesters/dcat_records.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

struct CswRecord {
  std::string element;  // its local name: "MD_Metadata"
  bool iso19139 = false;
  std::string id;  // empty: it names none
  std::string title;
  std::string xml;  // the record as a document of its own
};

struct CswPage {
  std::string url;
  std::vector<std::string> controls;      // places of control characters, which were read as blanks
  std::uint64_t matched = 0;              // in the whole search; 0: not said
  std::optional<std::uint64_t> next;      // nextRecord as stated
  std::optional<std::uint64_t> returned;  // numberOfRecordsReturned as stated
  std::vector<CswRecord> records;         // all but DCAT
  DcatPage dcat;                          // what the RDF says; an empty graph where there is none
  DcatNodes nodes;                        // and its records

  // Records of the service's list. What RDF describes beside them (the services of a data set's files) is none.
  std::uint64_t size() const;
};

struct CswQuestion {
  std::string base;         // the service's address
  std::string sort;         // SortBy; may be empty
  std::uint64_t start = 1;  // of the first record, from 1
  std::uint64_t rows = 100;
  std::string id = {};  // of the one record that is wanted; empty: those of the list
  std::string schema = "http://www.isotc211.org/2005/gmd";  // outputSchema
};

// The address of the question: what the base's own query says of the parameters of a question is replaced.
std::string csw_url(const CswQuestion& question);

// Caps: 64 MiB and 10,000 records a page, those of core/xml_tree a record. Errors: the fetcher's; refused for HTML;
// too_large; invalid_input, with the portal's words, for an ExceptionReport, for XML that does not parse and for what is
// no GetRecordsResponse.
Result<CswPage> fetch_csw(net::Fetcher& fetcher, const CswQuestion& question, int attempts = 4);

// Where to go on after `page`, which began at `question.start`; 0: it was the last. What nextRecord says is believed
// only where it advances within what matched: services have been met that always say 0, repeat the start, or count on.
std::uint64_t next_position(const CswPage& page, const CswQuestion& question);

}  // namespace moisson::harvesters
