// PlainBm25: the baseline: stems of all texts in one field, Xapian's own matching. One thread.
#pragma once

#include "judgments.h"

#include "index/analysis.h"
#include "index/entry.h"

#include <xapian.h>

#include <filesystem>
#include <string>
#include <vector>

namespace moisson::bench {

class PlainBm25 {
 public:
  // Makes its index in `directory`, unless one of so many records is there. `entries` outlives it.
  PlainBm25(const std::filesystem::path& directory, const std::vector<index::Entry>& entries);

  Answer operator()(const std::string& text);

 private:
  void make(const std::filesystem::path& directory);

  const std::vector<index::Entry>& entries_;
  Xapian::Database database_;
  index::Stemmer stemmer_;
  std::string language_;
};

}  // namespace moisson::bench
