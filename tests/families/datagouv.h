// data.gouv.fr and portals that it harvests, as the catalogue export of the fixtures lets both be made: data.gouv.fr's
// records as CKAN packages that state their origin (harvest_remote_url), and each portal's own records in the portal's
// own form: CKAN packages, DCAT triples of Opendatasoft, ISO 19139. Then the families that a store makes of them,
// against what is known to be a copy of what. For tests and measurements; one thread. The store is the caller's.
#pragma once

#include "store/store.h"

#include <moisson/harvest/source.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace moisson::test {

// A row of the export, and what it is known to be a copy of.
struct CopyRow {
  std::string id;
  std::string title;
  std::string publisher;
  std::string origin;             // harvest.remote_url; empty: not harvested, or it does not say from where
  std::size_t portal = SIZE_MAX;  // place in Corpus::portals
  std::size_t record = SIZE_MAX;  // place in its records
};

struct PortalRecord {
  std::string address;  // as the rows state it
  std::string title, description, publisher;
};

struct Portal {
  harvest::HarvestSource source;
  std::vector<PortalRecord> records;
};

struct Corpus {
  std::vector<CopyRow> rows;
  std::vector<std::string> packages;  // of the rows, as CKAN gives them
  std::vector<Portal> portals;
};

// Rows of the export (JSON lines): all of them, and the records of the portals that can be made.
Corpus read_corpus(const std::filesystem::path& lines);

// The id of a portal's record at its portal, as its address ends in it.
std::string id_in(const PortalRecord& record);

// Harvests them into the store: portals first, or data.gouv.fr first.
void harvest_corpus(store::Store& store, const Corpus& corpus, bool portals_first);

struct LinkedPair {
  std::size_t row = 0;
  std::size_t portal = 0, record = 0;
  bool right = false;  // the row itself states this origin
};

struct Judgement {
  std::uint64_t families = 0;  // of two records at least
  std::uint64_t known = 0;     // rows that are known to be a copy of a portal's record
  std::uint64_t found = 0;     // of them, those that stand in its family
  std::uint64_t led = 0;       // of these families, those that the portal's record leads
  // Every row with every portal's record that stands in one family with it, in the order of rows.
  std::vector<LinkedPair> pairs;
  std::uint64_t right() const;
};

Judgement judge(const store::Store& store, const Corpus& corpus);

// By which signals a pair came together.
std::string why_linked(const store::Store& store, const Corpus& corpus, const LinkedPair& pair);

}  // namespace moisson::test
