// The records that relevance is measured on, and questions made of their own words.
#pragma once

#include "judgments.h"

#include "index/entry.h"

#include <vector>

namespace moisson::bench {

// Lines of kind, source and record, separated by tabs. The kind is a harvester's ("ckan", "data-json"), which maps the record
// and normalises it as a harvest does, or "pool": {id, title, text} as they are. Rows are numbered from 1.
std::vector<index::Entry> read_corpus(const char* file);

// Three of five words of random titles, in their order: what somebody types who knows what they look for. Records with the
// same title answer alike. Every other one is of a source that publishes no views, if there is any.
std::vector<Question> title_questions(const std::vector<index::Entry>& entries);

// The other names that random records give themselves; most are acronyms.
std::vector<Question> name_questions(const std::vector<index::Entry>& entries);

}  // namespace moisson::bench
