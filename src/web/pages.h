// The pages, one function each: a request for it in, the answer out. Each is a file of its name.
#pragma once

#include "web/page.h"

#include <moisson/http/message.h>
#include <moisson/search/query.h>
#include <moisson/search/results.h>

#include <string_view>

namespace moisson::web {

http::Response home_page(const Page& page);
http::Response results_page(const Page& page);
http::Response dataset_page(const Page& page);  // capture: id
// Sends on to a file of a record. Captures: id, file (file_link.h).
http::Response file_link(const Page& page);
http::Response sources_page(const Page& page);
// What the site is used for. Query: day.
http::Response stats_page(const Page& page);
// Holders of keys who chose to be named.
http::Response clients_page(const Page& page);
// Everything of one publisher or theme: newest records, and how they divide. Capture: key.
http::Response shelf_page(const Page& page, search::Field field);
// A record's citation for reference managers: "bib" or "ris". Capture: id.
http::Response citation_file(const Page& page, std::string_view format);
http::Response source_page(const Page& page);  // capture: id
http::Response job_page(const Page& page);     // capture: id

// What was done by whom, the newest first; `before` pages. Needs a desk.
http::Response audit_page(const Page& page);

// The accessibility statement, from rgaa.tsv; and the key of the state's word, for the foot of every page, as the law
// asks.
http::Response accessibility_page(const Page& page);
std::string_view conformity_key();

// The API's documentation, with Swagger UI where the build has it.
http::Response docs_page(const Page& page);

// help, about, reuse: text from the table of strings.
http::Response prose_page(const Page& page, std::string_view name);

// The results page when nothing was found: what was tried, then looser searches with their counts.
// `model` holds the form and the chips already.
http::Response empty_page(const Page& page, const index::Snapshot& snapshot, const search::Query& query,
                          const search::Results& results, Model& model);

}  // namespace moisson::web
