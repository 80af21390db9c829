// Document: an Entry as Xapian keeps it: terms for finding, the Card as its data. One thread (it remembers stems).
#pragma once

#include "index/analysis.h"
#include "index/card.h"
#include "index/entry.h"

#include <xapian.h>

namespace moisson::index {

class DocumentMaker {
 public:
  // At most 20,000 words of a description and 200 of each other text are searched; what is beyond is not found.
  Xapian::Document make(const Entry& entry, const Card& card);

 private:
  Stemmer stemmer_;
};

}  // namespace moisson::index
