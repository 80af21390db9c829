// Sheet: one record with what every part of its page needs. Refers to the page, which outlives it; lives for one
// request. Pure, once it is read.
#pragma once

#include "index/card.h"
#include "web/page.h"

#include <moisson/dcat/record.h>

#include <string>
#include <vector>

namespace moisson::web {

struct Sheet {
  const Page& page;
  store::StoredRecord stored;
  store::SourceStatus source;
  dcat::Record record;
  index::Card card;
  std::string language;                   // that the record is written in, as far as known
  std::vector<store::FamilyCopy> family;  // the others of its family, the leader first

  const Words& words() const { return page.words(); }
  const dcat::Resource& common() const { return dcat::resource(record); }
  const links::Links& links() const { return page.context().links; }

  // The literal for this reader; nullptr if there is none.
  const LangString* text(const LangStrings& strings) const;
  std::string value(const LangStrings& strings) const;
  // Of an element that shows the literal; empty where it would say nothing new.
  std::string lang_attribute(const LangString& string) const;

  // The words for a filtered value, and the search for it.
  std::string label(search::Field field, const search::Labelled& value) const;
  std::string search_for(search::Field field, const std::string& value) const;

  std::string title() const;      // never empty
  std::string publisher() const;  // empty if none is named
};

// The live record whose id the request's path captured. not_found, or cancelled: it was here and is removed.
Result<Sheet> sheet_of(const Page& page);

}  // namespace moisson::web
